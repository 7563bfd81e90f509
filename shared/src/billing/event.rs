//! What can happen to a tenant.

use super::gauge::Sample;
use super::terms::Terms;
use super::usage::{Seen, Window};
use crate::ids::{CorrectionId, OrderId};
use crate::money::Money;
use crate::time::Span;

/// Something that happened, at the instant that is given to [`super::step::step`] beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The host was asked, and this is how it saw the panel since the last accounted instant, for at most `reach_seconds`.
    Observed {
        /// How it was seen.
        seen: Seen,
        /// What was measured besides.
        sample: Sample,
        /// How far back the observation speaks.
        reach_seconds: i64,
    },
    /// Nothing but time: cycles and graces end on their own.
    TimePassed,
    /// A trial begins.
    TrialStarted {
        /// The plan's terms.
        terms: Terms,
    },
    /// The gateway confirmed the payment of a cycle.
    RenewalSettled {
        /// The order that was paid.
        order_id: OrderId,
        /// The terms that were ordered.
        terms: Terms,
        /// In grace: the windows since the old cycle's end, in order. Service went on, so they belong to the new cycle.
        /// Ignored otherwise.
        since_end: Vec<Window>,
    },
    /// The gateway confirmed the payment of an upgrade of the running cycle, as it was quoted.
    UpgradeSettled {
        /// The order that was paid.
        order_id: OrderId,
        /// The cycle that was quoted for.
        cycle_number: u32,
        /// The terms from now on.
        terms: Terms,
        /// By how much the allowance grows.
        allowance_added_seconds: i64,
        /// What was paid, without VAT.
        paid_net_added: Money,
    },
    /// Somebody found that the host was seen wrongly, to the customer's disadvantage.
    Corrected {
        /// The correction.
        correction_id: CorrectionId,
        /// When it was.
        span: Span,
        /// How it truly was.
        seen: Seen,
        /// Every window of the running cycle, in order, as corrected.
        windows: Vec<Window>,
    },
    /// A cycle that waits was refunded: it never begins.
    CycleRefunded {
        /// The order that had bought it.
        order_id: OrderId,
    },
    /// The running cycle of a panel that could not be set up was refunded: it is as if it had never begun.
    UnusedRefunded {
        /// The order that had bought it.
        order_id: OrderId,
    },
    /// The customer wants no further cycle.
    Cancelled,
    /// The customer wants to go on after all.
    CancellationWithdrawn,
    /// The host has set the panel up.
    PanelReady,
    /// The host could not set the panel up.
    CreationFailed {
        /// What went wrong, in words.
        reason: String,
    },
    /// Somebody asked for another try.
    CreationRetried,
    /// The customer stopped the panel.
    Stopped,
    /// The customer started the panel.
    Started,
    /// The operator closed the panel.
    SuspendedByOperator {
        /// Shown to the customer.
        message: String,
    },
    /// The operator lifted the suspension.
    ResumedByOperator,
    /// The host put nothing in the panel's way any more.
    PanelOpened,
    /// The panel is to be removed.
    DeletionRequested,
    /// The host has removed the panel.
    Removed,
    /// The customer gave the panel up before its first payment. Whoever reports this knows that no host has anything of it.
    Discarded,
    /// Nobody has made the panel's first payment in time. Whoever reports this knows that no host has anything of it, and that no money
    /// came for it or is on its way.
    NeverPaid,
}
