//! The auditor's own account of one tenant: from windows and purchases alone it says which cycles there were, what each
//! used, when and why it ended, what it cost, and whether anything is paid now.

use super::days::{Spent, Stretch, spent};
use super::prices::{Measured, Sum, beyond_the_price, rounded, taxed};
use super::rules::{Rules, SECONDS_OF_DAY};
use shared::api::tenants::EndedReason;
use std::rc::Rc;

/// A purchase, or the start of a trial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bought {
    /// What stands behind it: an order, or nothing for a trial.
    pub(crate) order: Option<String>,
    /// What was bought.
    pub(crate) rules: Rc<Rules>,
}

/// A cycle, as the auditor sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cycle {
    /// From 1.
    pub(crate) number: u32,
    /// How it came to be; after an upgrade, with the rules since.
    pub(crate) bought: Bought,
    /// Its first instant.
    pub(crate) starts_at: i64,
    /// How long it lasts at most.
    pub(crate) length: i64,
    /// What may be used.
    pub(crate) allowance: i64,
    /// What was paid for it, without VAT.
    pub(crate) paid: i64,
    /// What was used.
    pub(crate) used: i64,
    /// What was used beyond the allowance.
    pub(crate) overage: i64,
    /// What upgraded it last.
    pub(crate) upgraded: Option<String>,
    /// Whether usage was taken back.
    pub(crate) corrected: bool,
    /// When and why it ended.
    pub(crate) ended: Option<(i64, EndedReason)>,
    /// What it cost beyond its price; known once it ended.
    pub(crate) charges: Vec<Sum>,
}

/// What is paid, as far as everything is accounted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Never anything.
    Nothing,
    /// The last cycle runs.
    Running,
    /// The last cycle is over, and service goes on until then.
    Grace {
        /// The first instant without service.
        until: i64,
    },
    /// All is over.
    Over,
}

/// A recorded window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Look {
    /// The panel was up.
    pub(crate) up: bool,
    /// When, and what was measured.
    pub(crate) measured: Measured,
}

/// What else was done to the running cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Deed {
    /// The customer wants no further cycle, or does after all.
    Cancelled(bool),
    /// The rest of the cycle is on other rules.
    Upgraded { order: String, number: u32, rules: Rc<Rules>, allowance_added: i64, paid_added: i64 },
    /// In this stretch the panel was not up after all.
    Corrected(i64, i64),
    /// What this order had bought never begins.
    Withdrawn(String),
}

/// What happened in one step, as facts.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    /// When it counts: never before what was settled earlier.
    pub(crate) now: i64,
    /// Whether the panel was active before.
    pub(crate) was_active: bool,
    /// What was recorded.
    pub(crate) looks: &'a [Look],
    /// Up to when everything is accounted for afterwards.
    pub(crate) horizon: Option<i64>,
    /// What was bought.
    pub(crate) bought: Option<Bought>,
    /// What was done.
    pub(crate) deed: Option<Deed>,
}

/// The account of one tenant.
#[derive(Debug, Clone)]
pub(crate) struct Book {
    /// All that began, in order.
    pub(crate) cycles: Vec<Cycle>,
    /// What waits.
    pub(crate) queue: Vec<(u32, Bought)>,
    /// What was bought, and never began.
    pub(crate) withdrawn: Vec<Bought>,
    /// What is paid.
    pub(crate) standing: Standing,
    /// Whether the customer wants no more.
    pub(crate) cancelled: bool,
    /// The number of whatever is bought next.
    pub(crate) next_number: u32,
    horizon: i64,
    /// Since the last cycle began.
    up: Vec<Stretch>,
    measured: Vec<Measured>,
}

impl Default for Book {
    fn default() -> Self {
        let (cycles, queue, withdrawn, up, measured) = (vec![], vec![], vec![], vec![], vec![]);
        let standing = Standing::Nothing;
        Self { cycles, queue, withdrawn, standing, cancelled: false, next_number: 1, horizon: 0, up, measured }
    }
}

impl Book {
    /// Enters one step.
    pub(crate) fn enter(&mut self, facts: Facts<'_>) {
        let mut looks = facts.looks;
        let settles = facts.bought.is_some() || matches!(facts.deed, Some(Deed::Upgraded { .. } | Deed::Withdrawn(_)));
        // Of an active panel the time since the last look is left to the next one, unless something is over by then.
        if settles && (!facts.was_active || self.is_over_by(facts.now)) {
            self.advance(looks, facts.now);
            looks = &[];
        }
        if let Some(bought) = facts.bought {
            self.buy(bought, facts.now);
        }
        if let Some(Deed::Upgraded { order, rules, allowance_added, paid_added, .. }) = &facts.deed {
            self.upgrade(order, rules, *allowance_added, *paid_added);
        }
        if let Some(Deed::Withdrawn(order)) = &facts.deed {
            self.withdraw(order);
        }
        if let Some(horizon) = facts.horizon {
            self.advance(looks, horizon);
        }
        match facts.deed {
            Some(Deed::Cancelled(cancelled)) => self.cancelled = cancelled,
            Some(Deed::Corrected(from, to)) => self.correct(from, to),
            Some(Deed::Upgraded { .. } | Deed::Withdrawn(_)) | None => {}
        }
    }

    /// Whether service is paid.
    pub(crate) fn is_paid(&self) -> bool {
        matches!(self.standing, Standing::Running | Standing::Grace { .. })
    }

    /// The cycle that runs.
    pub(crate) fn running(&self) -> Option<&Cycle> {
        self.cycles.last().filter(|_| self.standing == Standing::Running)
    }

    /// Whether the days of the running cycle, or the grace, are over by then.
    pub(crate) fn is_over_by(&self, now: i64) -> bool {
        match self.standing {
            Standing::Running => self.cycles.last().is_some_and(|it| it.starts_at + it.length <= now),
            Standing::Grace { until } => until <= now,
            Standing::Nothing | Standing::Over => false,
        }
    }

    /// The account as a payment finds it.
    pub(crate) fn as_found(&self, was_active: bool, now: i64) -> Self {
        let mut then = self.clone();
        if !was_active || self.is_over_by(now) {
            then.advance(&[], now);
        }
        then
    }

    /// What the running cycle would have used if the panel had not been up in this stretch; `None` if it would be over: what was
    /// free on a day that was full is then charged, and with a paid cycle waiting that ends it.
    pub(crate) fn without(&self, from: i64, to: i64) -> Option<i64> {
        let mut then = self.clone();
        then.correct(from, to);
        let same = self.running()?.number;
        then.running().filter(|it| it.number == same).map(|it| it.used + it.overage)
    }

    /// Everything that was charged, in seconds.
    pub(crate) fn charged(&self) -> i64 {
        self.cycles.iter().map(|it| it.used + it.overage).sum()
    }

    /// How much of what was paid for the last cycle is earned; not known while it runs on changed grounds.
    pub(crate) fn earned(&self) -> Option<i64> {
        let cycle = self.cycles.last()?;
        if cycle.ended.is_some() {
            return Some(cycle.paid);
        }
        if cycle.corrected || cycle.upgraded.is_some() {
            return None;
        }
        let days = (self.horizon - cycle.starts_at) / SECONDS_OF_DAY;
        let spent = spent(cycle.starts_at, days * SECONDS_OF_DAY, cycle.allowance, &self.up);
        Some(rounded(i128::from(cycle.paid) * i128::from(spent.used), i128::from(cycle.allowance)))
    }

    fn buy(&mut self, bought: Bought, now: i64) {
        let number = self.next_number;
        self.next_number += 1;
        self.cancelled = false;
        match self.standing {
            Standing::Nothing | Standing::Over => {
                self.up.clear();
                self.measured.clear();
                self.horizon = now;
                self.begin(number, bought, now);
            }
            Standing::Running => self.queue.push((number, bought)),
            Standing::Grace { .. } => {
                let from = self.cycles.last().and_then(|it| it.ended).map_or(now, |(at, _)| at);
                self.begin(number, bought, from);
                self.settle();
            }
        }
    }

    fn upgrade(&mut self, order: &str, rules: &Rc<Rules>, allowance_added: i64, paid_added: i64) {
        let Some(cycle) = self.cycles.last_mut() else { return };
        cycle.bought.rules = Rc::clone(rules);
        cycle.allowance += allowance_added;
        cycle.paid += paid_added;
        cycle.upgraded = Some(order.to_owned());
    }

    /// The queue loses it, and the next number follows the last one that is left.
    fn withdraw(&mut self, order: &str) {
        let Some(at) = self.queue.iter().position(|(_, it)| it.order.as_deref() == Some(order)) else { return };
        self.withdrawn.push(self.queue.remove(at).1);
        let last = self.queue.last().map(|it| it.0).or(self.cycles.last().map(|it| it.number));
        self.next_number = last.unwrap_or(0) + 1;
    }

    fn correct(&mut self, from: i64, to: i64) {
        let Some(cycle) = self.cycles.last_mut() else { return };
        cycle.corrected = true;
        let apart = |it: &Stretch| {
            let before = Stretch { to: it.to.min(from), ..*it };
            let after = Stretch { from: it.from.max(to), ..*it };
            [before, after].into_iter().filter(|it| it.from < it.to).collect::<Vec<_>>()
        };
        self.up = self.up.iter().flat_map(apart).collect();
        self.settle();
    }

    fn begin(&mut self, number: u32, bought: Bought, starts_at: i64) {
        let rules = Rc::clone(&bought.rules);
        let paid = if bought.order.is_some() { taxed(rules.vat, rules.price).net } else { 0 };
        let (length, allowance) = (rules.length, rules.allowance);
        let (used, overage, upgraded, corrected, ended, charges) = (0, 0, None, false, None, vec![]);
        self.cycles.push(Cycle {
            number,
            bought,
            starts_at,
            length,
            allowance,
            paid,
            used,
            overage,
            upgraded,
            corrected,
            ended,
            charges,
        });
        self.standing = Standing::Running;
        let goes_on = self.goes_on();
        for stretch in &mut self.up {
            (stretch.cap, stretch.goes_on) = (rules.cap, goes_on);
        }
    }

    /// Whether hours beyond the allowance are sold now: by the plan, to somebody whose next order will carry them.
    fn goes_on(&self) -> bool {
        let sold = self.cycles.last().is_some_and(|it| it.bought.rules.overage.is_some());
        sold && self.queue.is_empty() && !self.cancelled
    }

    fn advance(&mut self, looks: &[Look], horizon: i64) {
        let cap = self.cycles.last().and_then(|it| it.bought.rules.cap);
        let goes_on = self.goes_on();
        for Look { up, measured } in looks {
            let Measured { from, to, users, bytes } = *measured;
            if *up {
                let joins = |it: &&mut Stretch| (it.to, it.cap, it.goes_on) == (from, cap, goes_on);
                match self.up.last_mut().filter(joins) {
                    Some(last) => last.to = to,
                    None => self.up.push(Stretch { from, to, cap, goes_on }),
                }
            }
            if users.is_some() || bytes.is_some() {
                self.measured.push(*measured);
            }
        }
        self.horizon = self.horizon.max(horizon);
        self.settle();
    }

    /// Lets everything end that is over by the horizon.
    fn settle(&mut self) {
        while self.standing == Standing::Running {
            let Some(cycle) = self.cycles.last_mut() else { return };
            let Spent { used, overage, out_at } = spent(cycle.starts_at, cycle.length, cycle.allowance, &self.up);
            (cycle.used, cycle.overage) = (used, overage);
            let last_instant = cycle.starts_at + cycle.length;
            let (at, reason) = match out_at {
                Some(at) => (at, EndedReason::HoursUsedUp),
                None if self.horizon >= last_instant => (last_instant, EndedReason::TimeElapsed),
                None => return,
            };
            cycle.ended = Some((at, reason));
            let rules = Rc::clone(&cycle.bought.rules);
            cycle.charges = beyond_the_price(&rules, (cycle.starts_at, at), used, overage, &self.measured);
            self.up.retain(|it| it.to > at);
            self.measured.retain(|it| it.to > at);
            if self.queue.is_empty() {
                let grace = if self.cancelled { 0 } else { rules.grace };
                self.standing = if grace > 0 { Standing::Grace { until: at + grace } } else { Standing::Over };
            } else {
                let (number, bought) = self.queue.remove(0);
                self.begin(number, bought, at);
            }
        }
        if let Standing::Grace { until } = self.standing
            && self.horizon >= until
        {
            self.standing = Standing::Over;
        }
    }
}
