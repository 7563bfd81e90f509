//! Odoo's search conditions: `["&", ["login", "=", "a"], ["active", "=", true]]`. Knows rows, no table.

use std::cmp::Ordering;

use serde_json::Value;

use super::failure::Raised;
use super::schema::Row;

/// The fields that a condition names.
pub(super) fn fields(domain: &[Value]) -> impl Iterator<Item = &str> {
    domain.iter().filter_map(|term| term.as_array()?.first()?.as_str())
}

/// Whether a row is meant.
pub(super) fn holds(domain: &[Value], row: &Row) -> Result<bool, Raised> {
    let mut terms = domain.iter();
    let mut all = true;
    // Without an operator between them, conditions hold together.
    while terms.len() > 0 {
        all &= next(&mut terms, row)?;
    }
    Ok(all)
}

fn next(terms: &mut std::slice::Iter<'_, Value>, row: &Row) -> Result<bool, Raised> {
    let Some(term) = terms.next() else { return Err(Raised::value("Invalid domain: it ends too early")) };
    match term {
        Value::String(operator) => {
            let first = next(terms, row)?;
            match operator.as_str() {
                "!" => Ok(!first),
                // Both sides are read, whatever the first says: the rest has to be found.
                "&" => Ok(next(terms, row)? & first),
                "|" => Ok(next(terms, row)? | first),
                other => Err(Raised::value(format!("Invalid domain operator: {other}"))),
            }
        }
        Value::Array(leaf) => match leaf.as_slice() {
            [Value::String(field), Value::String(operator), wanted] => compare(row.get(field), operator, wanted),
            _ => Err(Raised::value(format!("Invalid leaf {term}"))),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {
            Err(Raised::value(format!("Invalid leaf {term}")))
        }
    }
}

fn compare(have: Option<&Value>, operator: &str, wanted: &Value) -> Result<bool, Raised> {
    let have = have.unwrap_or(&Value::Null);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let within = || match wanted {
        Value::Array(all) => all.iter().any(|one| same(have, one)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => same(have, wanted),
    };
    Ok(match operator {
        "=" | "==" => within(),
        "!=" | "<>" => !within(),
        "in" => within(),
        "not in" => !within(),
        "<" => order(have, wanted) == Some(Ordering::Less),
        "<=" => matches!(order(have, wanted), Some(Ordering::Less | Ordering::Equal)),
        ">" => order(have, wanted) == Some(Ordering::Greater),
        ">=" => matches!(order(have, wanted), Some(Ordering::Greater | Ordering::Equal)),
        "like" => text(have).contains(&text(wanted)),
        "ilike" => text(have).to_lowercase().contains(&text(wanted).to_lowercase()),
        "not ilike" => !text(have).to_lowercase().contains(&text(wanted).to_lowercase()),
        "=like" => text(have) == text(wanted),
        "=ilike" => text(have).to_lowercase() == text(wanted).to_lowercase(),
        other => return Err(Raised::value(format!("Invalid operator {other}"))),
    })
}

/// Odoo's `false` is also "nothing there".
fn same(have: &Value, wanted: &Value) -> bool {
    match (have, wanted) {
        (Value::Null, Value::Bool(false) | Value::Null) | (Value::Bool(false), Value::Null) => true,
        (Value::String(have), Value::Bool(false)) => have.is_empty(),
        (have, wanted) => have == wanted,
    }
}

fn order(have: &Value, wanted: &Value) -> Option<Ordering> {
    match (have, wanted) {
        (Value::Number(have), Value::Number(wanted)) => Some(have.as_i64()?.cmp(&wanted.as_i64()?)),
        (Value::String(have), Value::String(wanted)) => Some(have.cmp(wanted)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::odoo::schema::row;
    use serde_json::json;

    // Harm prevented: a count of users is right in rehearsal and counts somebody else in earnest.
    #[test]
    fn conditions_are_read_as_odoo_reads_them() {
        let user = row(json!({ "id": 7, "login": "rahima", "active": true, "share": false, "email": null,
                               "create_date": "2026-11-22 06:00:00" }));
        let yes = |domain: Value| holds(domain.as_array().map_or(&[], Vec::as_slice), &user);
        for holding in [
            json!([]),
            json!([["share", "=", false], ["active", "=", true]]),
            json!(["|", ["login", "=", "x"], ["login", "in", ["rahima", "y"]]]),
            json!(["!", ["id", "=", 1], ["email", "=", false]]),
            json!(["&", "|", ["id", "<", 3], ["id", ">=", 7], ["login", "ilike", "RAH"]]),
            json!([["create_date", ">", "2026-11-22 05:59:59"], ["id", "not in", [1, 2]]]),
        ] {
            assert_eq!(yes(holding.clone()), Ok(true), "{holding}");
        }
        for not in [json!([["share", "=", true]]), json!(["|", ["id", "=", 1], ["id", "=", 2], ["id", "=", 7]])] {
            assert_eq!(yes(not.clone()), Ok(false), "{not}");
        }
        assert!(yes(json!(["|", ["id", "=", 1]])).is_err() && yes(json!([["id", "~", 1]])).is_err());
    }
}
