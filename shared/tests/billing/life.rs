//! A tenant's life, one happening after the other, watched by somebody who believes nothing.

use crate::metering::since_end;
use crate::tenants::{FAR, order, ordered, start};
use proptest::prelude::*;
use shared::api::invoices::LineView;
use shared::api::tenants::{BillingState, PanelStatus};
use shared::billing::cycle::{EndedCycle, Origin};
use shared::billing::event::Event;
use shared::billing::forecast::changes_by;
use shared::billing::gauge::Sample;
use shared::billing::ledger::{
    Earned, Journal, LedgerAccount, charges_accrued, invoice_issued, payment_received, revenue_earned,
};
use shared::billing::order::{renewal_lines, totals, upgrade_lines};
use shared::billing::plan_change::{PlanChange, Upgrade, plan_change};
use shared::billing::proof::{Export, FORMAT, Line, Seal};
use shared::billing::state::{Billing, Panel, Suspension, Tenant};
use shared::billing::step::{Refusal, Step, What, step};
use shared::billing::terms::Terms;
use shared::billing::usage::{Seen, Window, corrected};
use shared::ids::CorrectionId;
use shared::money::{Currency, Money};
use shared::time::{DAY, Span, Timestamp};
use uuid::Uuid;

/// Something that happens. Payments get their order's number and the store's windows when they do, upgrades their
/// quote, and corrections their place among what is accounted: so many thousandths of it.
#[derive(Debug, Clone)]
pub(crate) enum Happening {
    Plain(Event),
    Pays(Terms),
    Upgrades(Terms),
    Corrects { thousandths: (i64, i64), seen: Seen },
}

/// Like `other`, but dearer than `terms` and of cycles as long.
fn dearer(other: &Terms, terms: &Terms) -> Terms {
    let price = Money { minor: terms.price.minor + other.price.minor + 1, ..terms.price };
    let included_hours = other.included_hours.min(24 * terms.cycle_days);
    Terms { price, cycle_days: terms.cycle_days, included_hours, ..other.clone() }
}

/// How much later.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Later {
    Seconds(i64),
    /// When the tenant says that it must be looked at, or so many seconds off.
    WhenDue(i64),
}

pub(crate) fn later() -> impl Strategy<Value = Later> {
    prop_oneof![
        1 => Just(Later::Seconds(0)),
        3 => (1_i64..=4_000).prop_map(Later::Seconds),
        3 => (1_i64..=3 * DAY).prop_map(Later::Seconds),
        1 => (1_i64..=30 * DAY).prop_map(Later::Seconds),
        // A clock that was set back.
        1 => (-2 * DAY..0_i64).prop_map(Later::Seconds),
        3 => (-1_i64..=1).prop_map(Later::WhenDue),
    ]
}

pub(crate) fn happening(plans: impl Strategy<Value = Terms>) -> impl Strategy<Value = Happening> {
    let seen = prop_oneof![4 => Just(Seen::Up), 1 => Just(Seen::Down), 1 => Just(Seen::Unknown)];
    let reach_seconds = prop_oneof![4 => Just(FAR), 2 => 0_i64..=7_200, 1 => any::<i64>()];
    let sample = (prop::option::of(0_i64..9), prop::option::of(0_i64..9_000))
        .prop_map(|(users, storage_bytes)| Sample { users, storage_bytes });
    let look = (seen, sample, reach_seconds).prop_map(|(seen, sample, reach_seconds)| Event::Observed {
        seen,
        sample,
        reach_seconds,
    });
    let rare = prop_oneof![
        4 => Just(Event::TimePassed),
        2 => Just(Event::CreationFailed { reason: "no disk".into() }),
        2 => Just(Event::CreationRetried),
        6 => Just(Event::Stopped),
        6 => Just(Event::Started),
        4 => Just(Event::SuspendedByOperator { message: "abuse".into() }),
        4 => Just(Event::ResumedByOperator),
        4 => Just(Event::Cancelled),
        3 => Just(Event::CancellationWithdrawn),
        1 => Just(Event::DeletionRequested),
        1 => Just(Event::Removed),
        1 => Just(Event::Discarded),
        1 => Just(Event::NeverPaid),
    ];
    let paid_or_given = plans.prop_flat_map(|terms| {
        prop_oneof![
            5 => Just(Happening::Pays(terms.clone())),
            2 => Just(Happening::Upgrades(terms.clone())),
            1 => Just(Happening::Plain(Event::TrialStarted { terms })),
        ]
    });
    let correction = (0_i64..1_000, 1_i64..=400, prop_oneof![Just(Seen::Down), Just(Seen::Unknown)])
        .prop_map(|(from, more, seen)| Happening::Corrects { thousandths: (from, (from + more).min(1_000)), seen });
    prop_oneof![
        8 => look.prop_map(Happening::Plain),
        5 => paid_or_given,
        3 => Just(Happening::Plain(Event::PanelReady)),
        4 => Just(Happening::Plain(Event::PanelOpened)),
        5 => rare.prop_map(Happening::Plain),
        2 => correction,
    ]
}

/// The tenant, and everything about it that a store would have kept.
pub(crate) struct Life {
    pub(crate) tenant: Tenant,
    pub(crate) now: Timestamp,
    pub(crate) windows: Vec<Window>,
    pub(crate) ended: Vec<EndedCycle>,
    pub(crate) settled: Vec<(u32, Event)>,
    pub(crate) earned: Vec<Earned>,
    pub(crate) lines: Vec<(u32, Line)>,
    /// Charges of cycles that are over, which no order carries yet.
    pub(crate) unbilled: Vec<LineView>,
    /// With VAT, what every order came to.
    pub(crate) paid: Vec<Money>,
    pub(crate) journals: Vec<Journal>,
    moved: (PanelStatus, BillingState),
}

impl Life {
    pub(crate) fn new() -> Self {
        Self {
            tenant: ordered(),
            now: start(),
            windows: vec![],
            ended: vec![],
            settled: vec![],
            earned: vec![],
            lines: vec![],
            unbilled: vec![],
            paid: vec![],
            journals: vec![],
            moved: (PanelStatus::Pending, BillingState::None),
        }
    }

    /// Lets it happen, and checks everything that must hold whatever happens. Says what followed.
    pub(crate) fn happens(&mut self, happening: &Happening, later: Later) -> Result<Step, Refusal> {
        self.now = match later {
            Later::Seconds(seconds) => self.now.plus(seconds),
            Later::WhenDue(off) => changes_by(&self.tenant).map_or(self.now, |due| due.plus(off)),
        };
        let Some(event) = self.event(happening) else { return Err(Refusal::NotACorrection) };
        let step = step(&self.tenant, &event, self.now)?;
        self.bill(&event);
        self.keep(&event, &step);
        self.check_moves(&step);
        self.check_cycles();
        self.check_earned();
        self.check_windows();
        self.check_replay(&event);
        self.check_states();
        Ok(step)
    }

    /// `None` if there is nothing to upgrade or to correct.
    fn event(&self, happening: &Happening) -> Option<Event> {
        let order_id = order(u32::try_from(self.paid.len()).unwrap() + 1);
        match happening {
            Happening::Plain(event) => Some(event.clone()),
            Happening::Pays(terms) => Some(Event::RenewalSettled {
                order_id,
                terms: terms.clone(),
                since_end: since_end(&self.tenant.billing, &self.windows),
            }),
            Happening::Upgrades(other) => {
                let terms = &dearer(other, &self.tenant.billing.cycle()?.terms);
                let Ok(PlanChange::Upgrade(quote)) = plan_change(&self.tenant, terms, self.now) else { return None };
                let Upgrade { cycle_number, price, allowance_added_seconds, .. } = quote;
                let paid_net_added = terms.vat.split(price).unwrap().net;
                let terms = terms.clone();
                Some(Event::UpgradeSettled { order_id, cycle_number, terms, allowance_added_seconds, paid_net_added })
            }
            Happening::Corrects { thousandths: (from, to), seen } => {
                let Billing::Running { cycle, .. } = &self.tenant.billing else { return None };
                let (start, known) = (cycle.starts_at, self.tenant.accounted_until?);
                let at = |thousandth| start.plus(known.seconds_since(start) * thousandth / 1_000);
                let (span, seen) = (Span::new(at(*from), at(*to)), *seen);
                let mine = self.windows.iter().filter(|window| window.span.to() > start).copied().collect::<Vec<_>>();
                let correction_id = CorrectionId::new(Uuid::from_u128(1));
                Some(Event::Corrected { correction_id, span, seen, windows: corrected(&mine, span, seen) })
            }
        }
    }

    /// What the store books for a payment before anything follows from it.
    fn bill(&mut self, event: &Event) {
        let lines = match event {
            Event::RenewalSettled { terms, .. } => {
                let unbilled = std::mem::take(&mut self.unbilled);
                renewal_lines("plan", terms, self.tenant.next_cycle_number, &unbilled).unwrap()
            }
            Event::UpgradeSettled { terms, .. } => {
                let Ok(PlanChange::Upgrade(quote)) = plan_change(&self.tenant, terms, self.now) else {
                    panic!("no quote")
                };
                upgrade_lines("plan", "dearer", terms, &quote).unwrap()
            }
            _ => return,
        };
        let gross = totals(&lines, Currency::Bdt).unwrap().gross;
        self.paid.push(gross);
        self.journals.push(invoice_issued(&lines, Currency::Bdt).unwrap());
        self.journals.push(payment_received(gross, Money::new(gross.minor / 50, Currency::Bdt), gross).unwrap());
    }

    fn keep(&mut self, event: &Event, step: &Step) {
        self.tenant = step.tenant.clone();
        if let Event::Corrected { span, seen, .. } = event {
            self.windows = corrected(&self.windows, *span, *seen);
        }
        self.windows.extend(&step.windows);
        self.ended.extend(step.ended.iter().cloned());
        self.earned.extend(&step.earned);
        self.lines.extend(step.lines.iter().cloned());
        self.unbilled.extend(step.postpaid.iter().cloned());
        self.journals.extend(step.earned.iter().map(|earned| revenue_earned(earned.amount).unwrap()));
        self.journals.push(charges_accrued(&step.postpaid, Currency::Bdt).unwrap());
        if let Event::RenewalSettled { .. } = event {
            self.settled.push((self.tenant.next_cycle_number - 1, event.clone()));
        }
    }

    /// A cycle as its owner may have it.
    pub(crate) fn export(&self, number: u32) -> Export {
        let mine = self.lines.iter().filter(|(of, _)| *of == number);
        let lines: Vec<Line> = mine.map(|(_, line)| line.clone()).collect();
        let seal = lines.iter().fold(Seal::default(), |seal, line| seal.then(line));
        Export { format: FORMAT.to_owned(), lines, seal }
    }

    /// What an account of the ledger stands at, in minor units.
    pub(crate) fn balance(&self, account: LedgerAccount) -> i64 {
        let entries = self.journals.iter().flat_map(|journal| journal.entries());
        entries.filter(|entry| entry.account == account).map(|entry| entry.amount.minor).sum()
    }

    /// Every change has a row, and the rows form a chain: nothing moves unseen.
    fn check_moves(&mut self, step: &Step) {
        for moved in &step.moves {
            match moved.what {
                What::Panel { from, to, .. } => {
                    assert_eq!(from, self.moved.0, "a panel's move begins where the last one ended");
                    self.moved.0 = to;
                }
                What::Billing { from, to, .. } => {
                    assert_eq!(from, self.moved.1, "a billing move begins where the last one ended");
                    self.moved.1 = to;
                }
                What::CycleQueued { .. }
                | What::CycleWithdrawn { .. }
                | What::CycleStarted { .. }
                | What::CycleEnded { .. }
                | What::CycleUpgraded { .. }
                | What::UsageCorrected { .. }
                | What::Cancelled
                | What::CancellationWithdrawn => {}
            }
        }
        let present = (self.tenant.panel.status(), self.tenant.billing.state());
        assert_eq!(present, self.moved, "something moved and left no row");
    }

    /// Cycles are numbered without gaps, never overlap, follow at once when bought early, and keep to what was bought.
    fn check_cycles(&self) {
        let numbers: Vec<u32> = self.ended.iter().map(|e| e.cycle.number).collect();
        assert_eq!(numbers, (1..).take(numbers.len()).collect::<Vec<u32>>(), "ended cycles are numbered in order");
        let running = match &self.tenant.billing {
            Billing::Running { cycle, .. } => Some((cycle, cycle.ends_at)),
            Billing::None | Billing::Grace { .. } | Billing::Expired { .. } => None,
        };
        let mut previous: Option<Timestamp> = None;
        for (cycle, end) in self.ended.iter().map(|e| (&e.cycle, e.at)).chain(running) {
            assert!((0..=cycle.allowance_seconds).contains(&cycle.used_seconds), "more was used than was bought");
            let cap = cycle.terms.daily_cap_seconds().unwrap_or(DAY);
            // An upgrade may have lowered the cap of a day that had used more.
            let kept = cycle.upgraded_by.is_some() || (0..=cap).contains(&cycle.day_used_seconds);
            assert!(kept, "a day used more than its cap");
            assert!(cycle.overage_seconds == 0 || cycle.terms.has_overage(), "nobody agreed to extra hours");
            assert!(cycle.starts_at <= end && end <= cycle.ends_at, "a cycle ended outside of its days");
            assert!(previous.is_none_or(|previous| cycle.starts_at >= previous), "two cycles overlap");
            previous = Some(end);
        }
    }

    /// What was booked as earned is what the cycle says, and all that was paid for it once it is over.
    fn check_earned(&self) {
        let booked = |number| self.earned.iter().filter(move |it| it.cycle_number == number).map(|it| it.amount.minor);
        for EndedCycle { cycle, .. } in &self.ended {
            assert_eq!(cycle.earned_net, cycle.paid_net, "cycle {} is over", cycle.number);
            assert_eq!(booked(cycle.number).sum::<i64>(), cycle.paid_net.minor, "cycle {}", cycle.number);
        }
        if let Billing::Running { cycle, .. } = &self.tenant.billing {
            assert_eq!(booked(cycle.number).sum::<i64>(), cycle.earned_net.minor);
            assert!((0..=cycle.paid_net.minor).contains(&cycle.earned_net.minor), "earned more than was paid");
        }
    }

    /// Every second is accounted at most once, and none is charged that was not seen up.
    fn check_windows(&self) {
        for pair in self.windows.windows(2) {
            assert!(pair[0].span.to() <= pair[1].span.from(), "a second was accounted twice");
        }
        let last = self.windows.last().map(|window| window.span.to());
        assert!(last <= self.tenant.accounted_until, "a window lies beyond the last accounted second");
        let up: i64 = self.windows.iter().filter(|w| w.seen == Seen::Up).map(|w| w.span.seconds()).sum();
        let running = matches!(self.tenant.billing, Billing::Running { .. });
        let now = self.tenant.billing.cycle().filter(|_| running).map_or(0, |cycle| cycle.billable_seconds());
        let used = now + self.ended.iter().map(|e| e.cycle.billable_seconds()).sum::<i64>();
        assert!(used <= up, "{used} s were charged, and {up} s were seen");
    }

    /// The same event at the same instant, and every payment that the tenant remembers, change nothing.
    fn check_replay(&self, event: &Event) {
        let present = self.tenant.billing.cycle().map(|cycle| cycle.number);
        let remembered = self.settled.iter().filter(|(number, _)| Some(*number) >= present);
        for event in [event].into_iter().chain(remembered.map(|(_, event)| event)) {
            if let Ok(again) = step(&self.tenant, event, self.now) {
                assert_eq!(again.tenant, self.tenant, "{event:?} counted twice");
                assert_eq!((again.windows.len(), again.ended.len(), again.moves.len()), (0, 0, 0), "{event:?}");
                assert_eq!((again.earned.len(), again.postpaid.len(), again.lines.len()), (0, 0, 0), "{event:?}");
                assert!(again.effects.is_empty(), "{event:?} was promised twice");
                assert!(!matches!(event, Event::RenewalSettled { .. }), "{event:?} bought twice");
            }
        }
    }

    /// Service and money agree.
    fn check_states(&self) {
        let Tenant { panel, billing, panel_since, accounted_until, .. } = &self.tenant;
        let is_paid = matches!(billing, Billing::Running { .. } | Billing::Grace { .. });
        match panel {
            Panel::Active | Panel::Stopped | Panel::Suspended(Suspension::Opening { .. }) => {
                assert!(is_paid, "{panel:?} is served and {billing:?}");
            }
            // Closed although it is paid for: only between a settlement and the host's word that it is open.
            Panel::Suspended(Suspension::BillingExpired) if is_paid => {
                let origin = billing.cycle().map(|cycle| cycle.origin);
                assert!(matches!(origin, Some(Origin::Order(_))), "a trial never reopens a panel");
                let first = self.ended.first().map(|ended| ended.at);
                assert!(
                    first <= *accounted_until && first.is_some(),
                    "closed for want of money, and nothing ever ended"
                );
            }
            Panel::Suspended(Suspension::BillingExpired | Suspension::ByOperator { .. }) => {}
            Panel::Pending => assert_eq!(*billing, Billing::None),
            Panel::Creating | Panel::Failed { .. } => assert_ne!(*billing, Billing::None),
            Panel::Deleting | Panel::Deleted => {}
        }
        assert!(
            accounted_until.is_none_or(|until| *panel_since <= until),
            "moved in seconds that nobody accounted for"
        );
    }
}
