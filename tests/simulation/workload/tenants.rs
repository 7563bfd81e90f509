//! Virtual tenants: each has a plan, a host that is up or not, and a past that can come back twice or late.

use super::deeds::{Deed, next};
use super::plans::{dearer, plan, sample};
use crate::seed::Chance;
use shared::billing::event::Event;
use shared::billing::gauge::Sample;
use shared::billing::order::{totals, upgrade_lines};
use shared::billing::plan_change::{PlanChange, plan_change};
use shared::billing::state::{Billing, Tenant};
use shared::billing::terms::Terms;
use shared::billing::usage::{Seen, Window, corrected};
use shared::ids::{CorrectionId, OrderId, TenantId};
use shared::time::{Span, Timestamp};
use uuid::Uuid;

/// What is asked of the core: an event, and the instant given with it.
pub(crate) type Request = (Event, i64);

/// One tenant and what surrounds it.
#[derive(Debug)]
pub(crate) struct Subject {
    /// As the core left it.
    pub(crate) tenant: Tenant,
    plan: Terms,
    host: Seen,
    /// What was seen and not yet reported, and when.
    kept: Vec<(Seen, i64)>,
    orders: Vec<(OrderId, Terms)>,
    /// What an upgrade was said to cost, and what was paid last.
    quote: Option<Event>,
    upgraded: Option<Event>,
    /// What was recorded since the last cycle began.
    windows: Vec<Window>,
    /// What was corrected in the running cycle: its number, when, how it is to be seen.
    corrections: Vec<(u32, Span, Seen)>,
}

impl Subject {
    /// A tenant that was just ordered.
    pub(crate) fn new(chance: &mut Chance, now: i64) -> Self {
        let id = TenantId::new(Uuid::from_u128(u128::from(chance.next())));
        Self {
            tenant: Tenant::new(id, Timestamp::from_unix(now)),
            plan: plan(chance),
            host: Seen::Up,
            kept: vec![],
            orders: vec![],
            quote: None,
            upgraded: None,
            windows: vec![],
            corrections: vec![],
        }
    }

    /// What somebody asks next. `None` if there is nothing of the kind to ask.
    pub(crate) fn request(&mut self, chance: &mut Chance, now: i64, reach_seconds: i64) -> Option<Request> {
        let deed = next(chance, &self.tenant.panel, &self.tenant.billing);
        let event = match deed {
            Deed::Look => Event::Observed { seen: self.host, sample: self.measure(chance), reach_seconds },
            Deed::LookAndKeep => {
                self.kept.push((self.host, now));
                return None;
            }
            Deed::Report => {
                let oldest_first = chance.percent(50);
                let at = if oldest_first { 0 } else { self.kept.len().checked_sub(1)? };
                let (seen, looked_at) = (at < self.kept.len()).then(|| self.kept.remove(at))?;
                let sample = if seen == Seen::Up { sample(chance) } else { Sample::default() };
                return Some((Event::Observed { seen, sample, reach_seconds }, looked_at));
            }
            Deed::Turn => {
                self.host = chance.one_of(&[Seen::Up, Seen::Up, Seen::Up, Seen::Down, Seen::Unknown]);
                return None;
            }
            Deed::Settle => self.settled(chance),
            Deed::SettleAgain => {
                let (order_id, terms) = self.orders.last()?.clone();
                Event::RenewalSettled { order_id, terms, since_end: self.since_end(chance) }
            }
            Deed::Quote => {
                self.quote = self.quoted(chance, now);
                return None;
            }
            Deed::SettleUpgrade => {
                self.upgraded = Some(self.quote.take()?);
                self.upgraded.clone()?
            }
            Deed::SettleUpgradeAgain => self.upgraded.clone()?,
            Deed::Correct => self.corrected(chance)?,
            Deed::Refund => Event::CycleRefunded { order_id: self.refunded(chance)? },
            Deed::Cancel => Event::Cancelled,
            Deed::Keep => Event::CancellationWithdrawn,
            Deed::Wait => Event::TimePassed,
            Deed::Open => Event::PanelOpened,
            Deed::Ready => Event::PanelReady,
            Deed::Fail => Event::CreationFailed { reason: "no room".to_owned() },
            Deed::Retry => Event::CreationRetried,
            Deed::Stop => Event::Stopped,
            Deed::Start => Event::Started,
            Deed::Suspend => Event::SuspendedByOperator { message: "abuse".to_owned() },
            Deed::Resume => Event::ResumedByOperator,
            Deed::Delete => Event::DeletionRequested,
            Deed::Remove => Event::Removed,
            Deed::Discard if self.tenant.id.uuid().as_u128().is_multiple_of(2) => Event::Discarded,
            Deed::Discard => Event::NeverPaid,
            Deed::Trial => Event::TrialStarted { terms: self.plan.clone() },
        };
        Some((event, now))
    }

    /// A payment for a new order. Sometimes the customer has changed to another plan.
    fn settled(&mut self, chance: &mut Chance) -> Event {
        if chance.percent(5) {
            self.plan = plan(chance);
        }
        let order_id = OrderId::new(Uuid::from_u128(u128::from(chance.next())));
        Event::RenewalSettled { order_id, terms: self.plan.clone(), since_end: self.since_end(chance) }
    }

    /// What the operator refunds: mostly what waits, sometimes what has begun or is long over.
    fn refunded(&self, chance: &mut Chance) -> Option<OrderId> {
        let waiting: Vec<OrderId> = self.tenant.billing.queued().iter().map(|it| it.order_id).collect();
        if !waiting.is_empty() && chance.percent(80) {
            return Some(chance.one_of(&waiting));
        }
        let newest = self.orders.len().checked_sub(1)?;
        Some(self.orders[newest.saturating_sub(chance.below(3))].0)
    }

    /// What is measured of a panel that is up.
    fn measure(&self, chance: &mut Chance) -> Sample {
        if self.host == Seen::Up { sample(chance) } else { Sample::default() }
    }

    /// What a store would find: the windows since the last cycle's end. Sometimes it names some of them twice.
    fn since_end(&self, chance: &mut Chance) -> Vec<Window> {
        let Billing::Grace { ended, .. } = &self.tenant.billing else { return vec![] };
        let since = self.windows.iter().filter(|window| window.span.to() > ended.at);
        let twice = chance.percent(10);
        since.flat_map(|window| std::iter::repeat_n(*window, if twice { 2 } else { 1 })).collect()
    }

    /// What the rest of the running cycle costs on a dearer plan, as it will be paid.
    fn quoted(&self, chance: &mut Chance, now: i64) -> Option<Event> {
        let terms = dearer(chance, &self.tenant.billing.running()?.terms);
        let now = Timestamp::from_unix(now);
        let Ok(PlanChange::Upgrade(upgrade)) = plan_change(&self.tenant, &terms, now) else { return None };
        let lines = upgrade_lines("this", "that", &terms, &upgrade).expect("a sum");
        Some(Event::UpgradeSettled {
            order_id: OrderId::new(Uuid::from_u128(u128::from(chance.next()))),
            cycle_number: upgrade.cycle_number,
            paid_net_added: totals(&lines, terms.currency()).expect("a sum").net,
            terms,
            allowance_added_seconds: upgrade.allowance_added_seconds,
        })
    }

    /// A part of the running cycle was not as it was recorded; or so somebody says, who may be wrong about the cycle.
    fn corrected(&self, chance: &mut Chance) -> Option<Event> {
        let cycle = self.tenant.billing.cycle()?;
        let until = self.tenant.accounted_until?.unix();
        let from = chance.within(cycle.starts_at.unix() - 100..=until.max(cycle.starts_at.unix()));
        let to = from + chance.one_of(&[0, 60, 3_600, 50_000, 50_000]);
        let to = if chance.percent(90) { to.min(until) } else { to };
        let span = Span::new(Timestamp::from_unix(from), Timestamp::from_unix(to));
        let seen = chance.one_of(&[Seen::Down, Seen::Down, Seen::Unknown, Seen::Up]);
        let earlier = self.corrections.iter().filter(|it| it.0 == cycle.number);
        let before = earlier.fold(self.windows.clone(), |windows, (_, span, seen)| corrected(&windows, *span, *seen));
        Some(Event::Corrected {
            correction_id: CorrectionId::new(Uuid::from_u128(u128::from(chance.next()))),
            span,
            seen,
            windows: corrected(&before, span, seen),
        })
    }

    /// The core took it.
    pub(crate) fn took(&mut self, event: &Event, tenant: Tenant, windows: &[Window]) {
        if let Event::RenewalSettled { order_id, terms, .. } = event {
            self.orders.push((*order_id, terms.clone()));
        }
        self.tenant = tenant;
        self.windows.extend_from_slice(windows);
        // What lies before the running or last cycle is never asked for again.
        if let Some(cycle) = self.tenant.billing.cycle() {
            let (number, starts_at) = (cycle.number, cycle.starts_at);
            if let Event::Corrected { span, seen, .. } = event {
                self.corrections.push((number, *span, *seen));
            }
            self.windows.retain(|window| window.span.to() > starts_at);
            self.corrections.retain(|it| it.0 == number);
        }
    }
}
