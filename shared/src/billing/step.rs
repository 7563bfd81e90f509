//! The one function that moves a tenant: `step(before, event, now)` says what follows, or why nothing may.
//!
//! It decides; it does not store, send or ask. Whatever it returns is written in one transaction by its caller.

mod apply;
mod queue;
mod turn;

use super::cycle::EndedCycle;
use super::effect::Effect;
use super::event::Event;
use super::ledger::Earned;
use super::proof::Line;
use super::state::Tenant;
use super::usage::Window;
use crate::api::invoices::LineView;
use crate::api::tenants::{BillingState, EndedReason, PanelStatus};
use crate::money::MoneyError;
use crate::time::{Span, Timestamp};
use turn::Turn;

/// What follows from an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The tenant afterwards.
    pub tenant: Tenant,
    /// Windows to record.
    pub windows: Vec<Window>,
    /// Cycles that ended, in order.
    pub ended: Vec<EndedCycle>,
    /// Changes of state, in order: each becomes an audit row.
    pub moves: Vec<Move>,
    /// Promises to the world.
    pub effects: Vec<Effect>,
    /// What became earned of what was paid before, in order.
    pub earned: Vec<Earned>,
    /// What the cycles that ended cost beyond their price: due with the next order.
    pub postpaid: Vec<LineView>,
    /// The seconds that were charged, to an allowance or beyond it.
    pub billed: Vec<Span>,
    /// The facts that the bills rest on, with the number of their cycle, in order.
    pub lines: Vec<(u32, Line)>,
}

/// One change of state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The instant from which it holds; may lie before the instant at which it was noticed.
    pub at: Timestamp,
    /// What changed.
    pub what: What,
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The panel's status.
    Panel {
        /// Before.
        from: PanelStatus,
        /// After.
        to: PanelStatus,
        /// Why.
        why: Why,
    },
    /// The billing state.
    Billing {
        /// Before.
        from: BillingState,
        /// After.
        to: BillingState,
        /// Why.
        why: Why,
    },
    /// A cycle was bought and waits.
    CycleQueued {
        /// Its number.
        number: u32,
    },
    /// A cycle of which nothing was used was refunded, and waits or runs no more.
    CycleWithdrawn {
        /// Its number.
        number: u32,
    },
    /// A cycle began.
    CycleStarted {
        /// Its number.
        number: u32,
    },
    /// A cycle ended.
    CycleEnded {
        /// Its number.
        number: u32,
        /// Why.
        reason: EndedReason,
    },
    /// The rest of the running cycle is on other terms.
    CycleUpgraded {
        /// Its number.
        number: u32,
    },
    /// Usage of the running cycle was taken back.
    UsageCorrected {
        /// The cycle's number.
        number: u32,
        /// How many seconds it was charged before.
        from_seconds: i64,
        /// How many it is charged now.
        to_seconds: i64,
    },
    /// The customer wants no further cycle.
    Cancelled,
    /// The customer wants to go on after all.
    CancellationWithdrawn,
}

/// Why a state changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A billable second found no allowance left.
    HoursUsedUp,
    /// The cycle's days were over.
    TimeElapsed,
    /// The plan's grace was over.
    GraceOver,
    /// The gateway confirmed a payment.
    PaymentSettled,
    /// The plan gives a trial.
    TrialStarted,
    /// The host set the panel up.
    PanelReady,
    /// The host could not.
    CreationFailed,
    /// Somebody asked for another try.
    Retried,
    /// The customer asked.
    ByCustomer,
    /// The operator asked.
    ByOperator,
    /// The host opened the panel again.
    PanelOpened,
    /// What was paid for it was refunded.
    Refunded,
    /// Somebody asked for the panel's removal.
    DeletionRequested,
    /// The host removed it.
    Removed,
    /// Nobody made its first payment in time.
    NeverPaid,
}

impl Why {
    /// The name under which it is stored and sent.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HoursUsedUp => "hours_used_up",
            Self::TimeElapsed => "time_elapsed",
            Self::GraceOver => "grace_over",
            Self::PaymentSettled => "payment_settled",
            Self::TrialStarted => "trial_started",
            Self::PanelReady => "panel_ready",
            Self::CreationFailed => "creation_failed",
            Self::Retried => "retried",
            Self::ByCustomer => "by_customer",
            Self::ByOperator => "by_operator",
            Self::PanelOpened => "panel_opened",
            Self::Refunded => "refunded",
            Self::DeletionRequested => "deletion_requested",
            Self::Removed => "removed",
            Self::NeverPaid => "never_paid",
        }
    }
}

/// Why an event was refused. The tenant stays as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The present state does not allow it.
    #[error("not while the panel is {panel:?} and billing is {billing:?}")]
    WrongState {
        /// The panel's status.
        panel: PanelStatus,
        /// The billing state.
        billing: BillingState,
    },
    /// As many cycles wait as the plan allows.
    #[error("as many cycles wait as the plan allows")]
    QueueFull,
    /// This order has bought a cycle already.
    #[error("this order has bought a cycle already")]
    AlreadyBought,
    /// The cycle that an upgrade was quoted for is not running any more, or goes on beyond its hours.
    #[error("the cycle that was to be upgraded is over")]
    CycleOver,
    /// A correction may only take usage back, and only of the running cycle.
    #[error("a correction may only take usage of the running cycle back")]
    NotACorrection,
    /// A sum is too large to be written.
    #[error("a sum is too large")]
    TooLarge,
}

impl From<MoneyError> for Refusal {
    fn from(_: MoneyError) -> Self {
        Self::TooLarge
    }
}

/// What follows from `event` at `now`. Deterministic, and idempotent for what is observed: the same observation at the
/// same instant adds nothing. Time never runs backwards: what comes before the last change or the last accounted second
/// happens at that instant, so a clock that was set back neither starts a cycle inside another nor counts twice.
pub fn step(before: &Tenant, event: &Event, now: Timestamp) -> Result<Step, Refusal> {
    let now = now.max(before.panel_since).max(before.accounted_until.unwrap_or(now));
    let mut turn = Turn::new(before.clone(), now);
    turn.apply(event)?;
    turn.remind();
    match turn.too_large {
        Some(error) => Err(error.into()),
        None => Ok(turn.step),
    }
}
