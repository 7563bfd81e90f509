//! Payments: nothing is booked that the gateway did not confirm, nothing twice, and nothing that it confirmed is lost.

use super::bills::price;
use super::rows::{AuditRow, JournalRow, OrderRow, PaymentRow};
use super::violation::{Found, hold};
use crate::replay::Reached;
use crate::world::gateway::{Fields, GatewayTruth, value};
use shared::billing::settlement::{GatewayRecord, Outcome};
use std::collections::BTreeMap;

/// States that no message changes any more.
const FINAL: &[&str] = &["settled", "credited", "held", "mismatch"];
/// States in which nothing was charged.
const UNPAID: &[&str] = &["failed", "cancelled", "expired"];
/// After about so many looks a payment is left alone.
const LOOKS: i64 = 20;

/// What the auditor knows of one tenant's payments.
#[derive(Debug, Default)]
pub(crate) struct PaymentWatch {
    states: BTreeMap<String, String>,
}

/// What is on record of one tenant's payments, and what the gateway knows.
pub(crate) struct Payments<'a> {
    pub(crate) orders: &'a [OrderRow],
    pub(crate) payments: &'a [PaymentRow],
    pub(crate) truth: &'a GatewayTruth,
}

impl Payments<'_> {
    fn charge(&self, payment: &PaymentRow) -> Option<&GatewayRecord> {
        let session = self.truth.sessions.get(&payment.tran_id)?;
        session.charges().find(|it| it.val_id == payment.val_id)
    }
}

impl PaymentWatch {
    /// Judges what became of payments since the last look.
    pub(crate) fn look(
        &mut self,
        found: &mut Found,
        now: &Payments<'_>,
        audit: &[&AuditRow],
        journals: &[&JournalRow],
        reached: &mut Reached,
    ) {
        let mut moves = Vec::new();
        for payment in now.payments {
            let before = self.states.insert(payment.id.clone(), payment.state.clone());
            let before = before.unwrap_or_else(|| "open".to_owned());
            if before == payment.state {
                continue;
            }
            reached.count(&format!("payment {}", payment.state));
            moves.push((Some(before.clone()), Some(payment.state.clone())));
            let changed = FINAL.contains(&before.as_str());
            hold(found, 6, !changed, || format!("a payment that was {before} became {payment:?}"));
            invariant_7(found, now, payment);
            invariant_9(found, now, payment);
        }
        let rows = audit.iter().filter(|row| row.what == "payment_moved");
        let mut rows: Vec<_> = rows.map(|row| (row.from.clone(), row.to.clone())).collect();
        rows.sort();
        moves.sort();
        hold(found, 5, moves == rows, || format!("payments moved {moves:?}, audit rows say {rows:?}"));
        invariant_2(found, now);
        for journal in journals {
            booked(found, now, journal);
        }
    }
}

/// One settlement an order, and the order says by whom.
fn invariant_2(found: &mut Found, now: &Payments<'_>) {
    for order in now.orders {
        let by: Vec<_> = now.payments.iter().filter(|it| it.order_id == order.id && it.state == "settled").collect();
        let named = by.iter().map(|it| &it.id).eq(&order.settled_by);
        hold(found, 2, named, || format!("{order:?} is settled by {by:?}"));
        let bought = order.settled_by.is_some() == order.cycle_number.is_some();
        hold(found, 2, bought, || format!("settled, but not by a cycle: {order:?}"));
    }
}

/// Whether a journal credits another charge than the one that decided about its payment.
pub(crate) fn is_second(journal: &JournalRow, payment: &PaymentRow) -> bool {
    journal.kind == "payment_credited" && journal.about(2) != payment.val_id.as_deref()
}

/// Whether a charge is as was asked, and the gateway does not call it risky.
fn is_plain(charge: &GatewayRecord) -> bool {
    !charge.risky && charge.charged == charge.requested
}

/// What the gateway keeps of a charge.
pub(crate) fn fee(charge: &GatewayRecord) -> i64 {
    charge.fee.map_or(0, |it| it.minor)
}

/// What is credited was confirmed: for this payment, this amount, this currency, and at the server's own price.
fn invariant_7(found: &mut Found, now: &Payments<'_>, payment: &PaymentRow) {
    let charge = now.charge(payment);
    let exact = |charge: &GatewayRecord| {
        let is = |it: Option<shared::money::Money>| {
            it.is_some_and(|it| it.minor == payment.amount && it.currency.code() == payment.currency)
        };
        is(charge.requested) && is(charge.charged)
    };
    let confirmed = payment.val_id.as_ref().is_some_and(|it| now.truth.confirmed.contains(it));
    let rightly = match payment.state.as_str() {
        "settled" | "credited" => confirmed && charge.is_some_and(|it| !it.risky && exact(it)),
        "held" => confirmed && charge.is_some_and(|it| it.risky && exact(it)),
        "mismatch" => confirmed && charge.is_some_and(|it| !exact(it)),
        _ => true,
    };
    hold(found, 7, rightly, || format!("{payment:?}, confirmed {confirmed}, and the gateway has {charge:?}"));
    let order = now.orders.iter().find(|it| it.id == payment.order_id);
    let price = order.and_then(|it| price(it).map(|price| (price, it.currency.clone(), it.amount)));
    let at_our_price = price.as_ref().is_some_and(|(price, currency, amount)| {
        *price == payment.amount && *amount == payment.amount && *currency == payment.currency
    });
    hold(found, 7, at_our_price, || format!("{payment:?} for an order at {price:?}"));
    let twice = now.payments.iter().filter(|it| it.val_id.is_some() && it.val_id == payment.val_id).count() > 1;
    hold(found, 7, !twice, || format!("one charge for two payments: {payment:?}"));
}

/// Only a clear answer closes a payment as not paid.
fn invariant_9(found: &mut Found, now: &Payments<'_>, payment: &PaymentRow) {
    let Some(word) = UNPAID.iter().find(|it| **it == payment.state) else { return };
    let denied = now.truth.denied.contains(&(payment.tran_id.clone(), word));
    let refused = *word == "failed" && now.truth.refused.contains(&payment.tran_id);
    hold(found, 9, denied || refused, || format!("the gateway never said so: {payment:?}"));
}

/// What a journal books of a payment is what the gateway took.
fn booked(found: &mut Found, now: &Payments<'_>, journal: &JournalRow) {
    let Some(payment) = now.payments.iter().find(|it| Some(it.id.as_str()) == journal.payment_id()) else { return };
    let second = is_second(journal, payment);
    let val_id = if second { journal.about(2) } else { payment.val_id.as_deref() };
    let session = now.truth.sessions.get(&payment.tran_id);
    let charge = session.and_then(|it| it.charges().find(|charge| charge.val_id.as_deref() == val_id));
    let fees = journal.on("gateway_fees");
    let exact = journal.on("gateway_cash") + fees == payment.amount && Some(fees) == charge.map(fee);
    let currency = journal.entries.iter().all(|it| it.2 == payment.currency);
    hold(found, 7, exact && currency, || format!("{journal:?} for {payment:?}, the gateway has {charge:?}"));
    let confirmed = val_id.is_some_and(|it| now.truth.confirmed.contains(it)) && charge.is_some_and(is_plain);
    hold(found, 7, confirmed, || format!("a charge that was not made so: {journal:?} for {payment:?}"));
    let state = if journal.kind == "payment_received" { "settled" } else { "credited" };
    hold(found, 7, second || payment.state == state, || format!("{journal:?} while {payment:?}"));
}

/// What was truly paid, and asked about or told of, is on record as money or in a person's hands; nobody's payment is
/// lost. `seconds` are the second charges that are on record, with what became of them.
pub(crate) fn nothing_is_lost(
    found: &mut Found,
    now: &Payments<'_>,
    posted: &[Fields],
    seconds: &BTreeMap<String, String>,
) {
    for payment in now.payments {
        let Some(session) = now.truth.sessions.get(&payment.tran_id) else { continue };
        let told =
            |charge: &GatewayRecord| posted.iter().any(|it| Some(value(it, "val_id")) == charge.val_id.as_deref());
        let known = session.charges().any(told) || payment.looks < LOOKS;
        let paid = session.attempts.iter().any(|it| it.outcome == Outcome::Paid) && known;
        let lost = paid && !FINAL.contains(&payment.state.as_str());
        hold(found, 9, !lost, || format!("paid at the gateway, and not here: {payment:?}"));
        // A second charge is only ever heard of by its notice.
        for charge in session.charges().filter(|it| told(it) && it.val_id != payment.val_id) {
            let is = charge.val_id.as_ref().and_then(|it| seconds.get(it)).map(String::as_str);
            let must = if is_plain(charge) { "credited" } else { "held" };
            hold(found, 9, is == Some(must), || {
                format!("a second charge is {is:?}, not {must}: {charge:?} of {payment:?}")
            });
        }
    }
}

/// What the gateway took for booked payments, in minor units: what arrives, what it keeps, and what of both is credit.
pub(crate) fn taken(now: &Payments<'_>) -> (i128, i128, i128) {
    let booked = now.payments.iter().filter(|it| matches!(it.state.as_str(), "settled" | "credited"));
    booked.fold((0, 0, 0), |(cash, fees, credit), payment| {
        let kept = now.charge(payment).map_or(0, fee);
        let credited = if payment.state == "credited" { payment.amount } else { 0 };
        (cash + i128::from(payment.amount - kept), fees + i128::from(kept), credit + i128::from(credited))
    })
}
