//! Virtual tenants: each has a plan, a host that is up or not, and a past that can come back twice or late.

use super::deeds::{Deed, next};
use super::plans::plan;
use crate::seed::Chance;
use shared::billing::event::Event;
use shared::billing::state::{Billing, Tenant};
use shared::billing::terms::Terms;
use shared::billing::usage::{Seen, Window};
use shared::ids::{OrderId, TenantId};
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
    /// Spans in which it was seen up, since the last cycle that ended.
    up: Vec<Span>,
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
            up: vec![],
        }
    }

    /// What somebody asks next. `None` if there is nothing of the kind to ask.
    pub(crate) fn request(&mut self, chance: &mut Chance, now: i64, reach_seconds: i64) -> Option<Request> {
        let deed = next(chance, &self.tenant.panel, &self.tenant.billing);
        let event = match deed {
            Deed::Look => Event::Observed { seen: self.host, reach_seconds },
            Deed::LookAndKeep => {
                self.kept.push((self.host, now));
                return None;
            }
            Deed::Report => {
                let oldest_first = chance.percent(50);
                let at = if oldest_first { 0 } else { self.kept.len().checked_sub(1)? };
                let (seen, looked_at) = (at < self.kept.len()).then(|| self.kept.remove(at))?;
                return Some((Event::Observed { seen, reach_seconds }, looked_at));
            }
            Deed::Turn => {
                self.host = chance.one_of(&[Seen::Up, Seen::Up, Seen::Up, Seen::Down, Seen::Unknown]);
                return None;
            }
            Deed::Settle => self.settled(chance),
            Deed::SettleAgain => {
                let (order_id, terms) = *self.orders.last()?;
                Event::RenewalSettled { order_id, terms, up_since_end: self.up_since_end(chance) }
            }
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
            Deed::Trial => Event::TrialStarted { terms: self.plan },
        };
        Some((event, now))
    }

    /// A payment for a new order. Sometimes the customer has changed to another plan.
    fn settled(&mut self, chance: &mut Chance) -> Event {
        if chance.percent(5) {
            self.plan = plan(chance);
        }
        let order_id = OrderId::new(Uuid::from_u128(u128::from(chance.next())));
        Event::RenewalSettled { order_id, terms: self.plan, up_since_end: self.up_since_end(chance) }
    }

    /// What a store would find: the spans since the last cycle's end. Sometimes it names some of them twice.
    fn up_since_end(&self, chance: &mut Chance) -> Vec<Span> {
        let Billing::Grace { ended, .. } = &self.tenant.billing else { return vec![] };
        let since = self.up.iter().filter(|span| span.to() > ended.at);
        let twice = chance.percent(10);
        since.flat_map(|span| std::iter::repeat_n(*span, if twice { 2 } else { 1 })).collect()
    }

    /// The core took it.
    pub(crate) fn took(&mut self, event: &Event, tenant: Tenant, windows: &[Window]) {
        if let Event::RenewalSettled { order_id, terms, .. } = event {
            self.orders.push((*order_id, *terms));
        }
        self.tenant = tenant;
        self.up.extend(windows.iter().filter(|it| it.seen == Seen::Up).map(|it| it.span));
        // What lies before the running or last cycle is never asked for again.
        if let Some(cycle) = self.tenant.billing.cycle() {
            let starts_at = cycle.starts_at;
            self.up.retain(|span| span.to() > starts_at);
        }
    }
}
