//! Payments and the orders they pay: nothing is booked that the gateway did not confirm or credit did not pay, nothing
//! twice, and nothing is closed on a guess.

use super::bills::price;
use super::ledger::Ledger;
use super::money_rows::{ReceiptRow, RefundRow};
use super::receipts::{booked, charges, is_plain};
use super::refunds::{refund_booked, refunds};
use super::rows::{AuditRow, JournalRow, OrderRow, PaymentRow};
use super::violation::{Found, hold};
use crate::replay::Reached;
use crate::world::gateway::GatewayTruth;
use shared::billing::settlement::GatewayRecord;
use std::collections::BTreeMap;

/// States in which nothing was charged.
const UNPAID: &[&str] = &["failed", "cancelled", "expired"];
/// Where a payment goes from where money is booked: only a person moves it, or a refund that comes to nothing. From
/// everywhere else it goes wherever the gateway says.
const MOVES: &[(&str, &[&str])] = &[
    ("settled", &[]),
    ("credited", &[]),
    ("held", &["settled", "credited", "refunded"]),
    ("mismatch", &["credited", "refunded"]),
    ("refunded", &["held", "mismatch"]),
];

/// What the auditor knows of one tenant's payments.
#[derive(Debug, Default)]
pub(crate) struct PaymentWatch {
    states: BTreeMap<String, String>,
    pub(super) receipts: BTreeMap<String, String>,
    pub(super) refunds: BTreeMap<String, String>,
}

/// What is on record of one tenant's payments, and what the gateway knows.
pub(crate) struct Payments<'a> {
    pub(crate) orders: &'a [OrderRow],
    pub(crate) payments: &'a [PaymentRow],
    pub(crate) receipts: &'a [ReceiptRow],
    pub(crate) refunds: &'a [RefundRow],
    pub(crate) ledger: &'a Ledger,
    pub(crate) truth: &'a GatewayTruth,
}

impl Payments<'_> {
    /// The charge that the gateway names so, in the session of a payment.
    pub(super) fn charge(&self, payment: &PaymentRow, val_id: Option<&str>) -> Option<&GatewayRecord> {
        let session = self.truth.sessions.get(&payment.tran_id)?;
        session.charges().find(|it| it.val_id.as_deref() == val_id)
    }

    fn order(&self, payment: &PaymentRow) -> Option<&OrderRow> {
        self.orders.iter().find(|it| it.id == payment.order_id)
    }
}

impl PaymentWatch {
    /// Judges what became of payments, charges and refunds since the last look. Gives the orders of which all that was
    /// charged goes back since.
    pub(crate) fn look(
        &mut self,
        found: &mut Found,
        now: &Payments<'_>,
        audit: &[&AuditRow],
        journals: &[&JournalRow],
        reached: &mut Reached,
    ) -> Vec<String> {
        let mut moves = Vec::new();
        for payment in now.payments {
            let before = self.states.insert(payment.id.clone(), payment.state.clone());
            let is_new = before.is_none();
            let before = before.unwrap_or_else(|| "open".to_owned());
            if is_new {
                invariant_7_price(found, now, payment);
            }
            if before == payment.state {
                continue;
            }
            reached.count(&format!("payment {}", payment.state));
            moves.push((Some(before.clone()), Some(payment.state.clone())));
            let ways = MOVES.iter().find(|it| it.0 == before);
            let may = ways.map_or(payment.state != "refunded", |it| it.1.contains(&payment.state.as_str()));
            hold(found, 6, may, || format!("a payment that was {before} became {payment:?}"));
            let accepted = accepted(audit);
            let by_hand = !matches!(before.as_str(), "held" | "mismatch") || payment.state == "refunded" || accepted;
            hold(found, 7, by_hand, || format!("nobody accepted it: {payment:?}"));
            invariant_7(found, now, payment, accepted);
            invariant_9(found, now, payment);
        }
        moved(found, "payment_moved", audit, moves);
        for order in now.orders {
            invariant_2(found, now, order);
        }
        charges(self, found, now, reached);
        for journal in journals {
            booked(found, now, journal, accepted(audit));
            refund_booked(found, now, journal);
        }
        refunds(self, found, now, audit, reached)
    }
}

/// Whether a person accepted a charge.
fn accepted(audit: &[&AuditRow]) -> bool {
    audit.iter().any(|it| it.what == "payment_moved" && it.why.as_deref() == Some("accepted"))
}

/// Each move has its audit row, and each row is of a move; a row that leads nowhere is a note.
pub(super) fn moved(
    found: &mut Found,
    what: &str,
    audit: &[&AuditRow],
    mut moves: Vec<(Option<String>, Option<String>)>,
) {
    let rows = audit.iter().filter(|row| row.what == what && row.from != row.to);
    let mut rows: Vec<_> = rows.map(|row| (row.from.clone(), row.to.clone())).collect();
    rows.sort();
    moves.sort();
    hold(found, 5, moves == rows, || format!("{what}: {moves:?}, audit rows say {rows:?}"));
}

/// One settlement an order, and the order says by whom. Credit in it is used once, and released once if it is withdrawn.
fn invariant_2(found: &mut Found, now: &Payments<'_>, order: &OrderRow) {
    let by: Vec<_> = now.payments.iter().filter(|it| it.order_id == order.id && it.state == "settled").collect();
    let named = by.iter().map(|it| &it.id).eq(&order.settled_by);
    hold(found, 2, named, || format!("{order:?} is settled by {by:?}"));
    let bought = order.settled_by.is_some() == order.cycle_number.is_some();
    hold(found, 2, bought, || format!("settled, but not by a cycle: {order:?}"));
    let both = order.settled_at.is_some() && order.withdrawn_at.is_some();
    hold(found, 2, !both, || format!("settled and withdrawn: {order:?}"));
    let (used, released) = now.ledger.credit_in(&order.id);
    let must = if order.withdrawn_at.is_some() { order.credit } else { 0 };
    let right = used == order.credit && released == must && (0..=order.amount).contains(&used);
    hold(found, 1, right, || format!("credit: {used} used and {released} released in {order:?}"));
}

/// An order is at the server's own price, and a payment is of what credit had left of it when it began.
fn invariant_7_price(found: &mut Found, now: &Payments<'_>, payment: &PaymentRow) {
    let order = now.order(payment);
    let right = order.is_some_and(|it| {
        let used = now.ledger.used_by(&it.id, &payment.id);
        price(it) == Some(it.amount) && payment.amount == it.amount - used && payment.currency == it.currency
    });
    hold(found, 7, right, || format!("{payment:?} for {order:?}"));
}

/// What is credited was confirmed: for this payment, this amount, this currency; or credit paid all of it.
fn invariant_7(found: &mut Found, now: &Payments<'_>, payment: &PaymentRow, accepted: bool) {
    if payment.gateway == "credit" {
        let all = now.order(payment).is_some_and(|it| it.credit == it.amount);
        let right = payment.state == "settled" && payment.amount == 0 && payment.val_id.is_none() && all;
        hold(found, 7, right, || format!("not paid by credit: {payment:?} for {:?}", now.order(payment)));
        return;
    }
    let charge = now.charge(payment, payment.val_id.as_deref());
    let exact = |charge: &GatewayRecord| {
        let is = |it: Option<shared::money::Money>| {
            it.is_some_and(|it| it.minor == payment.amount && it.currency.code() == payment.currency)
        };
        is(charge.requested) && is(charge.charged)
    };
    let confirmed = payment.val_id.as_ref().is_some_and(|it| now.truth.confirmed.contains(it));
    let rightly = match payment.state.as_str() {
        "settled" => confirmed && charge.is_some_and(|it| exact(it) && (is_plain(it) || accepted)),
        "credited" => confirmed && charge.is_some_and(|it| exact(it) && is_plain(it) || accepted),
        "held" => confirmed && charge.is_some_and(|it| it.risky && exact(it)),
        "mismatch" => confirmed && charge.is_some_and(|it| !exact(it)),
        _ => true,
    };
    hold(found, 7, rightly, || format!("{payment:?}, confirmed {confirmed}, and the gateway has {charge:?}"));
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
