//! One attempt in the gateway's words, turned into ours. Knows no questions.

use shared::billing::settlement::{GatewayRecord, Outcome};
use shared::money::{Currency, Money};

use super::answer::Answer;

/// What a status means; `None` for any other text. Compared whole: `INVALID_TRANSACTION` contains `VALID`.
pub(super) fn outcome(status: &str) -> Option<Outcome> {
    match status {
        "VALID" | "VALIDATED" => Some(Outcome::Paid),
        "PENDING" => Some(Outcome::Pending),
        "FAILED" => Some(Outcome::Failed),
        "CANCELLED" => Some(Outcome::Cancelled),
        "EXPIRED" | "UNATTEMPTED" => Some(Outcome::Expired),
        _ => None,
    }
}

/// The record under our name `tran_id`. What is missing stays missing: judging is not done here.
pub(super) fn record(answer: &Answer, tran_id: String, outcome: Outcome) -> GatewayRecord {
    GatewayRecord {
        tran_id,
        val_id: answer.text("val_id").filter(|_| outcome == Outcome::Paid),
        outcome,
        requested: money(answer, "currency_amount", "currency_type"),
        charged: money(answer, "amount", "currency"),
        fee: fee(answer),
        // Only the word for "safe" is safe; a missing one leaves the decision to a person.
        risky: answer.text("risk_level").as_deref() != Some("0"),
        bank_tran_id: answer.text("bank_tran_id"),
        method: answer.text("card_type"),
    }
}

/// What is missing of the amount in what arrives. An answer by which the gateway would keep nothing, or more than there
/// is, says nothing.
fn fee(answer: &Answer) -> Option<Money> {
    let (amount, arrives) = (money(answer, "amount", "currency")?, money(answer, "store_amount", "currency")?);
    amount.checked_sub(arrives).ok().filter(|fee| fee.minor >= 0 && arrives.minor >= 0)
}

fn money(answer: &Answer, amount: &str, currency: &str) -> Option<Money> {
    let currency = Currency::from_code(&answer.text(currency)?)?;
    Money::from_decimal(&answer.text(amount)?, currency).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a status that merely contains "valid" is booked as paid.
    #[test]
    fn statuses_are_compared_whole() {
        for status in ["INVALID_TRANSACTION", "valid", " VALID", "VALID ", "SUCCESS", ""] {
            assert_eq!(outcome(status), None, "{status}");
        }
    }
}
