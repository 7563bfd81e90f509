//! What can be done to one tenant, and how often it is, as tables: a new event of the core is a new row.

use crate::seed::Chance;
use shared::billing::state::{Billing, Panel, Suspension};

/// One thing that somebody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    /// An observer looks, and reports at once.
    Look,
    /// Another observer looks, and is slow to report.
    LookAndKeep,
    /// The slow one reports what it saw then.
    Report,
    /// Nothing but time.
    Wait,
    /// A payment is confirmed.
    Settle,
    /// A confirmation comes once more.
    SettleAgain,
    /// The customer asks what a dearer plan would cost for the rest of the cycle.
    Quote,
    /// The payment of the last quote is confirmed, perhaps late.
    SettleUpgrade,
    /// That confirmation comes once more.
    SettleUpgradeAgain,
    /// The operator takes usage back.
    Correct,
    /// The operator refunds a cycle that waits, or one that does not.
    Refund,
    /// The customer wants no further cycle.
    Cancel,
    /// The customer wants to go on after all.
    Keep,
    /// The host reports that it has opened the panel.
    Open,
    /// The host has set the panel up.
    Ready,
    /// The host could not.
    Fail,
    /// Another try.
    Retry,
    /// The customer stops it.
    Stop,
    /// The customer starts it.
    Start,
    /// The operator closes it.
    Suspend,
    /// The operator lifts that.
    Resume,
    /// Somebody has it removed.
    Delete,
    /// The host has removed it.
    Remove,
    /// It is given up before it was paid for: by its customer, or since nobody pays in time.
    Discard,
    /// A trial begins.
    Trial,
    /// The panel comes up, goes down or falls silent.
    Turn,
}

/// Whatever the state: most of it is refused, and must be refused.
const ANYHOW: &[(u32, Deed)] = &[
    (10, Deed::Look),
    (10, Deed::LookAndKeep),
    (10, Deed::Report),
    (5, Deed::Wait),
    (6, Deed::Settle),
    (6, Deed::SettleAgain),
    (3, Deed::Quote),
    (3, Deed::SettleUpgrade),
    (1, Deed::SettleUpgradeAgain),
    (2, Deed::Correct),
    (2, Deed::Refund),
    (1, Deed::Cancel),
    (2, Deed::Keep),
    (4, Deed::Open),
    (2, Deed::Ready),
    (1, Deed::Fail),
    (1, Deed::Retry),
    (2, Deed::Stop),
    (2, Deed::Start),
    (1, Deed::Suspend),
    (2, Deed::Resume),
    (1, Deed::Remove),
    (1, Deed::Discard),
    (1, Deed::Trial),
    (10, Deed::Turn),
];

const PENDING: &[(u32, Deed)] = &[(15, Deed::Settle), (15, Deed::Trial), (3, Deed::Wait), (1, Deed::Discard)];
const CREATING: &[(u32, Deed)] = &[(8, Deed::Ready), (1, Deed::Fail), (1, Deed::Settle)];
const ACTIVE: &[(u32, Deed)] = &[
    (30, Deed::Look),
    (6, Deed::LookAndKeep),
    (6, Deed::Report),
    (3, Deed::Settle),
    (2, Deed::Quote),
    (2, Deed::SettleUpgrade),
    (1, Deed::Correct),
    (1, Deed::Refund),
    (1, Deed::Cancel),
    (1, Deed::Keep),
    (1, Deed::Stop),
    (1, Deed::Suspend),
];
const STOPPED: &[(u32, Deed)] = &[
    (4, Deed::Start),
    (4, Deed::Wait),
    (1, Deed::Settle),
    (1, Deed::Suspend),
    (1, Deed::Correct),
    (1, Deed::Cancel),
    (1, Deed::Refund),
];
const OPENING: &[(u32, Deed)] = &[
    (8, Deed::Open),
    (3, Deed::Wait),
    (1, Deed::Stop),
    (1, Deed::Settle),
    (1, Deed::Suspend),
    (1, Deed::Cancel),
    (1, Deed::Refund),
];
const EXPIRED: &[(u32, Deed)] = &[(5, Deed::Settle), (5, Deed::Open), (2, Deed::Wait)];
const BY_OPERATOR: &[(u32, Deed)] = &[(3, Deed::Resume), (1, Deed::Settle), (3, Deed::Wait)];
const FAILED: &[(u32, Deed)] = &[(3, Deed::Retry), (1, Deed::Settle), (1, Deed::Wait)];
const DELETING: &[(u32, Deed)] = &[(3, Deed::Remove), (1, Deed::Settle), (1, Deed::Wait)];

const fn sensible(panel: &Panel) -> &'static [(u32, Deed)] {
    match panel {
        Panel::Pending => PENDING,
        Panel::Creating => CREATING,
        Panel::Active => ACTIVE,
        Panel::Stopped => STOPPED,
        Panel::Suspended(Suspension::Opening { .. }) => OPENING,
        Panel::Suspended(Suspension::BillingExpired) => EXPIRED,
        Panel::Suspended(Suspension::ByOperator { .. }) => BY_OPERATOR,
        Panel::Failed { .. } => FAILED,
        Panel::Deleting => DELETING,
        Panel::Deleted => ANYHOW,
    }
}

/// What is done next to a panel: mostly what makes sense, sometimes anything. Once in a long while it is removed. In
/// grace people hurry to pay.
pub(crate) fn next(chance: &mut Chance, panel: &Panel, billing: &Billing) -> Deed {
    if matches!(billing, Billing::Grace { .. }) && chance.percent(20) {
        return Deed::Settle;
    }
    if chance.within(1..=400) == 1 {
        return Deed::Delete;
    }
    let table = if chance.percent(70) { sensible(panel) } else { ANYHOW };
    chance.weighed(table)
}
