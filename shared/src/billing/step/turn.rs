//! A step in the making: how time is accounted, and what follows when cycles and graces end.

use super::{Move, Refusal, Step, What, Why};
use crate::api::history::NoticeKind;
use crate::api::invoices::LineView;
use crate::api::tenants::EndedReason;
use crate::billing::cycle::{Beyond, Cycle, End, EndedCycle};
use crate::billing::effect::Effect;
use crate::billing::gauge::Sample;
use crate::billing::ledger::Earned;
use crate::billing::limit;
use crate::billing::order::postpaid;
use crate::billing::proof::Line;
use crate::billing::reminder;
use crate::billing::state::{Billing, Panel, Suspension, Tenant};
use crate::billing::usage::{Seen, Window, observed_windows};
use crate::money::MoneyError;
use crate::time::{Span, Timestamp};

/// Whether a window is one of those that are recorded, or only time that passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    AsWindow,
    Nowhere,
}

/// A step in the making.
pub(super) struct Turn {
    pub(super) now: Timestamp,
    pub(super) step: Step,
    /// A sum that could not be written refuses the whole event.
    pub(super) too_large: Option<MoneyError>,
}

impl Turn {
    pub(super) fn new(tenant: Tenant, now: Timestamp) -> Self {
        let step = Step {
            tenant,
            windows: vec![],
            ended: vec![],
            moves: vec![],
            effects: vec![],
            earned: vec![],
            postpaid: vec![],
            billed: vec![],
            lines: vec![],
        };
        Self { now, step, too_large: None }
    }

    pub(super) fn refuse<T>(&self) -> Result<T, Refusal> {
        let Tenant { panel, billing, .. } = &self.step.tenant;
        Err(Refusal::WrongState { panel: panel.status(), billing: billing.state() })
    }

    /// Accounts everything up to now: as `seen` within its reach if the panel is active, as time that passed otherwise.
    pub(super) fn observe(&mut self, seen: Seen, sample: Sample, reach_seconds: i64) {
        let Some(accounted_until) = self.step.tenant.accounted_until else { return };
        if self.now <= accounted_until {
            return;
        }
        if self.step.tenant.panel == Panel::Active {
            for window in observed_windows(accounted_until, self.now, seen, sample, reach_seconds) {
                self.step.windows.push(window);
                self.account(window, Kept::AsWindow);
            }
        } else {
            self.account(Window::plain(Span::new(accounted_until, self.now), Seen::Unknown), Kept::Nowhere);
        }
        self.step.tenant.accounted_until = Some(self.now);
    }

    /// Accounts everything up to now, although nobody looked.
    pub(super) fn catch_up(&mut self) {
        self.observe(Seen::Unknown, Sample::default(), 0);
    }

    /// Lets one window run through the cycles: charges it if the panel was up, ends what it outlasts, and books what
    /// each cycle day that is over has earned.
    pub(super) fn account(&mut self, window: Window, kept: Kept) {
        let to = window.span.to();
        let mut rest = window;
        // Where the part that belongs to the running cycle began.
        let mut entered = window.span.from();
        loop {
            let (number, end, day_is_over) = match &mut self.step.tenant.billing {
                Billing::Running { cycle, queued } => {
                    // Extra hours are sold only to somebody whose next order will carry them.
                    let goes_on = queued.is_empty() && !self.step.tenant.cancelled;
                    let beyond = if goes_on { cycle.beyond() } else { Beyond::Ends };
                    let day_end = cycle.day_end(rest.span.from());
                    let piece = rest.within(rest.span.from(), day_end);
                    let (end, billed) = cycle.take_within_day(&piece, beyond);
                    self.step.billed.extend(billed);
                    rest = rest.within(piece.span.to(), to);
                    (cycle.number, end, piece.span.to() == day_end)
                }
                Billing::Grace { ended, until } => {
                    if to >= *until {
                        let (ended, until) = (ended.clone(), *until);
                        self.expire(ended, until, Why::GraceOver);
                    }
                    return;
                }
                Billing::None | Billing::Expired { .. } => return,
            };
            let reached = end.map_or(rest.span.from(), |end| end.at);
            let part = window.within(entered, reached);
            if (end.is_some() || rest.span.is_empty()) && kept == Kept::AsWindow && !part.span.is_empty() {
                self.step.lines.push((number, Line::window(&part)));
            }
            match end {
                Some(end) => {
                    self.end_cycle(end);
                    rest = window.within(end.at, to);
                    entered = end.at;
                }
                None => {
                    if day_is_over {
                        self.earn(reached, false);
                    }
                    if rest.span.is_empty() {
                        return;
                    }
                }
            }
        }
    }

    /// Books what the running cycle has earned since it was last booked.
    fn earn(&mut self, at: Timestamp, over: bool) {
        let Billing::Running { cycle, .. } = &mut self.step.tenant.billing else { return };
        match cycle.newly_earned(over) {
            Ok(amount) if amount.minor == 0 => {}
            Ok(amount) => {
                cycle.earned_net.minor += amount.minor;
                self.step.earned.push(Earned { cycle_number: cycle.number, at, amount });
            }
            Err(error) => self.too_large = Some(error),
        }
    }

    /// Ends the running cycle and goes on with the next one that is paid, or with grace, or not at all.
    fn end_cycle(&mut self, end: End) {
        self.earn(end.at, true);
        let Billing::Running { cycle, queued } = &mut self.step.tenant.billing else { return };
        let ended = EndedCycle { cycle: cycle.clone(), at: end.at, reason: end.reason };
        let mut queued = std::mem::take(queued).into_iter();
        self.step.ended.push(ended.clone());
        match postpaid(&ended.cycle, end.at) {
            Ok(lines) => self.close(&ended, lines),
            Err(error) => self.too_large = Some(error),
        }
        self.record(end.at, What::CycleEnded { number: ended.cycle.number, reason: end.reason });
        let why = match end.reason {
            EndedReason::HoursUsedUp => Why::HoursUsedUp,
            EndedReason::TimeElapsed => Why::TimeElapsed,
        };
        let grace_seconds = if self.step.tenant.cancelled { 0 } else { ended.cycle.terms.grace_seconds() };
        let tells = reminder::tells_the_end(&ended.cycle.terms.reminders);
        if let Some(next) = queued.next() {
            let cycle = Cycle::paid(next.number, next.order_id, next.terms, end.at);
            self.begin(&cycle);
            self.move_billing(Billing::Running { cycle, queued: queued.collect() }, end.at, why);
        } else if grace_seconds > 0 {
            self.move_billing(Billing::Grace { ended, until: end.at.plus(grace_seconds) }, end.at, why);
            self.ask_for_renewal(tells);
        } else {
            self.expire(ended, end.at, why);
        }
    }

    /// The cycle's last line, and what it costs beyond its price.
    fn close(&mut self, ended: &EndedCycle, postpaid: Vec<LineView>) {
        let EndedCycle { cycle, at, reason } = ended;
        let (used_seconds, overage_seconds) = (cycle.used_seconds, cycle.overage_seconds);
        let postpaid_here = postpaid.clone();
        let line = Line::Ended { at: *at, reason: *reason, used_seconds, overage_seconds, postpaid: postpaid_here };
        self.step.lines.push((cycle.number, line));
        self.step.postpaid.extend(postpaid);
    }

    /// The first line of a cycle.
    pub(super) fn begin(&mut self, cycle: &Cycle) {
        self.record(cycle.starts_at, What::CycleStarted { number: cycle.number });
        self.step.lines.push((cycle.number, Line::started(self.step.tenant.id, cycle)));
    }

    /// Tells what a limit calls for, and gives the reminders that are due. Whoever has paid for more, or wants no more, needs
    /// none of those.
    pub(super) fn remind(&mut self) {
        let now = self.now;
        let Tenant { panel, billing, cancelled, .. } = &mut self.step.tenant;
        let gone = matches!(panel, Panel::Deleting | Panel::Deleted);
        let Billing::Running { cycle, queued } = billing else { return };
        if gone {
            return;
        }
        for (notice, percent) in limit::tell(cycle) {
            self.step.effects.push(Effect::Notify { notice, value: Some(percent) });
        }
        if *cancelled || !queued.is_empty() {
            return;
        }
        for due in reminder::due(cycle, now) {
            cycle.mark_reminded(due.index);
            self.step.effects.push(Effect::Notify { notice: due.notice, value: Some(due.value) });
        }
    }

    /// Grace began: worth a notice only if a renewal would still be accepted.
    fn ask_for_renewal(&mut self, tells: bool) {
        if !tells {
            return;
        }
        match self.step.tenant.panel {
            Panel::Pending
            | Panel::Creating
            | Panel::Active
            | Panel::Stopped
            | Panel::Suspended(_)
            | Panel::Failed { .. } => self.notify(NoticeKind::GraceBegan),
            Panel::Deleting | Panel::Deleted => {}
        }
    }

    /// Nothing is paid any more: access stops, and metering with it.
    pub(super) fn expire(&mut self, ended: EndedCycle, at: Timestamp, why: Why) {
        self.move_billing(Billing::Expired { ended }, at, why);
        match self.step.tenant.panel {
            // What is being opened may be open at the host by now.
            Panel::Active | Panel::Stopped | Panel::Suspended(Suspension::Opening { .. }) => {
                self.move_panel(Panel::Suspended(Suspension::BillingExpired), why);
                self.promise(Effect::ClosePanel);
                self.notify(NoticeKind::Expired);
            }
            // It was paid for again and the host was told to open it, but this cycle is over too: take that back.
            Panel::Suspended(Suspension::BillingExpired) => {
                self.promise(Effect::ClosePanel);
                self.notify(NoticeKind::Expired);
            }
            Panel::Pending
            | Panel::Creating
            | Panel::Suspended(Suspension::ByOperator { .. })
            | Panel::Failed { .. }
            | Panel::Deleting
            | Panel::Deleted => {}
        }
    }

    pub(super) fn move_billing(&mut self, to: Billing, at: Timestamp, why: Why) {
        let (from, after) = (self.step.tenant.billing.state(), to.state());
        self.step.tenant.billing = to;
        if from != after {
            self.record(at, What::Billing { from, to: after, why });
        }
    }

    /// A panel moves when it is told to, which is now, whatever the instant that caused it.
    pub(super) fn move_panel(&mut self, to: Panel, why: Why) {
        let from = self.step.tenant.panel.status();
        self.record(self.now, What::Panel { from, to: to.status(), why });
        self.step.tenant.panel = to;
        self.step.tenant.panel_since = self.now;
    }

    pub(super) fn record(&mut self, at: Timestamp, what: What) {
        self.step.moves.push(Move { at, what });
    }

    pub(super) fn promise(&mut self, effect: Effect) {
        self.step.effects.push(effect);
    }

    pub(super) fn notify(&mut self, notice: NoticeKind) {
        self.promise(Effect::Notify { notice, value: None });
    }
}
