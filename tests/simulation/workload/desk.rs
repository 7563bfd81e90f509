//! What lies on the operator's desk, as any list would show it: charges, alerts, refunds. And what is done about one of them.

use super::asks::{Ask, Turn};
use crate::seed::Chance;
use hourglass::flow::auth::Caller;
use hourglass_tests::Database;
use shared::api::alerts::{AlertKind, Remedy, Resolve};
use shared::api::refunds::NewRefund;
use shared::ids::{AlertId, ReceiptId, RefundId};

/// What can be done about an alert, and anything else, which is refused.
const REMEDIES: &[(AlertKind, &[Remedy])] = &[
    (AlertKind::PaymentHeld, &[Remedy::Accept, Remedy::Refund]),
    (AlertKind::SecondCharge, &[Remedy::Refund, Remedy::Acknowledge]),
    (AlertKind::RefundFailed, &[Remedy::Refund, Remedy::Acknowledge]),
    (AlertKind::RefundUnclear, &[Remedy::Acknowledge]),
    (AlertKind::PaidThere, &[Remedy::Book, Remedy::Book, Remedy::Acknowledge]),
    (AlertKind::UnknownThere, &[Remedy::AskAgain, Remedy::Acknowledge]),
    (AlertKind::AmountDiffers, &[Remedy::AskAgain, Remedy::Acknowledge]),
    (AlertKind::FeeDiffers, &[Remedy::TakeFee, Remedy::TakeFee, Remedy::Acknowledge]),
    (AlertKind::ServerSilent, &[Remedy::Acknowledge]),
    (AlertKind::NoRoom, &[Remedy::Acknowledge]),
    (AlertKind::JobStuck, &[Remedy::Acknowledge]),
    (AlertKind::PromiseStuck, &[Remedy::Acknowledge]),
    (AlertKind::CopyFailed, &[Remedy::Acknowledge]),
    (AlertKind::DatabaseKept, &[Remedy::Acknowledge]),
    (AlertKind::PostSilent, &[Remedy::Acknowledge]),
    (AlertKind::LetterGivenUp, &[Remedy::Acknowledge]),
];

/// The desk.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    /// Every charge, and what was charged; those that wait for a person apart.
    receipts: Vec<(ReceiptId, i64)>,
    held: Vec<ReceiptId>,
    /// Those that bought a cycle that has not begun.
    unused: Vec<ReceiptId>,
    /// Sessions in which more would be paid than is due by now, by our name for the payment.
    pub(crate) dear: Vec<String>,
    /// Alerts that nobody has dealt with.
    pub(crate) alerts: Vec<(AlertId, AlertKind)>,
    /// Refunds that are under way.
    refunds: Vec<RefundId>,
}

impl Desk {
    /// As it is now.
    pub(crate) async fn of(database: &Database) -> Self {
        let text = |row: &serde_json::Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let rows = database.rows("SELECT id, state, charged_minor FROM receipts ORDER BY id").await;
        let id = |row: &serde_json::Value| text(row, "id").parse().expect("an id of a receipt");
        let receipts = rows.iter().map(|row| (id(row), row["charged_minor"].as_i64().unwrap_or(0))).collect();
        let held = rows.iter().filter(|row| row["state"] == "held").map(id).collect();
        let unused = "SELECT r.id FROM receipts r JOIN payments p ON p.id = r.payment_id \
                      JOIN cycles c ON c.order_id = p.order_id \
                      WHERE c.phase = 'queued' AND r.state = 'settled' ORDER BY r.id";
        let unused = database.rows(unused).await.iter().map(id).collect();
        let dear = "SELECT p.tran_id FROM payments p JOIN orders o ON o.id = p.order_id WHERE p.state = 'open' \
                    AND o.settled_at IS NULL AND o.withdrawn_at IS NULL \
                    AND p.amount_minor + o.credit_minor > o.amount_minor ORDER BY p.id";
        let dear = database.rows(dear).await.iter().map(|row| text(row, "tran_id")).collect();
        let open = database.rows("SELECT id, kind FROM alerts WHERE resolved_at IS NULL ORDER BY id").await;
        let alert = |row: &serde_json::Value| {
            let kind = serde_json::from_value(row["kind"].clone()).expect("a kind of alert");
            (text(row, "id").parse().expect("an id of an alert"), kind)
        };
        let refunds = "SELECT id FROM refunds WHERE state IN ('requested', 'processing') ORDER BY id";
        let refunds = database.rows(refunds).await;
        let refund = |row: &serde_json::Value| text(row, "id").parse().expect("an id of a refund");
        Self {
            receipts,
            held,
            unused,
            dear,
            alerts: open.iter().map(alert).collect(),
            refunds: refunds.iter().map(refund).collect(),
        }
    }

    /// What the operator asks for at the desk, or a worker that lost its lease.
    pub(crate) fn ask(&self, chance: &mut Chance, turn: Turn, caller: Caller, key: String) -> Option<Ask> {
        Some(match turn {
            Turn::Accept => {
                let settled = one_of_the_last(chance, &self.receipts).map(|it| it.0).filter(|_| chance.percent(10));
                Ask::Accept { caller, receipt: settled.or_else(|| one_of_the_last(chance, &self.held))? }
            }
            Turn::Refund => {
                let apart = chance.one_of(&[&self.held, &self.unused, &self.unused]);
                let waits = one_of_the_last(chance, apart).filter(|_| chance.percent(40));
                let waits = waits.and_then(|id| self.receipts.iter().find(|it| it.0 == id).copied());
                let (receipt, charged) = waits.or_else(|| one_of_the_last(chance, &self.receipts))?;
                let part = chance.one_of(&[0, 1, 50, charged / 2, charged / 2, charged, charged + 1]);
                let amount_minor = chance.percent(40).then_some(part);
                let from_credit = chance.percent(20);
                let new = NewRefund { amount_minor, reason: "as was agreed".to_owned(), from_credit };
                Ask::Refund { caller, receipt, new, key }
            }
            Turn::Resolve => {
                let differs = |it: &&(AlertId, AlertKind)| differs(it.1);
                let found: Vec<_> = self.alerts.iter().filter(differs).copied().collect();
                let found = one_of_the_last(chance, &found).filter(|_| chance.percent(60));
                let (alert, kind) = found.or_else(|| one_of_the_last(chance, &self.alerts))?;
                // Now and then one that is another's.
                let of = if chance.percent(95) { kind } else { chance.one_of(REMEDIES).0 };
                let remedies = REMEDIES.iter().find(|it| it.0 == of).map_or(&[] as &[Remedy], |it| it.1);
                let how = Resolve { remedy: chance.one_of(remedies), note: "as was agreed".to_owned() };
                Ask::Resolve { caller, alert, how }
            }
            Turn::Pursue => Ask::Pursue(one_of_the_last(chance, &self.refunds)?),
            _ => return None,
        })
    }

    /// What sets right whatever a comparison has found.
    pub(crate) fn set_right(&self, caller: Caller) -> Vec<Ask> {
        let remedy = |kind| match kind {
            AlertKind::PaidThere => Some(Remedy::Book),
            AlertKind::FeeDiffers => Some(Remedy::TakeFee),
            AlertKind::UnknownThere | AlertKind::AmountDiffers => Some(Remedy::AskAgain),
            AlertKind::PaymentHeld
            | AlertKind::SecondCharge
            | AlertKind::RefundFailed
            | AlertKind::RefundUnclear
            | AlertKind::ServerSilent
            | AlertKind::NoRoom
            | AlertKind::JobStuck
            | AlertKind::PromiseStuck
            | AlertKind::CopyFailed
            | AlertKind::DatabaseKept
            | AlertKind::PostSilent
            | AlertKind::LetterGivenUp => None,
        };
        let ask = |&(alert, kind): &(AlertId, AlertKind)| {
            Some(Ask::Resolve { caller, alert, how: Resolve { remedy: remedy(kind)?, note: String::new() } })
        };
        self.alerts.iter().filter_map(ask).collect()
    }
}

/// Whether a comparison says so.
const fn differs(kind: AlertKind) -> bool {
    match kind {
        AlertKind::PaidThere | AlertKind::UnknownThere | AlertKind::AmountDiffers | AlertKind::FeeDiffers => true,
        AlertKind::PaymentHeld
        | AlertKind::SecondCharge
        | AlertKind::RefundFailed
        | AlertKind::RefundUnclear
        | AlertKind::ServerSilent
        | AlertKind::NoRoom
        | AlertKind::JobStuck
        | AlertKind::PromiseStuck
        | AlertKind::CopyFailed
        | AlertKind::DatabaseKept
        | AlertKind::PostSilent
        | AlertKind::LetterGivenUp => false,
    }
}

/// Mostly one of the newest.
fn one_of_the_last<T: Copy>(chance: &mut Chance, all: &[T]) -> Option<T> {
    let newest = all.len().checked_sub(1)?;
    let back = if chance.percent(70) { chance.below(4) } else { chance.below(all.len()) };
    all.get(newest.saturating_sub(back)).copied()
}
