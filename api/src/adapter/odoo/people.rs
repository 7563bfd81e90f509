//! How many people work in a panel, and when one of them last came, over the wire.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use shared::time::{DAY, Timestamp};

use super::records::Records;
use super::rpc::Fault;
use crate::port::Unknown;

/// The row of the system itself, which is nobody.
const SYSTEM: i64 = 1;

/// Distinct internal people who were active at any time of the last day: those who are, and those who were archived or changed since. So an
/// administrator who lets people in and archives them before we look has still had them.
pub(super) async fn count(records: &Records<'_>, service: &str) -> Result<i64, Fault> {
    let since = odoo_time(yesterday());
    // Polish notation: everything on one level is and-ed; `|` takes the next two.
    let domain = json!([
        ["share", "=", false],
        ["id", "!=", SYSTEM],
        ["login", "!=", service],
        ["active", "in", [true, false]],
        "|",
        ["active", "=", true],
        "&",
        // A stock row from which new users are made: it is written to, and nobody signs in by it.
        ["login", "!=", "default"],
        "|",
        ["create_date", ">=", since],
        ["write_date", ">=", since],
    ]);
    let told = records.call("res.users", "search_count", &[], &[("domain", domain)]).await?;
    told.as_i64().ok_or_else(|| Fault::Silent(Unknown::new("the server's number of users cannot be read")))
}

/// When somebody other than ourselves last signed in.
pub(super) async fn last_seen(records: &Records<'_>) -> Result<Option<Timestamp>, Fault> {
    let others = json!([["create_uid", "!=", records.me]]);
    let rows = records.find("res.users.log", others, &["create_date"], (1, "create_date desc")).await?;
    Ok(rows.first().and_then(|row| row.get("create_date")).and_then(Value::as_str).and_then(read_time))
}

fn yesterday() -> Timestamp {
    let now =
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| i64::try_from(it.as_secs()).unwrap_or(i64::MAX));
    Timestamp::from_unix(now).plus(-DAY)
}

/// `2026-11-22 09:30:00`, which is UTC: Odoo's own way of writing an instant.
fn odoo_time(at: Timestamp) -> String {
    at.to_string().replace('T', " ").trim_end_matches('Z').to_owned()
}

fn read_time(text: &str) -> Option<Timestamp> {
    format!("{}Z", text.trim().replace(' ', "T")).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: the last sign-in is read as hours earlier or later than it was.
    #[test]
    fn instants_are_utc_both_ways() {
        let at: Timestamp = "2026-11-22T09:30:00Z".parse().unwrap();
        assert_eq!(odoo_time(at), "2026-11-22 09:30:00");
        assert_eq!(read_time("2026-11-22 09:30:00"), Some(at));
        assert_eq!(read_time("2026-11-22 09:30:00.123456"), Some(at));
        assert_eq!(read_time("yesterday"), None);
    }
}
