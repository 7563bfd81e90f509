//! How things happen to a tenant, in words. Knows no rule.

use shared::api::history::NoticeKind;
use shared::api::invoices::LineView;
use shared::api::tenants::EndedReason;
use shared::billing::cycle::{Cycle, EndedCycle};
use shared::billing::effect::Effect;
use shared::billing::event::Event;
use shared::billing::gauge::Sample;
use shared::billing::ledger::Earned;
use shared::billing::plan_change::{PlanChange, Upgrade, plan_change};
use shared::billing::state::{Billing, Tenant};
use shared::billing::step::{Refusal, step};
use shared::billing::terms::{OnExhaustion, Terms};
use shared::billing::usage::{Seen, Window, corrected};
use shared::ids::{CorrectionId, OrderId, TenantId};
use shared::money::{Currency, Money};
use shared::time::{HOUR, Span, Timestamp};
use uuid::Uuid;

/// Further back than any story goes.
const FAR: i64 = 1_000_000_000;

/// Something that happens; figures are seconds.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// The panel is up for so long, and somebody looks every hour.
    Up(i64),
    /// So it is, and this is measured.
    Holds(i64, Sample),
    /// The host answers, and the panel does not serve.
    Down(i64),
    /// The host does not answer.
    Unknown(i64),
    /// Nobody looks for so long; then it is up, and the look speaks for so much.
    Late(i64, i64),
    /// The customer stops the panel, and starts it again after so long.
    Rests(i64),
    /// Nothing but time.
    Waits(i64),
    /// A cycle on these terms is paid.
    Pays(Terms),
    /// The upgrade to these terms is quoted, and paid at once.
    Upgrades(Terms),
    /// From so many seconds of the running cycle to so many, it was seen wrongly.
    Corrects(i64, i64, Seen),
    Does(Event),
}

/// A tenant, and what followed from all that happened.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    pub(crate) tenant: Tenant,
    pub(crate) now: Timestamp,
    pub(crate) ended: Vec<EndedCycle>,
    pub(crate) windows: Vec<Window>,
    pub(crate) earned: Vec<Earned>,
    pub(crate) postpaid: Vec<LineView>,
    /// With the hour at which each was given, counted from [`start`].
    pub(crate) notices: Vec<(i64, NoticeKind, Option<u32>)>,
    /// The last refusal.
    pub(crate) refused: Option<Refusal>,
    orders: u32,
}

pub(crate) fn start() -> Timestamp {
    Timestamp::from_unix(1_800_000_000)
}

pub(crate) const fn bdt(minor: i64) -> Money {
    Money::new(minor, Currency::Bdt)
}

/// The default plan at 2,500.00, but for its reminders, changed.
pub(crate) fn plan(change: impl FnOnce(&mut Terms)) -> Terms {
    let mut terms = Terms { reminders: vec![], ..Terms::standard(bdt(250_000)) };
    change(&mut terms);
    terms
}

/// So many days and hours without a cap; each hour beyond them at so much.
pub(crate) fn overage(cycle_days: u32, included_hours: u32, minor: i64) -> Terms {
    plan(|t| {
        (t.cycle_days, t.included_hours, t.daily_cap_hours) = (cycle_days, included_hours, None);
        (t.early_renewal_days, t.trial_days) = (cycle_days, 0);
        t.on_exhaustion = OnExhaustion::Overage { price_per_hour: bdt(minor) };
    })
}

/// So many users, and nothing else was measured.
pub(crate) const fn users(users: i64) -> Sample {
    Sample { users: Some(users), storage_bytes: None }
}

/// Somebody who has ordered a panel, and nothing else.
pub(crate) fn ordered() -> Story {
    Story {
        tenant: Tenant::new(TenantId::new(Uuid::from_u128(7)), start()),
        now: start(),
        ended: vec![],
        windows: vec![],
        earned: vec![],
        postpaid: vec![],
        notices: vec![],
        refused: None,
        orders: 0,
    }
}

/// Somebody who bought a first cycle at [`start`], and to whom all this happens.
pub(crate) fn story(plan: &Terms, acts: &[Act]) -> Story {
    let mut story = ordered().then(&[Act::Pays(plan.clone()), Act::Does(Event::PanelReady)]);
    story.notices.clear();
    story.then(acts)
}

impl Story {
    /// The same, and then this.
    pub(crate) fn then(mut self, acts: &[Act]) -> Self {
        for act in acts {
            self.act(act);
        }
        self
    }

    fn act(&mut self, act: &Act) {
        let looks = |seen, sample, reach_seconds| Event::Observed { seen, sample, reach_seconds };
        let nothing = Sample::default();
        match act {
            Act::Up(seconds) => self.hourly(*seconds, &looks(Seen::Up, nothing, FAR)),
            Act::Holds(seconds, sample) => self.hourly(*seconds, &looks(Seen::Up, *sample, FAR)),
            Act::Down(seconds) => self.hourly(*seconds, &looks(Seen::Down, nothing, FAR)),
            Act::Unknown(seconds) => self.hourly(*seconds, &looks(Seen::Unknown, nothing, FAR)),
            Act::Late(seconds, reach) => {
                self.now = self.now.plus(*seconds);
                self.happens(&looks(Seen::Up, nothing, *reach));
            }
            Act::Rests(seconds) => {
                self.happens(&Event::Stopped);
                self.hourly(*seconds, &Event::TimePassed);
                self.happens(&Event::Started);
                self.happens(&Event::PanelOpened);
            }
            Act::Waits(seconds) => self.hourly(*seconds, &Event::TimePassed),
            Act::Pays(terms) => {
                let event = self.renewal(terms);
                self.happens(&event);
            }
            Act::Upgrades(terms) => {
                let Upgrade { cycle_number, price, allowance_added_seconds, .. } = self.quote(terms).unwrap();
                let (order_id, paid_net_added) = (self.order(), terms.vat.split(price).unwrap().net);
                let terms = terms.clone();
                self.happens(&Event::UpgradeSettled {
                    order_id,
                    cycle_number,
                    terms,
                    allowance_added_seconds,
                    paid_net_added,
                });
            }
            Act::Corrects(from, to, seen) => {
                let starts_at = self.cycle().starts_at;
                let (span, seen) = (Span::new(starts_at.plus(*from), starts_at.plus(*to)), *seen);
                let windows = corrected(&self.windows, span, seen);
                let correction_id = CorrectionId::new(Uuid::from_u128(1));
                self.happens(&Event::Corrected { correction_id, span, seen, windows });
            }
            Act::Does(event) => self.happens(event),
        }
    }

    /// Until `seconds` from now, at every hour and at the last second.
    fn hourly(&mut self, seconds: i64, event: &Event) {
        let until = self.now.plus(seconds);
        while self.now < until {
            self.now = self.now.plus(HOUR).min(until);
            self.happens(event);
        }
    }

    fn happens(&mut self, event: &Event) {
        let step = match step(&self.tenant, event, self.now) {
            Ok(step) => step,
            Err(refusal) => return self.refused = Some(refusal),
        };
        if let Event::Corrected { span, seen, .. } = event {
            self.windows = corrected(&self.windows, *span, *seen);
        }
        let hour = self.now.seconds_since(start()) / HOUR;
        for effect in step.effects {
            if let Effect::Notify { notice, value } = effect {
                self.notices.push((hour, notice, value));
            }
        }
        self.tenant = step.tenant;
        self.ended.extend(step.ended);
        self.windows.extend(step.windows);
        self.earned.extend(step.earned);
        self.postpaid.extend(step.postpaid);
    }

    fn order(&mut self) -> OrderId {
        self.orders += 1;
        OrderId::new(Uuid::from_u128(u128::from(self.orders)))
    }

    fn renewal(&mut self, terms: &Terms) -> Event {
        let ended_at = match &self.tenant.billing {
            Billing::Grace { ended, .. } => Some(ended.at),
            Billing::None | Billing::Running { .. } | Billing::Expired { .. } => None,
        };
        let windows = self.windows.iter().filter(|window| ended_at.is_some_and(|at| window.span.to() > at));
        let since_end = windows.copied().collect();
        Event::RenewalSettled { order_id: self.order(), terms: terms.clone(), since_end }
    }

    /// What an upgrade to these terms would be; `None` if it comes with the next cycle.
    pub(crate) fn quote(&self, terms: &Terms) -> Option<Upgrade> {
        match plan_change(&self.tenant, terms, self.now).unwrap() {
            PlanChange::Upgrade(upgrade) => Some(upgrade),
            PlanChange::WithNextCycle => None,
        }
    }

    /// The running cycle, or the last one.
    pub(crate) fn cycle(&self) -> &Cycle {
        self.tenant.billing.cycle().unwrap()
    }

    /// When each cycle that is over began and ended, counted from [`start`], why, and what it used.
    pub(crate) fn over(&self) -> Vec<(i64, i64, EndedReason, i64)> {
        let since = |at: Timestamp| at.seconds_since(start());
        let over = |it: &EndedCycle| (since(it.cycle.starts_at), since(it.at), it.reason, it.cycle.used_seconds);
        self.ended.iter().map(over).collect()
    }

    /// The amounts of the charges, without VAT, in minor units.
    pub(crate) fn charges(&self) -> Vec<i64> {
        self.postpaid.iter().map(|line| line.net.minor).collect()
    }
}
