//! What becomes of the cycles that are still to come: refunded before they begin, or no longer wanted.

use super::turn::Turn;
use super::{Refusal, What};
use crate::billing::cycle::QueuedCycle;
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
