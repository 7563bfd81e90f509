//! What becomes of cycles that nobody uses: refunded before they begin, refunded since the panel never came up, or no longer
//! wanted.

use super::turn::Turn;
use super::{Refusal, What, Why};
use crate::billing::cycle::QueuedCycle;
use crate::billing::refund::unused;
use crate::billing::state::{Billing, Panel};
use crate::ids::OrderId;

impl Turn {
    /// A cycle that waits goes; those behind it move up under the numbers that their orders know. The next one that is
    /// bought follows the last that is left.
    pub(super) fn withdraw_cycle(&mut self, order_id: OrderId) -> Result<(), Refusal> {
        self.catch_up_if_over();
        let Billing::Running { cycle, queued } = &mut self.step.tenant.billing else { return self.refuse() };
        let Some(place) = queued.iter().position(|waiting| waiting.order_id == order_id) else { return self.refuse() };
        let QueuedCycle { number, .. } = queued.remove(place);
        let last = queued.last().map_or(cycle.number, |waiting| waiting.number);
        self.step.tenant.next_cycle_number = last + 1;
        self.record(self.now, What::CycleWithdrawn { number });
        Ok(())
    }

    /// The running cycle goes, and its number with it: the panel awaits its first payment again. What waits goes before.
    pub(super) fn take_unused_back(&mut self, order_id: OrderId) -> Result<(), Refusal> {
        self.catch_up_if_over();
        let goes = unused(&self.step.tenant).into_iter().find(|it| it.runs && it.order_id == order_id);
        let Some(goes) = goes.filter(|_| self.step.tenant.billing.queued().is_empty()) else { return self.refuse() };
        self.record(self.now, What::CycleWithdrawn { number: goes.cycle_number });
        self.move_billing(Billing::None, self.now, Why::Refunded);
        self.move_panel(Panel::Pending, Why::Refunded);
        self.step.tenant.next_cycle_number = goes.cycle_number;
        self.step.tenant.accounted_until = None;
        self.step.tenant.cancelled = false;
        Ok(())
    }

    pub(super) fn cancel(&mut self) -> Result<(), Refusal> {
        self.catch_up_if_over();
        let gone = matches!(self.step.tenant.panel, Panel::Deleting | Panel::Deleted);
        if gone || !matches!(self.step.tenant.billing, Billing::Running { .. }) {
            return self.refuse();
        }
        if !self.step.tenant.cancelled {
            self.step.tenant.cancelled = true;
            self.record(self.now, What::Cancelled);
        }
        Ok(())
    }

    pub(super) fn withdraw_cancellation(&mut self) -> Result<(), Refusal> {
        self.catch_up_if_over();
        let gone = matches!(self.step.tenant.panel, Panel::Deleting | Panel::Deleted);
        if gone || !matches!(self.step.tenant.billing, Billing::Running { .. }) {
            return self.refuse();
        }
        if self.step.tenant.cancelled {
            self.step.tenant.cancelled = false;
            self.record(self.now, What::CancellationWithdrawn);
        }
        Ok(())
    }
}
