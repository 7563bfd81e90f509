//! Answers about refunds, taken at their word and no further.

use super::*;
use shared::money::Money;

fn answer(body: &str) -> Answer {
    Answer::read(body.as_bytes()).unwrap()
}

fn refunded(body: &str) -> Result<RefundAnswer, Unknown> {
    read_refund(&answer(body), "B1")
}

fn progressed(body: &str) -> Result<RefundProgress, Unknown> {
    read_progress(&answer(body), "R1")
}

// Harm prevented: a refund that is under way reads as refused, and is paid a second time by hand; or the reverse.
#[test]
fn only_a_whole_acceptance_and_a_plain_refusal_are_believed() {
    let accepted = Ok(RefundAnswer::Accepted { refund_ref_id: "R1".into() });
    assert_eq!(refunded(r#"{"status":"success","bank_tran_id":"B1","refund_ref_id":"R1"}"#), accepted);
    assert_eq!(refunded(r#"{"status":"processing","bank_tran_id":"B1","refund_ref_id":"R1"}"#), accepted);
    assert_eq!(
        refunded(r#"{"status":"failed","bank_tran_id":"","refund_ref_id":"","errorReason":"Too much"}"#),
        Ok(RefundAnswer::Refused("Too much".into()))
    );
    for odd in [
        "{}",
        r#"{"status":"success","bank_tran_id":"B1"}"#,
        r#"{"status":"processing","bank_tran_id":"B1","refund_ref_id":""}"#,
        r#"{"status":"success","bank_tran_id":"B2","refund_ref_id":"R1"}"#,
        r#"{"status":"failed","bank_tran_id":"B2","errorReason":"Too much"}"#,
        r#"{"status":"failed","bank_tran_id":"B1","refund_ref_id":"R1"}"#,
        r#"{"status":"SUCCESS","bank_tran_id":"B1","refund_ref_id":"R1"}"#,
        r#"{"status":"refunded","bank_tran_id":"B1","refund_ref_id":"R1"}"#,
        r#"{"status":"unsuccessful","refund_ref_id":"R1"}"#,
    ] {
        assert!(refunded(odd).is_err(), "{odd}");
    }
}

// Harm prevented: a page is flooded with what the gateway gives as a reason.
#[test]
fn a_reason_is_cut() {
    let body = format!(r#"{{"status":"failed","errorReason":"{}"}}"#, "ক".repeat(300));
    assert_eq!(refunded(&body), Ok(RefundAnswer::Refused("ক".repeat(200))));
}

// Harm prevented: a customer is told that the money is sent, because another refund is done or a word is new.
#[test]
fn progress_is_compared_whole_and_about_the_refund_asked() {
    assert_eq!(progressed(r#"{"status":"refunded","refund_ref_id":"R1"}"#), Ok(RefundProgress::Refunded));
    assert_eq!(progressed(r#"{"status":"processing"}"#), Ok(RefundProgress::Processing));
    assert_eq!(
        progressed(r#"{"status":"cancelled","refund_ref_id":"R1","errorReason":"Account closed"}"#),
        Ok(RefundProgress::Cancelled("Account closed".into()))
    );
    for odd in [
        "{}",
        r#"{"status":"refunded","refund_ref_id":"R2"}"#,
        r#"{"status":"Refunded","refund_ref_id":"R1"}"#,
        r#"{"status":"not refunded","refund_ref_id":"R1"}"#,
        r#"{"status":"failed","refund_ref_id":"","errorReason":"Unknown Refund Ref ID"}"#,
        r#"{"status":"success","refund_ref_id":"R1"}"#,
    ] {
        assert!(progressed(odd).is_err(), "{odd}");
    }
}

// Harm prevented: another question is asked than the one meant, another refund is repeated, or ten dollars are ten taka.
#[test]
fn what_cannot_be_said_is_not_said() {
    let sound = NewRefund {
        refund_name: "R".repeat(30),
        bank_tran_id: "B1".into(),
        amount: Money::new(1, Currency::Bdt),
        reason: String::new(),
    };
    assert_eq!(sayable(&sound), Ok(()));
    for odd in [
        NewRefund { refund_name: "R".repeat(31), ..sound.clone() },
        NewRefund { refund_name: String::new(), ..sound.clone() },
        NewRefund { bank_tran_id: String::new(), ..sound.clone() },
        NewRefund { amount: Money::new(0, Currency::Bdt), ..sound.clone() },
        NewRefund { amount: Money::new(-1, Currency::Bdt), ..sound.clone() },
        NewRefund { amount: Money::new(1_000, Currency::Usd), ..sound.clone() },
    ] {
        assert!(sayable(&odd).is_err(), "{odd:?}");
    }
}
