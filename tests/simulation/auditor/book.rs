//! The auditor's own account of one tenant: from windows and purchases alone it says which cycles there were, what each
//! used, when and why it ended, and whether anything is paid now.

use super::days::{Stretch, spent};
use super::rules::Rules;
use shared::api::tenants::EndedReason;

/// A purchase, or the start of a trial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bought {
    /// What stands behind it: an order, or nothing for a trial.
    pub(crate) order: Option<String>,
    /// What was bought.
    pub(crate) rules: Rules,
}

/// A cycle, as the auditor sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cycle {
    /// From 1.
    pub(crate) number: u32,
    /// How it came to be.
    pub(crate) bought: Bought,
    /// Its first instant.
    pub(crate) starts_at: i64,
    /// What was used.
    pub(crate) used: i64,
    /// When and why it ended.
    pub(crate) ended: Option<(i64, EndedReason)>,
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

/// What happened in one step, as facts.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    /// When it counts: never before what was settled earlier.
    pub(crate) now: i64,
    /// Whether the panel was active before.
    pub(crate) was_active: bool,
    /// Stretches that were recorded as up.
    pub(crate) up: &'a [Stretch],
    /// Up to when everything is accounted for afterwards.
    pub(crate) horizon: Option<i64>,
    /// What was bought.
    pub(crate) bought: Option<Bought>,
}

/// The account of one tenant.
#[derive(Debug, Clone)]
pub(crate) struct Book {
    /// All that began, in order.
    pub(crate) cycles: Vec<Cycle>,
    /// What waits.
    pub(crate) queue: Vec<(u32, Bought)>,
    /// What is paid.
    pub(crate) standing: Standing,
    next_number: u32,
    horizon: i64,
    /// Since the last cycle began.
    up: Vec<Stretch>,
}

impl Default for Book {
    fn default() -> Self {
        Self { cycles: vec![], queue: vec![], standing: Standing::Nothing, next_number: 1, horizon: 0, up: vec![] }
    }
}

impl Book {
    /// Enters one step.
    pub(crate) fn enter(&mut self, facts: Facts<'_>) {
        let mut up = facts.up;
        if let Some(bought) = facts.bought {
            // Of an active panel the time since the last look is left to the next one, unless something is over by then.
            if !facts.was_active || self.is_over_by(facts.now) {
                self.advance(up, facts.now);
                up = &[];
            }
            self.buy(bought, facts.now);
        }
        if let Some(horizon) = facts.horizon {
            self.advance(up, horizon);
        }
    }

    /// Whether service is paid.
    pub(crate) fn is_paid(&self) -> bool {
        matches!(self.standing, Standing::Running | Standing::Grace { .. })
    }

    /// Whether the days of the running cycle, or the grace, are over by then.
    pub(crate) fn is_over_by(&self, now: i64) -> bool {
        match self.standing {
            Standing::Running => self.cycles.last().is_some_and(|it| it.starts_at + it.bought.rules.length <= now),
            Standing::Grace { until } => until <= now,
            Standing::Nothing | Standing::Over => false,
        }
    }

    /// Whether a purchase finds the queue full.
    pub(crate) fn is_full(&self, rules: &Rules, was_active: bool, now: i64) -> bool {
        let mut then = self.clone();
        if !was_active || self.is_over_by(now) {
            then.advance(&[], now);
        }
        then.standing == Standing::Running && then.queue.len() >= rules.queue
    }

    fn buy(&mut self, bought: Bought, now: i64) {
        let number = self.next_number;
        self.next_number += 1;
        match self.standing {
            Standing::Nothing | Standing::Over => {
                self.up.clear();
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

    fn begin(&mut self, number: u32, bought: Bought, starts_at: i64) {
        self.cycles.push(Cycle { number, bought, starts_at, used: 0, ended: None });
        self.standing = Standing::Running;
    }

    fn advance(&mut self, up: &[Stretch], horizon: i64) {
        for &(from, to) in up {
            match self.up.last_mut().filter(|last| last.1 == from) {
                Some(last) => last.1 = to,
                None => self.up.push((from, to)),
            }
        }
        self.horizon = self.horizon.max(horizon);
        self.settle();
    }

    /// Lets everything end that is over by the horizon.
    fn settle(&mut self) {
        while self.standing == Standing::Running {
            let Some(cycle) = self.cycles.last_mut() else { return };
            let rules = cycle.bought.rules;
            let so_far = spent(cycle.starts_at, &rules, &self.up);
            cycle.used = so_far.used;
            let last_instant = cycle.starts_at + rules.length;
            let (at, reason) = match so_far.out_at {
                Some(at) => (at, EndedReason::HoursUsedUp),
                None if self.horizon >= last_instant => (last_instant, EndedReason::TimeElapsed),
                None => return,
            };
            cycle.ended = Some((at, reason));
            self.up.retain(|(_, to)| *to > at);
            if self.queue.is_empty() {
                self.standing =
                    if rules.grace > 0 { Standing::Grace { until: at + rules.grace } } else { Standing::Over };
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
