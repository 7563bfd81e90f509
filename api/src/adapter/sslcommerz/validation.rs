//! Order validation: what the gateway says of a charge under its own name. This is the proof of payment.

use shared::billing::settlement::{GatewayRecord, Outcome};

use super::answer::Answer;
use super::call::Call;
use super::record::{outcome, record};
use crate::port::Unknown;

const PATH: &str = "/validator/api/validationserverAPI.php";

/// Asks about `val_id`. The gateway says `VALID` once and `VALIDATED` ever after; both mean paid.
pub(super) async fn validate(call: &Call<'_>, val_id: &str) -> Result<Option<GatewayRecord>, Unknown> {
    // Wrong credentials come as INVALID_TRANSACTION too: without `accepted` that would read as "no such charge".
    read(&call.get(PATH, &[("val_id", val_id)]).await?.accepted()?, val_id)
}

fn read(answer: &Answer, val_id: &str) -> Result<Option<GatewayRecord>, Unknown> {
    let status = answer.text("status").unwrap_or_default();
    if status == "INVALID_TRANSACTION" {
        return Ok(None);
    }
    if outcome(&status) != Some(Outcome::Paid) {
        return Err(Unknown::new("the gateway validated with a status that is not known"));
    }
    let about_another = answer.text("val_id").as_deref() != Some(val_id);
    match answer.text("tran_id") {
        Some(tran_id) if !about_another => Ok(Some(record(answer, tran_id, Outcome::Paid))),
        _ => Err(Unknown::new("the gateway validated another charge than the one asked about")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: an answer about somebody else's charge is booked.
    #[test]
    fn an_answer_about_another_charge_says_nothing() {
        let answer = Answer::read(br#"{"status":"VALID","tran_id":"T1","val_id":"V1"}"#).unwrap();
        assert!(read(&answer, "V1").unwrap().is_some());
        assert!(read(&answer, "V2").is_err());
        for body in [r#"{"status":"VALID","tran_id":"T1"}"#, r#"{"status":"VALID","val_id":"V1"}"#, "{}"] {
            assert!(read(&Answer::read(body.as_bytes()).unwrap(), "V1").is_err(), "{body}");
        }
    }
}
