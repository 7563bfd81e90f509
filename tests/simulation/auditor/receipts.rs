//! Charges: each is on record once, as the gateway truly made it; and what becomes of it is in the ledger.

use super::ledger::Expected;
use super::money_rows::ReceiptRow;
use super::payments::{PaymentWatch, Payments};
use super::rows::{JournalRow, PaymentRow};
use super::violation::{Found, hold};
use crate::replay::Reached;
use shared::billing::settlement::GatewayRecord;
use std::collections::BTreeSet;

/// What becomes of a charge: a new one, and later on.
const MOVES: &[(&str, &[&str])] = &[
    ("", &["settled", "credited", "held"]),
    ("held", &["settled", "credited", "returned"]),
    // The gateway would not send it back.
    ("returned", &["held"]),
];
/// The state of a charge beside that of the payment that it decided.
const DECIDED: &[(&str, &[&str])] = &[
    ("settled", &["settled"]),
    ("credited", &["credited"]),
    ("held", &["held", "mismatch"]),
    ("returned", &["refunded"]),
];

/// Whether a charge is as was asked, and the gateway does not call it risky.
pub(super) fn is_plain(charge: &GatewayRecord) -> bool {
    !charge.risky && charge.charged == charge.requested
}

/// What the gateway says that it keeps of a charge.
fn fee(charge: &GatewayRecord) -> Option<i64> {
    charge.fee.map(|it| it.minor)
}

/// Judges the charges on record: the gateway has made and confirmed each, of that amount, and its state goes with its
/// payment's.
pub(super) fn charges(watch: &mut PaymentWatch, found: &mut Found, now: &Payments<'_>, reached: &mut Reached) {
    for receipt in now.receipts {
        let before = watch.receipts.insert(receipt.id.clone(), receipt.state.clone()).unwrap_or_default();
        let may = MOVES.iter().any(|it| it.0 == before && it.1.contains(&receipt.state.as_str()));
        hold(found, 6, may || before == receipt.state, || format!("a charge that was {before:?} became {receipt:?}"));
        let Some(payment) = now.payments.iter().find(|it| it.id == receipt.payment_id) else {
            hold(found, 7, false, || format!("a charge for nothing: {receipt:?}"));
            continue;
        };
        let charge = now.charge(payment, Some(&receipt.val_id));
        let charged = charge.and_then(|it| it.charged).map(|it| (it.minor, it.currency.code()));
        let same = charged.is_some() && charged == receipt.charged.zip(receipt.currency.as_deref());
        let confirmed = now.truth.confirmed.contains(&receipt.val_id);
        let late = receipt.fee.is_none() && now.truth.fees_said_late.contains(&receipt.val_id);
        let fee = late || receipt.fee == charge.and_then(fee);
        hold(found, 7, same && confirmed && fee, || format!("{receipt:?}, and the gateway has {charge:?}"));
        let decides = payment.val_id.as_ref() == Some(&receipt.val_id);
        let goes_with = DECIDED.iter().find(|it| it.0 == receipt.state).map_or(&[] as &[&str], |it| it.1);
        let right = if decides { goes_with.contains(&payment.state.as_str()) } else { receipt.state != "settled" };
        hold(found, 6, right, || format!("{receipt:?} of {payment:?}"));
        if before != receipt.state {
            let which = if decides { "charge" } else { "second charge" };
            reached.count(&format!("a {which} was {}", receipt.state));
        }
    }
    let decided = |it: &&PaymentRow| it.val_id.is_some();
    for payment in now.payments.iter().filter(decided) {
        let known = now.receipts.iter().any(|it| Some(&it.val_id) == payment.val_id.as_ref());
        hold(found, 9, known, || format!("the charge of {payment:?} is not on record"));
    }
}

/// What a journal books of a charge is what the gateway took, and what it pays is what was due.
pub(super) fn booked(found: &mut Found, now: &Payments<'_>, journal: &JournalRow, accepted: bool) {
    let Some((receipt, payment)) = about(now, journal) else { return };
    let arrived = journal.on("gateway_cash") + journal.on("gateway_fees");
    let (charged, fee) = (receipt.charged.unwrap_or(0), receipt.fee.unwrap_or(0));
    let order = now.orders.iter().find(|it| it.id == payment.order_id);
    let due = order.filter(|_| receipt.state == "settled").map_or(0, |it| it.amount - it.credit);
    let credited = charged - due;
    let right = match journal.kind.as_str() {
        "payment_received" => receipt.state == "settled" && arrived == charged && journal.on("gateway_fees") == fee,
        "payment_credited" => receipt.state == "credited" && arrived == charged && journal.on("gateway_fees") == fee,
        "payment_held" => {
            let held = -journal.on("held_payments");
            receipt.state == "held" && arrived == charged && journal.on("gateway_fees") == fee && held == charged
        }
        "payment_accepted" => accepted && receipt.state != "held" && journal.on("held_payments") == charged,
        "fee_corrected" => journal.about(2) == Some(fee.to_string().as_str()),
        _ => true,
    };
    let pays = !matches!(journal.kind.as_str(), "payment_received" | "payment_credited" | "payment_accepted")
        || (-journal.on("receivable") == due && -journal.on("customer_credit") == credited && credited >= 0);
    let currency = journal.entries.iter().all(|it| it.2 == payment.currency);
    hold(found, 7, right && pays && currency, || format!("{journal:?} for {receipt:?} of {order:?}"));
    let by_itself = matches!(journal.kind.as_str(), "payment_received" | "payment_credited");
    let plain = now.charge(payment, Some(&receipt.val_id)).is_some_and(is_plain);
    hold(found, 7, !by_itself || plain, || format!("nobody looked at it: {journal:?} for {receipt:?}"));
}

/// The charge that a journal is about, and its payment.
fn about<'a>(now: &'a Payments<'_>, journal: &JournalRow) -> Option<(&'a ReceiptRow, &'a PaymentRow)> {
    let name = journal.about(1);
    let payment = |id: &str| now.payments.iter().find(|it| it.id == id);
    let by_name = |val_id: Option<&str>| now.receipts.iter().find(|it| Some(it.val_id.as_str()) == val_id);
    let receipt = match journal.kind.as_str() {
        "payment_received" => by_name(payment(name?)?.val_id.as_deref()),
        "payment_credited" => by_name(journal.about(2)),
        "payment_held" | "payment_accepted" | "fee_corrected" => {
            now.receipts.iter().find(|it| Some(it.id.as_str()) == name)
        }
        _ => None,
    }?;
    Some((receipt, payment(&receipt.payment_id)?))
}

/// In calm times, after a comparison: every charge that the gateway ever made is on record, once, with what it keeps; and a
/// person hears of each that waits. `seconds` are the charges that somebody noted as second ones.
pub(crate) fn nothing_is_lost(
    found: &mut Found,
    now: &Payments<'_>,
    seconds: &BTreeSet<String>,
    waiting: &BTreeSet<String>,
) {
    for payment in now.payments {
        let Some(session) = now.truth.sessions.get(&payment.tran_id) else { continue };
        for charge in session.charges() {
            let of_it = |it: &&ReceiptRow| Some(&it.val_id) == charge.val_id.as_ref();
            let known: Vec<&ReceiptRow> = now.receipts.iter().filter(of_it).collect();
            let right = known.len() == 1 && known.iter().all(|it| it.fee == fee(charge));
            hold(found, 9, right, || format!("{charge:?} of {payment:?} is on record as {known:?}"));
        }
    }
    for receipt in now.receipts {
        let waits = waiting.contains(&receipt.val_id);
        hold(found, 9, waits == (receipt.state == "held"), || {
            format!("it waits for a person: {waits}, and it is {receipt:?}")
        });
        let decides = now.payments.iter().any(|it| it.val_id.as_ref() == Some(&receipt.val_id));
        let noted = seconds.contains(&receipt.val_id);
        hold(found, 5, decides != noted, || format!("noted as a second charge: {noted}, {receipt:?}"));
    }
}

/// Adds what charges, refunds and orders must come to in the ledger.
pub(crate) fn expect_money(expected: &mut Expected, now: &Payments<'_>) {
    for receipt in now.receipts {
        let (charged, fee) = (i128::from(receipt.charged.unwrap_or(0)), i128::from(receipt.fee.unwrap_or(0)));
        expected.cash += charged - fee;
        expected.fees += fee;
        match receipt.state.as_str() {
            "held" => expected.held += charged,
            "returned" => {}
            _ => expected.credit += charged,
        }
    }
    // Whatever is charged is the customer's; what is bought is paid of that.
    for order in now.orders {
        if order.settled_at.is_some() {
            expected.credit -= i128::from(order.amount);
        } else if order.withdrawn_at.is_none() {
            expected.credit -= i128::from(order.credit);
            expected.receivable -= i128::from(order.credit);
        }
    }
    for refund in now.refunds.iter().filter(|it| it.counts()) {
        let amount = i128::from(refund.amount);
        if refund.state == "refunded" {
            expected.cash -= amount;
        } else {
            expected.pending += amount;
        }
        if refund.from == "customer_credit" {
            expected.credit -= amount;
        }
    }
}
