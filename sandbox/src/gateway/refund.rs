//! Refunds as a shop asks for them and after them. The state of a refund is in `refunds`; here are the texts.

use serde_json::{Value, json};
use shared::money::{Currency, Money};

use super::config::Mode;
use super::form::Form;
use super::ids::local_text;
use super::refunds::{Initiated, Refund, RefundEnd, Wanted};
use super::state::State;

/// The date of what has not happened.
const NEVER: &str = "0000-00-00 00:00:00";

/// What a refund must say, beside the charge and the amount.
fn required(mode: Mode) -> &'static [&'static str] {
    match mode {
        Mode::Documented => &["refund_amount", "refund_trans_id", "refund_remarks"],
        Mode::Observed => &["refund_amount"],
    }
}

/// Takes a refund. The texts of refusals are made up: nobody publishes them.
pub(super) fn initiate(state: &State, form: &Form) -> Value {
    let bank_tran_id = form.get("bank_tran_id").unwrap_or_default();
    if let Some(missing) = required(state.config.mode).iter().find(|name| form.get(name).is_none()) {
        let reason = format!("Invalid Information! '{missing}' is missing or empty.");
        return refused("INVALID_REQUEST", bank_tran_id, &reason);
    }
    if state.faults().refund_ip_unregistered {
        return refused("DONE", bank_tran_id, "Your IP address is not registered for refunds");
    }
    let amount = Money::from_decimal(form.get("refund_amount").unwrap_or_default(), Currency::Bdt);
    let Ok(amount) = amount else { return refused("DONE", bank_tran_id, "Invalid refund amount") };
    let refund_trans_id = form.get("refund_trans_id");
    let too_long = |name: &str| name.chars().count() > 30;
    if state.config.mode == Mode::Documented && refund_trans_id.is_some_and(too_long) {
        return refused("INVALID_REQUEST", bank_tran_id, "Invalid Information! 'refund_trans_id' is invalid.");
    }
    let remarks = form.get("refund_remarks").unwrap_or_default();
    let wanted = Wanted { bank_tran_id, refund_trans_id, amount, remarks };
    match state.records().refund(&wanted, state.now()) {
        None => refused("DONE", bank_tran_id, "Transaction not found"),
        Some(Initiated::TooMuch) => refused("DONE", bank_tran_id, "Refund amount exceeds the transaction amount"),
        Some(Initiated::Accepted(refund)) => accepted(&refund, "success"),
        Some(Initiated::Already(refund)) => accepted(&refund, "processing"),
    }
}

fn accepted(refund: &Refund, status: &str) -> Value {
    json!({
        "APIConnect": "DONE", "bank_tran_id": refund.bank_tran_id, "trans_id": refund.tran_id,
        "refund_ref_id": refund.refund_ref_id, "status": status, "errorReason": "",
    })
}

fn refused(connect: &str, bank_tran_id: &str, reason: &str) -> Value {
    json!({
        "APIConnect": connect, "bank_tran_id": bank_tran_id, "trans_id": "", "refund_ref_id": "", "status": "failed",
        "errorReason": reason,
    })
}

/// How a refund stands.
pub(super) fn query(state: &State, form: &Form) -> Value {
    let name = form.get("refund_ref_id").unwrap_or_default();
    let end = state.faults().refund_end.unwrap_or(RefundEnd::Refunded);
    let asked = state.records().refunds.ask(name, state.config.refund_queries, end, state.now());
    match asked {
        Some(refund) => json!({
            "APIConnect": "DONE", "bank_tran_id": refund.bank_tran_id, "tran_id": refund.tran_id,
            "refund_ref_id": refund.refund_ref_id, "initiated_on": local_text(refund.initiated_at),
            "refunded_on": refund.settled_at.map_or_else(|| NEVER.to_owned(), local_text),
            "status": refund.status.text(), "errorReason": "",
        }),
        None => json!({
            "APIConnect": "DONE", "bank_tran_id": "", "tran_id": "", "refund_ref_id": "", "initiated_on": NEVER,
            "refunded_on": NEVER, "status": "failed", "errorReason": "Unknown Refund Ref ID",
        }),
    }
}
