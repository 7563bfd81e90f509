//! Refunds: never more goes back than came, nothing goes back that is not on record, and nothing twice.

use super::money_rows::{ReceiptRow, RefundRow};
use super::payments::{PaymentWatch, Payments, moved};
use super::rows::{AuditRow, JournalRow};
use super::violation::{Found, hold};
use crate::replay::Reached;
use crate::world::gateway::GatewayTruth;

/// How a refund moves; a new one from nowhere.
const MOVES: &[(&str, &[&str])] =
    &[("", &["requested"]), ("requested", &["processing", "cancelled"]), ("processing", &["refunded", "cancelled"])];

/// Judges the refunds on record. Gives the orders of which all that was charged goes back since the last look.
pub(super) fn refunds(
    watch: &mut PaymentWatch,
    found: &mut Found,
    now: &Payments<'_>,
    audit: &[&AuditRow],
    reached: &mut Reached,
) -> Vec<String> {
    let (mut moves, mut whole) = (Vec::new(), Vec::new());
    for refund in now.refunds {
        let before = watch.refunds.insert(refund.id.clone(), refund.state.clone());
        if before.as_ref() == Some(&refund.state) {
            continue;
        }
        reached.count(&format!("refund {}", refund.state));
        let from = before.clone().unwrap_or_default();
        let may = MOVES.iter().any(|it| it.0 == from && it.1.contains(&refund.state.as_str()));
        hold(found, 6, may, || format!("a refund that was {from:?} became {refund:?}"));
        moves.push((before.clone(), Some(refund.state.clone())));
        let Some(receipt) = now.receipts.iter().find(|it| it.id == refund.receipt_id) else {
            hold(found, 7, false, || format!("a refund of nothing: {refund:?}"));
            continue;
        };
        invariant_7(found, now, refund);
        if before.is_none() {
            let all = asked_for(found, now, refund, receipt);
            reached.count(if all { "a charge goes back whole" } else { "a charge goes back in part" });
            let payment = now.payments.iter().find(|it| it.id == receipt.payment_id);
            // Out of credit: what the charge bought stays bought.
            let bought = receipt.state == "settled" && refund.has_credit_note;
            whole.extend(payment.filter(|_| all && bought).map(|it| it.order_id.clone()));
        }
    }
    moved(found, "refund_moved", audit, moves);
    for receipt in now.receipts {
        let of_it = || now.refunds.iter().filter(|it| it.receipt_id == receipt.id && it.counts());
        let (sum, charged) = (of_it().map(|it| it.amount).sum::<i64>(), receipt.charged.unwrap_or(0));
        hold(found, 7, sum <= charged, || format!("{sum} goes back of {receipt:?}"));
        let held = of_it().any(|it| it.from == "held_payments");
        let right = held == (receipt.state == "returned");
        hold(found, 7, right, || format!("what was held goes back: {held}, of {receipt:?}"));
    }
    whole
}

/// What is taken from where, by the charge's state. Says whether all of the charge is gone then.
fn asked_for(found: &mut Found, now: &Payments<'_>, refund: &RefundRow, receipt: &ReceiptRow) -> bool {
    let of_it = now.refunds.iter().filter(|it| it.receipt_id == receipt.id && it.counts());
    let all = Some(of_it.map(|it| it.amount).sum()) == receipt.charged;
    let right = match receipt.state.as_str() {
        "returned" => refund.from == "held_payments" && all && !refund.has_credit_note,
        "credited" => refund.from == "customer_credit" && !refund.has_credit_note,
        // With a credit note, or out of credit that there was: that no credit is below nothing is held elsewhere.
        "settled" => refund.from == "customer_credit",
        _ => false,
    };
    hold(found, 7, right && refund.amount > 0, || format!("{refund:?} of {receipt:?}"));
    all
}

/// What is said to have gone back went back, and what is said not to did not.
fn invariant_7(found: &mut Found, now: &Payments<'_>, refund: &RefundRow) {
    let sent = sent(now.truth, refund);
    let right = match refund.state.as_str() {
        "refunded" => sent == Some(refund.amount),
        "cancelled" => sent.is_none(),
        _ => true,
    };
    hold(found, 7, right, || format!("{refund:?}, and the gateway sent {sent:?}"));
}

/// What the gateway has truly sent back.
fn sent(truth: &GatewayTruth, refund: &RefundRow) -> Option<i64> {
    truth.sent_back.get(refund.gateway_name.as_ref()?).map(|it| it.minor)
}

/// A journal moves what its refund is of.
pub(super) fn refund_booked(found: &mut Found, now: &Payments<'_>, journal: &JournalRow) {
    let Some(refund) = now.refunds.iter().find(|it| Some(it.id.as_str()) == journal.about(1)) else { return };
    let amount = -journal.on("refunds_pending");
    let right = match journal.kind.as_str() {
        "refund_requested" => amount == refund.amount && journal.on(&refund.from) == refund.amount,
        "refund_returned" => {
            let back = -journal.on(&refund.from) == refund.amount;
            amount == -refund.amount && back && refund.state == "cancelled"
        }
        "refund_paid" => amount == -refund.amount && refund.state == "refunded",
        _ => true,
    };
    hold(found, 7, right, || format!("{journal:?} for {refund:?}"));
}

/// In calm times no refund is under way any more, and the gateway was asked for none but those on record.
pub(crate) fn nothing_is_under_way(found: &mut Found, refunds: &[RefundRow], truth: &GatewayTruth) {
    for refund in refunds {
        let over = matches!(refund.state.as_str(), "refunded" | "cancelled");
        hold(found, 9, over, || format!("still under way in calm times: {refund:?}"));
        let same = truth.refunds.get(&refund.name).is_none_or(|it| it.amount.minor == refund.amount);
        hold(found, 7, same, || format!("the gateway was asked for another amount: {refund:?}"));
    }
    for name in truth.refunds.keys() {
        let known = refunds.iter().any(|it| it.name == *name);
        hold(found, 7, known, || format!("the gateway was asked for {name}, and it is not on record"));
    }
    let sent = refunds.iter().filter(|it| it.state == "refunded").count();
    let truly = truth.sent_back.len();
    hold(found, 7, sent == truly, || format!("{sent} refunds went back, and the gateway sent {truly}"));
}
