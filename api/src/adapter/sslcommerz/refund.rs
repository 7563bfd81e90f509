//! Refunds: sending money back, and asking how far that is.
//!
//! Our name for a refund is what keeps a repeat from moving money twice, so it is sent whole or not at all.

use shared::money::Currency;

use super::answer::Answer;
use super::call::Call;
use super::query::PATH;
use crate::port::Unknown;
use crate::port::gateway::{NewRefund, RefundAnswer, RefundProgress};

/// The gateway's limits.
const LONGEST_NAME: usize = 30;
const LONGEST_REMARKS: usize = 255;

/// Sends money back.
pub(super) async fn refund(call: &Call<'_>, refund: &NewRefund) -> Result<RefundAnswer, Unknown> {
    if let Err(why) = sayable(refund) {
        return Ok(RefundAnswer::Refused(why.into()));
    }
    let amount = refund.amount.to_decimal();
    let remarks: String = refund.reason.chars().take(LONGEST_REMARKS).collect();
    let asked = [
        ("bank_tran_id", refund.bank_tran_id.as_str()),
        ("refund_trans_id", &refund.refund_name),
        ("refund_amount", &amount),
        ("refund_remarks", if remarks.is_empty() { "Refund" } else { &remarks }),
    ];
    read_refund(&call.get(PATH, &asked).await?.accepted()?, &refund.bank_tran_id)
}

/// How far the refund is that the gateway named `refund_ref_id`.
pub(super) async fn progress(call: &Call<'_>, refund_ref_id: &str) -> Result<RefundProgress, Unknown> {
    if refund_ref_id.is_empty() {
        return Err(Unknown::new("no refund was named"));
    }
    read_progress(&call.get(PATH, &[("refund_ref_id", refund_ref_id)]).await?.accepted()?, refund_ref_id)
}

/// What cannot be said to the gateway as it is meant is not said otherwise: a field left empty is another question, a name
/// cut short may be another refund's, and the amount is sent without a currency, to be read as taka.
fn sayable(refund: &NewRefund) -> Result<(), &'static str> {
    if refund.refund_name.is_empty() || refund.refund_name.chars().count() > LONGEST_NAME {
        return Err("the refund's name is not of 1 to 30 characters");
    }
    if refund.bank_tran_id.is_empty() {
        return Err("the charge has no name at the bank");
    }
    if refund.amount.currency != Currency::Bdt || refund.amount.minor < 1 {
        return Err("the gateway sends back taka, and no less than the smallest coin");
    }
    Ok(())
}

fn read_refund(answer: &Answer, bank_tran_id: &str) -> Result<RefundAnswer, Unknown> {
    if !answer.agrees("bank_tran_id", bank_tran_id) {
        return Err(Unknown::new("the gateway tells of a refund of another charge than the one named"));
    }
    match (answer.text("status").as_deref(), answer.text("refund_ref_id")) {
        // `processing`: it was begun by an earlier call under the same name.
        (Some("success" | "processing"), Some(refund_ref_id)) => Ok(RefundAnswer::Accepted { refund_ref_id }),
        (Some("success" | "processing"), None) => Err(Unknown::new("the gateway accepted a refund without naming it")),
        (Some("failed"), None) => Ok(RefundAnswer::Refused(answer.reason("errorReason"))),
        (Some("failed"), Some(_)) => Err(Unknown::new("the gateway refused a refund and named it all the same")),
        _ => Err(Unknown::new("the gateway did not say whether it accepted the refund")),
    }
}

fn read_progress(answer: &Answer, refund_ref_id: &str) -> Result<RefundProgress, Unknown> {
    if !answer.agrees("refund_ref_id", refund_ref_id) {
        return Err(Unknown::new("the gateway tells of another refund than the one asked about"));
    }
    match answer.text("status").as_deref() {
        Some("processing") => Ok(RefundProgress::Processing),
        Some("refunded") => Ok(RefundProgress::Refunded),
        Some("cancelled") => Ok(RefundProgress::Cancelled(answer.reason("errorReason"))),
        Some("failed") => Err(Unknown::new("the gateway does not know the refund that it named itself")),
        _ => Err(Unknown::new("the gateway told how far the refund is in a word that is not known")),
    }
}

#[cfg(test)]
#[path = "refund_tests.rs"]
mod tests;
