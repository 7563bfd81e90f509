//! What each event does. One function an event; every state is named.

use super::turn::{Kept, Turn};
use super::{Refusal, What, Why};
use crate::api::history::NoticeKind;
use crate::billing::cycle::{Cycle, Origin, QueuedCycle};
use crate::billing::effect::Effect;
use crate::billing::event::Event;
use crate::billing::proof::Line;
use crate::billing::state::{Billing, Panel, Suspension, Tenant};
use crate::billing::terms::Terms;
use crate::billing::usage::{Seen, Window};
use crate::ids::{CorrectionId, OrderId};
use crate::time::Span;

impl Turn {
    pub(super) fn apply(&mut self, event: &Event) -> Result<(), Refusal> {
        match event {
            Event::Observed { seen, sample, reach_seconds } => {
                self.observe(*seen, *sample, *reach_seconds);
                Ok(())
            }
            Event::TimePassed => {
                self.catch_up();
                Ok(())
            }
            Event::TrialStarted { terms } => self.start_trial(terms.clone()),
            Event::RenewalSettled { order_id, terms, since_end } => self.renew(*order_id, terms.clone(), since_end),
            Event::UpgradeSettled { .. } => self.upgrade(event),
            Event::Corrected { correction_id, span, seen, windows } => {
                self.correct(*correction_id, *span, *seen, windows)
            }
            Event::CycleRefunded { order_id } => self.withdraw_cycle(*order_id),
            Event::UnusedRefunded { order_id } => self.take_unused_back(*order_id),
            Event::Cancelled => self.cancel(),
            Event::CancellationWithdrawn => self.withdraw_cancellation(),
            Event::PanelReady => self.ready(),
            Event::CreationFailed { reason } => self.creation_failed(reason),
            Event::CreationRetried => self.retry_creation(),
            Event::Stopped => self.stop(),
            Event::Started => self.start(),
            Event::SuspendedByOperator { message } => self.suspend(message),
            Event::ResumedByOperator => self.resume(),
            Event::PanelOpened => self.opened(),
            Event::DeletionRequested => self.request_deletion(),
            Event::Removed => self.removed(),
            Event::Discarded => self.discard(Why::ByCustomer),
            Event::NeverPaid => self.discard(Why::NeverPaid),
        }
    }

    fn start_trial(&mut self, terms: Terms) -> Result<(), Refusal> {
        // A panel that is being removed before anything was paid has no billing either.
        if self.step.tenant.panel != Panel::Pending || terms.trial_days == 0 {
            return self.refuse();
        }
        let cycle = Cycle::trial(self.next_number(), terms, self.now);
        self.start_cycle(cycle, Why::TrialStarted);
        Ok(())
    }

    fn renew(&mut self, order_id: OrderId, terms: Terms, since_end: &[Window]) -> Result<(), Refusal> {
        if matches!(self.step.tenant.panel, Panel::Deleting | Panel::Deleted) {
            return self.refuse();
        }
        if has_bought(&self.step.tenant.billing, order_id) {
            return Err(Refusal::AlreadyBought);
        }
        self.catch_up_if_over();
        match &mut self.step.tenant.billing {
            Billing::None | Billing::Expired { .. } => {
                let cycle = Cycle::paid(self.next_number(), order_id, terms, self.now);
                self.start_cycle(cycle, Why::PaymentSettled);
            }
            Billing::Running { queued, .. } => {
                if queued.len() >= usize::try_from(terms.queued_cycles_max).unwrap_or(usize::MAX) {
                    return Err(Refusal::QueueFull);
                }
                let number = self.step.tenant.next_cycle_number;
                queued.push(QueuedCycle { number, order_id, terms });
                self.step.tenant.next_cycle_number += 1;
                self.record(self.now, What::CycleQueued { number });
            }
            Billing::Grace { ended, .. } => {
                let starts_at = ended.at;
                let cycle = Cycle::paid(self.next_number(), order_id, terms, starts_at);
                // If the end was only noticed now, this step has recorded what nobody has kept yet.
                let recorded: Vec<Window> = since_end.iter().chain(&self.step.windows).copied().collect();
                self.go_on(cycle, &recorded);
            }
        }
        if self.step.tenant.cancelled {
            self.step.tenant.cancelled = false;
            self.record(self.now, What::CancellationWithdrawn);
        }
        self.notify(NoticeKind::Renewed);
        Ok(())
    }

    /// A running panel's last minutes are left to the observation that will account for them, unless the cycle or the
    /// grace is over by now: then that comes first, and the event finds what is true at this instant.
    pub(super) fn catch_up_if_over(&mut self) {
        let over = match &self.step.tenant.billing {
            Billing::Running { cycle, .. } => self.now >= cycle.ends_at,
            Billing::Grace { until, .. } => self.now >= *until,
            Billing::None | Billing::Expired { .. } => false,
        };
        if over || self.step.tenant.panel != Panel::Active {
            self.catch_up();
        }
    }

    /// Nothing was running: the cycle begins now, and a panel that waited for money moves on.
    fn start_cycle(&mut self, cycle: Cycle, why: Why) {
        self.step.tenant.accounted_until = Some(self.now);
        self.begin(&cycle);
        self.move_billing(Billing::Running { cycle, queued: vec![] }, self.now, why);
        match self.step.tenant.panel {
            Panel::Pending => self.set_up(why),
            // The host opens it first; until then it stays closed, and nothing is metered.
            Panel::Suspended(Suspension::BillingExpired) => self.promise(Effect::OpenPanel),
            Panel::Creating
            | Panel::Active
            | Panel::Stopped
            | Panel::Suspended(Suspension::Opening { .. } | Suspension::ByOperator { .. })
            | Panel::Failed { .. }
            | Panel::Deleting
            | Panel::Deleted => {}
        }
    }

    /// Service never stopped: the cycle begins where the old one ended, and what was used since belongs to it.
    fn go_on(&mut self, cycle: Cycle, since_end: &[Window]) {
        let starts_at = cycle.starts_at;
        let accounted_until = self.step.tenant.accounted_until.unwrap_or(starts_at);
        self.begin(&cycle);
        self.move_billing(Billing::Running { cycle, queued: vec![] }, self.now, Why::PaymentSettled);
        // What lies before the end belongs to the old cycle, what lies after the last accounted second to the next
        // observation, and what was named twice counts once.
        let mut reached = starts_at;
        for window in since_end {
            let window = window.within(reached, accounted_until);
            if !window.span.is_empty() {
                // Days that ended while the panel was stopped have earned, too.
                self.account(Window::plain(Span::new(reached, window.span.from()), Seen::Unknown), Kept::Nowhere);
                self.account(window, Kept::AsWindow);
                reached = window.span.to();
            }
        }
        self.account(Window::plain(Span::new(reached, accounted_until), Seen::Unknown), Kept::Nowhere);
        // The new cycle may be used up as well, and the panel closed by it: then no observation will account for the rest.
        let rest = Window::plain(Span::new(accounted_until, self.now), Seen::Unknown);
        if self.step.tenant.panel != Panel::Active && !rest.span.is_empty() {
            self.step.windows.push(rest);
            self.account(rest, Kept::AsWindow);
            self.step.tenant.accounted_until = Some(self.now);
        }
    }

    /// The rest of the running cycle is on dearer terms. Hours that were paid for are never taken away.
    fn upgrade(&mut self, event: &Event) -> Result<(), Refusal> {
        let Event::UpgradeSettled { order_id, cycle_number, terms, allowance_added_seconds, paid_net_added } = event
        else {
            return self.refuse();
        };
        if matches!(self.step.tenant.panel, Panel::Deleting | Panel::Deleted) {
            return self.refuse();
        }
        self.catch_up_if_over();
        let Billing::Running { cycle, .. } = &mut self.step.tenant.billing else { return Err(Refusal::CycleOver) };
        if cycle.upgraded_by == Some(*order_id) {
            return Err(Refusal::AlreadyBought);
        }
        // Extra hours were used on the old terms, and are charged by them.
        let beyond = cycle.overage_seconds > 0;
        if cycle.number != *cycle_number || cycle.origin == Origin::Trial || beyond {
            return Err(Refusal::CycleOver);
        }
        cycle.upgrade(*order_id, terms, *allowance_added_seconds, *paid_net_added)?;
        let number = cycle.number;
        let line = Line::Upgraded {
            order_id: *order_id,
            terms: terms.clone(),
            allowance_added_seconds: *allowance_added_seconds,
            paid_net_added: *paid_net_added,
        };
        self.step.lines.push((number, line));
        self.record(self.now, What::CycleUpgraded { number });
        self.notify(NoticeKind::Upgraded);
        Ok(())
    }

    /// Counts the running cycle again from corrected windows. Only ever in the customer's favour.
    fn correct(
        &mut self,
        correction_id: CorrectionId,
        span: Span,
        seen: Seen,
        windows: &[Window],
    ) -> Result<(), Refusal> {
        let accounted_until = self.step.tenant.accounted_until.unwrap_or(self.now);
        let Billing::Running { cycle, .. } = &mut self.step.tenant.billing else {
            return Err(Refusal::NotACorrection);
        };
        let inside = span.from() >= cycle.starts_at && span.to() <= accounted_until && !span.is_empty();
        // After an upgrade the cycle has two sets of terms: what was wrong in it is a credit note.
        if !inside || seen == Seen::Up || cycle.upgraded_by.is_some() {
            return Err(Refusal::NotACorrection);
        }
        let before = cycle.billable_seconds();
        let windows: Vec<Window> =
            windows.iter().map(|window| window.within(cycle.starts_at, accounted_until)).collect();
        let ended = cycle.recount(&windows);
        let (number, after) = (cycle.number, cycle.billable_seconds());
        if ended.is_some() || after >= before {
            return Err(Refusal::NotACorrection);
        }
        let line = Line::Corrected { correction_id, from: span.from(), to: span.to(), seen };
        self.step.lines.push((number, line));
        self.record(self.now, What::UsageCorrected { number, from_seconds: before, to_seconds: after });
        Ok(())
    }

    fn ready(&mut self) -> Result<(), Refusal> {
        match self.step.tenant.panel {
            Panel::Creating => {}
            Panel::Active => return Ok(()),
            Panel::Pending
            | Panel::Stopped
            | Panel::Suspended(_)
            | Panel::Failed { .. }
            | Panel::Deleting
            | Panel::Deleted => return self.refuse(),
        }
        self.catch_up();
        if self.is_paid() {
            self.move_panel(Panel::Active, Why::PanelReady);
        } else {
            self.move_panel(Panel::Suspended(Suspension::BillingExpired), Why::PanelReady);
            self.promise(Effect::ClosePanel);
            self.notify(NoticeKind::Expired);
        }
        Ok(())
    }

    fn creation_failed(&mut self, reason: &str) -> Result<(), Refusal> {
        if self.step.tenant.panel != Panel::Creating {
            return self.refuse();
        }
        self.catch_up();
        self.move_panel(Panel::Failed { reason: reason.to_owned() }, Why::CreationFailed);
        self.notify(NoticeKind::CreationFailed);
        Ok(())
    }

    fn retry_creation(&mut self) -> Result<(), Refusal> {
        if !matches!(self.step.tenant.panel, Panel::Failed { .. }) {
            return self.refuse();
        }
        self.catch_up();
        self.set_up(Why::Retried);
        Ok(())
    }

    fn set_up(&mut self, why: Why) {
        self.move_panel(Panel::Creating, why);
        self.promise(Effect::SetUpPanel);
    }

    /// What is being started is stopped as well: the host may have opened it by now.
    fn stop(&mut self) -> Result<(), Refusal> {
        self.catch_up();
        if !matches!(self.step.tenant.panel, Panel::Active | Panel::Suspended(Suspension::Opening { .. })) {
            return self.refuse();
        }
        self.move_panel(Panel::Stopped, Why::ByCustomer);
        self.promise(Effect::ClosePanel);
        Ok(())
    }

    fn start(&mut self) -> Result<(), Refusal> {
        self.catch_up();
        if self.step.tenant.panel != Panel::Stopped || !self.is_paid() {
            return self.refuse();
        }
        self.open(None, Why::ByCustomer);
        Ok(())
    }

    /// The host opens it first; until then it stays closed, and nothing is metered.
    fn open(&mut self, closed_with: Option<String>, why: Why) {
        self.move_panel(Panel::Suspended(Suspension::Opening { closed_with }), why);
        self.promise(Effect::OpenPanel);
    }

    fn suspend(&mut self, message: &str) -> Result<(), Refusal> {
        self.catch_up();
        let runs = matches!(
            self.step.tenant.panel,
            Panel::Active | Panel::Stopped | Panel::Suspended(Suspension::Opening { .. })
        );
        if !runs {
            return self.refuse();
        }
        let suspension = Suspension::ByOperator { message: message.to_owned() };
        self.move_panel(Panel::Suspended(suspension), Why::ByOperator);
        self.promise(Effect::ClosePanel);
        self.notify(NoticeKind::SuspendedByOperator);
        Ok(())
    }

    fn resume(&mut self) -> Result<(), Refusal> {
        self.catch_up();
        let Panel::Suspended(Suspension::ByOperator { message }) = &self.step.tenant.panel else {
            return self.refuse();
        };
        if self.is_paid() {
            let closed_with = Some(message.clone());
            self.open(closed_with, Why::ByOperator);
        } else {
            // While the operator kept it closed, the expiry was not worth a notice. Now it is what keeps it closed.
            self.move_panel(Panel::Suspended(Suspension::BillingExpired), Why::ByOperator);
            self.notify(NoticeKind::Expired);
        }
        Ok(())
    }

    /// The host has opened the panel. Reported late or twice it changes nothing; reported after the new cycle ran out
    /// as well, it is refused, and the panel stays closed. Whoever started it knows; everybody else is told.
    fn opened(&mut self) -> Result<(), Refusal> {
        let tells = match &self.step.tenant.panel {
            Panel::Active => return Ok(()),
            Panel::Suspended(Suspension::BillingExpired) => true,
            Panel::Suspended(Suspension::Opening { closed_with }) => closed_with.is_some(),
            Panel::Pending
            | Panel::Creating
            | Panel::Stopped
            | Panel::Suspended(Suspension::ByOperator { .. })
            | Panel::Failed { .. }
            | Panel::Deleting
            | Panel::Deleted => return self.refuse(),
        };
        self.catch_up();
        if !self.is_paid() {
            return self.refuse();
        }
        self.move_panel(Panel::Active, Why::PanelOpened);
        if tells {
            self.notify(NoticeKind::Resumed);
        }
        Ok(())
    }

    fn request_deletion(&mut self) -> Result<(), Refusal> {
        if matches!(self.step.tenant.panel, Panel::Deleting | Panel::Deleted) {
            return self.refuse();
        }
        self.catch_up();
        self.move_panel(Panel::Deleting, Why::DeletionRequested);
        self.promise(Effect::ClosePanel);
        self.promise(Effect::RemovePanel);
        Ok(())
    }

    fn removed(&mut self) -> Result<(), Refusal> {
        if self.step.tenant.panel != Panel::Deleting {
            return self.refuse();
        }
        self.catch_up();
        self.move_panel(Panel::Deleted, Why::Removed);
        Ok(())
    }

    /// Nothing is paid, and nothing stands anywhere: there is nothing to take away, and nobody to be told.
    fn discard(&mut self, why: Why) -> Result<(), Refusal> {
        if self.step.tenant.panel != Panel::Pending {
            return self.refuse();
        }
        self.move_panel(Panel::Deleted, why);
        Ok(())
    }

    const fn is_paid(&self) -> bool {
        matches!(self.step.tenant.billing, Billing::Running { .. } | Billing::Grace { .. })
    }

    fn next_number(&mut self) -> u32 {
        let Tenant { next_cycle_number, .. } = &mut self.step.tenant;
        let number = *next_cycle_number;
        *next_cycle_number += 1;
        number
    }
}

/// Whether the order stands behind a cycle that this tenant still remembers. The store remembers the rest.
fn has_bought(billing: &Billing, order_id: OrderId) -> bool {
    let bought = Origin::Order(order_id);
    billing.cycle().is_some_and(|cycle| cycle.origin == bought)
        || billing.queued().iter().any(|queued| queued.order_id == order_id)
}
