//! Transaction query: every attempt that the gateway has under our name for a payment.

use serde_json::Value;
use shared::billing::settlement::{GatewayRecord, Outcome};

use super::answer::Answer;
use super::call::Call;
use super::record::{outcome, record};
use crate::port::Unknown;

/// One script answers every question but validation. Which one is asked shows in the fields that are there: none of them
/// may be sent empty.
pub(super) const PATH: &str = "/validator/api/merchantTransIDvalidationAPI.php";

/// Asks about `tran_id`. One unreadable attempt makes the whole answer unknown: it might be the paid one.
pub(super) async fn by_transaction(call: &Call<'_>, tran_id: &str) -> Result<Vec<GatewayRecord>, Unknown> {
    read(call.get(PATH, &[("tran_id", tran_id)]).await?.accepted()?, tran_id)
}

fn read(mut answer: Answer, tran_id: &str) -> Result<Vec<GatewayRecord>, Unknown> {
    let elements = match answer.take("element") {
        Some(Value::Array(elements)) => elements,
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(text)) if text.is_empty() => Vec::new(),
        Some(_) => return Err(Unknown::new("the gateway's list of attempts is unreadable")),
    };
    // "0", 0 or nothing goes with an empty list. A count that contradicts it means that something was lost on the way.
    let count = answer.text("no_of_trans_found").unwrap_or_else(|| elements.len().to_string());
    if elements.is_empty() && count != "0" {
        return Err(Unknown::new("the gateway counts attempts that it does not list"));
    }
    let mut attempts = elements.into_iter().map(|e| attempt(e, tran_id)).collect::<Result<Vec<_>, _>>()?;
    // Local time as text sorts by time. The sort is stable, so attempts of the same second keep the gateway's order.
    if attempts.iter().all(|(at, _)| at.is_some()) {
        attempts.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
    Ok(attempts.into_iter().map(|(_, record)| record).collect())
}

fn attempt(element: Value, tran_id: &str) -> Result<(Option<String>, GatewayRecord), Unknown> {
    let element = Answer::inner(element)?;
    let status = element.text("status").unwrap_or_default();
    let outcome =
        outcome(&status).ok_or_else(|| Unknown::new("the gateway lists an attempt of a status that is not known"))?;
    let named = match element.text("tran_id") {
        Some(named) => named == tran_id,
        // Money is only ever taken under a name that was said.
        None => outcome != Outcome::Paid,
    };
    if !named {
        return Err(Unknown::new("the gateway lists an attempt under another name than the one asked about"));
    }
    Ok((element.text("tran_date"), record(&element, tran_id.to_owned(), outcome)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes(body: &str) -> Result<Vec<Outcome>, Unknown> {
        let records = read(Answer::read(body.as_bytes()).unwrap(), "T1")?;
        Ok(records.into_iter().map(|record| record.outcome).collect())
    }

    // Harm prevented: a payment is given up because the list came in an odd form.
    #[test]
    fn only_a_consistent_list_is_believed() {
        for nothing in
            [r#"{"no_of_trans_found":"0","element":[]}"#, r#"{"no_of_trans_found":0}"#, r#"{"element":null}"#]
        {
            assert_eq!(outcomes(nothing), Ok(vec![]), "{nothing}");
        }
        for odd in [
            r#"{"no_of_trans_found":"1"}"#,
            r#"{"no_of_trans_found":1,"element":[]}"#,
            r#"{"element":{"status":"VALID"}}"#,
            r#"{"element":["VALID"]}"#,
            r#"{"element":[{"status":"FAILED"},{"status":"SOMETHING_NEW"}]}"#,
            r#"{"element":[{"status":"VALID"}]}"#,
            r#"{"element":[{"status":"VALID","tran_id":"T2"}]}"#,
        ] {
            assert!(outcomes(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn attempts_come_oldest_first() {
        let body = r#"{"no_of_trans_found":2,"element":[
            {"status":"VALIDATED","tran_id":"T1","tran_date":"2026-11-22 12:00:05"},
            {"status":"FAILED","tran_id":"T1","tran_date":"2026-11-22 12:00:01"}]}"#;
        assert_eq!(outcomes(body), Ok(vec![Outcome::Failed, Outcome::Paid]));
    }
}
