//! Session query: how the latest attempt of one session stands.

use shared::billing::settlement::{GatewayRecord, Outcome};

use super::answer::Answer;
use super::call::Call;
use super::query::PATH;
use super::record::{outcome, record};
use crate::port::Unknown;

/// Asks about `session_key`.
pub(super) async fn by_session(call: &Call<'_>, session_key: &str) -> Result<Option<GatewayRecord>, Unknown> {
    if session_key.is_empty() {
        return Err(Unknown::new("no session was named"));
    }
    read(&call.get(PATH, &[("sessionkey", session_key)]).await?.accepted()?, session_key)
}

fn read(answer: &Answer, session_key: &str) -> Result<Option<GatewayRecord>, Unknown> {
    if !answer.agrees("sessionkey", session_key) {
        return Err(Unknown::new("the gateway tells of another session than the one asked about"));
    }
    let status = answer.text("status").unwrap_or_default();
    let Some(tran_id) = answer.text("tran_id") else {
        return if nothing_was_attempted(answer, &status) {
            Ok(None)
        } else {
            Err(Unknown::new("the gateway tells of a session without our name for it"))
        };
    };
    let Some(outcome) = outcome(&status) else {
        return Err(Unknown::new("the gateway tells of a session of a status that is not known"));
    };
    if outcome == Outcome::Paid && answer.text("val_id").is_none() {
        return Err(Unknown::new("the gateway tells of a paid session without a charge"));
    }
    Ok(Some(record(answer, tran_id, outcome)))
}

/// An unknown session reads as a failed one that names neither a payment, nor a charge, nor money.
fn nothing_was_attempted(answer: &Answer, status: &str) -> bool {
    status == "FAILED" && ["val_id", "bank_tran_id", "amount"].iter().all(|key| answer.text(key).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(body: &str) -> Result<Option<GatewayRecord>, Unknown> {
        read(&Answer::read(body.as_bytes()).unwrap(), "S1")
    }

    // Harm prevented: a paid session reads as one that never was, and its payer is asked to pay again.
    #[test]
    fn only_an_empty_failure_is_no_session() {
        for nothing in [
            r#"{"status":"FAILED","sessionkey":"S1","error":"No session found"}"#,
            r#"{"status":"FAILED","tran_id":"","val_id":"","bank_tran_id":"","amount":""}"#,
        ] {
            assert_eq!(asked(nothing), Ok(None), "{nothing}");
        }
        for odd in [
            "{}",
            r#"{"status":"VALID","val_id":"V1"}"#,
            r#"{"status":"PENDING"}"#,
            r#"{"status":"FAILED","bank_tran_id":"B1"}"#,
            r#"{"status":"FAILED","amount":"10.00"}"#,
            r#"{"status":"INVALID_TRANSACTION"}"#,
        ] {
            assert!(asked(odd).is_err(), "{odd}");
        }
    }

    // Harm prevented: a charge is booked that cannot be named, or that belongs to another session.
    #[test]
    fn a_paid_session_names_its_payment_and_its_charge() {
        let paid = asked(r#"{"status":"VALIDATED","sessionkey":"S1","tran_id":"T1","val_id":"V1"}"#).unwrap().unwrap();
        assert_eq!((paid.tran_id.as_str(), paid.val_id.as_deref()), ("T1", Some("V1")));
        for odd in [
            r#"{"status":"VALID","tran_id":"T1"}"#,
            r#"{"status":"VALID","tran_id":"T1","val_id":""}"#,
            r#"{"status":"VALID","tran_id":"T1","val_id":"V1","sessionkey":"S2"}"#,
            r#"{"status":"SUCCESS","tran_id":"T1","val_id":"V1"}"#,
        ] {
            assert!(asked(odd).is_err(), "{odd}");
        }
    }

    // Harm prevented: a payer who is still choosing reads as one who was declined.
    #[test]
    fn an_open_session_is_pending() {
        let open = asked(r#"{"status":"PENDING","sessionkey":"S1","tran_id":"T1","val_id":""}"#).unwrap().unwrap();
        assert_eq!((open.outcome, open.val_id), (Outcome::Pending, None));
    }
}
