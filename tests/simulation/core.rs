//! The billing core alone: many virtual tenants, one clock that cannot be trusted, two observers that do not know of each
//! other, and an auditor behind every step.

use crate::auditor::core_step::{Taken, Watch};
use crate::auditor::violation::Found;
use crate::replay::{Play, Reached, Tale, show};
use crate::seed::Chance;
use crate::workload::tenants::Subject;
use crate::world::clock::VirtualClock;
use shared::api::tenants::{BillingState, EndedReason, PanelStatus};
use shared::billing::effect::Effect;
use shared::billing::event::Event;
use shared::billing::gauge::Sample;
use shared::billing::state::{Billing, Panel, Tenant};
use shared::billing::step::{Refusal, Step, step};
use shared::billing::usage::Seen;
use shared::time::Timestamp;
use std::ops::RangeInclusive;

const STEPS: u32 = 5_000;

/// A history without these would be no test.
const WANTED: &[&str] = &[
    "took Observed",
    "took RenewalSettled",
    "took TrialStarted",
    "took PanelOpened",
    "took Removed",
    "took Discarded",
    "took NeverPaid",
    "refused RenewalSettled: QueueFull",
    "refused RenewalSettled: AlreadyBought",
    "took UpgradeSettled",
    "took Corrected",
    "took Cancelled",
    "took CancellationWithdrawn",
    "took CycleRefunded",
    "a cycle between others was refunded",
    "the last of several cycles was refunded",
    "refused CycleRefunded: WrongState",
    "refused UpgradeSettled: CycleOver",
    "refused UpgradeSettled: AlreadyBought",
    "refused Corrected: NotACorrection",
    "ended HoursUsedUp",
    "ended TimeElapsed",
    "ended with overage",
    "ended with charges",
    "ended after an upgrade",
    "reminded",
    "renewed in grace",
    "renewed and used up at once",
    "the clock was set back",
];

#[test]
fn first_quarter() {
    play(1..=50);
}

#[test]
fn second_quarter() {
    play(51..=100);
}

#[test]
fn third_quarter() {
    play(101..=150);
}

#[test]
fn fourth_quarter() {
    play(151..=200);
}

// Harm prevented: an order of events that nobody thought of bills an hour twice, loses a paid one, or leaves a panel open.
fn play(seeds: RangeInclusive<u64>) {
    let play = Play::of(seeds, STEPS);
    let mut reached = Reached::default();
    for seed in &play.seeds {
        let mut history = History::begin(*seed);
        for number in 0..play.steps {
            history.step(number);
        }
        history.end(play.steps);
        if play.asked {
            show("core", *seed, &history.tale.told(), &history.reached);
        }
        reached.add(&history.reached);
    }
    if !play.asked {
        reached.require(WANTED, 20);
    }
}

/// What is told of a step: who, what, when, and what came of it.
#[derive(Debug)]
#[expect(dead_code, reason = "read by a person, when a history fails")]
struct Told {
    who: usize,
    event: Event,
    at: i64,
    came: Result<Came, Refusal>,
}

/// A tenant in short: panel, billing, up to when it is accounted for, and its cycle's number, start and used seconds.
type Came = (PanelStatus, BillingState, Option<Timestamp>, Option<(u32, Timestamp, i64)>);

fn in_short(tenant: &Tenant) -> Came {
    let cycle = tenant.billing.cycle().map(|it| (it.number, it.starts_at, it.used_seconds));
    (tenant.panel.status(), tenant.billing.state(), tenant.accounted_until, cycle)
}

/// One seed's world.
struct History {
    seed: u64,
    chance: Chance,
    clock: VirtualClock,
    reach_seconds: i64,
    subjects: Vec<(Subject, Watch)>,
    tale: Tale<Told>,
    reached: Reached,
}

impl History {
    /// A few tenants that live long, or many that are seldom looked at.
    fn begin(seed: u64) -> Self {
        let mut chance = Chance::of(seed);
        let many = chance.one_of(&[2, 5, 10, 30, 100, 300]);
        let reach_seconds = chance.one_of(&[300, 3_600, 21_600, 172_800]);
        // So that a tenant's turn comes about as often as it should.
        let stride = (2 * reach_seconds / many).max(10);
        let clock = VirtualClock::new(stride);
        let subjects = (0..many).map(|_| (Subject::new(&mut chance, clock.now()), Watch::default())).collect();
        Self { seed, chance, clock, reach_seconds, subjects, tale: Tale::default(), reached: Reached::default() }
    }

    fn step(&mut self, number: u32) {
        let before = self.clock.now();
        self.clock.go_on(&mut self.chance);
        let now = self.clock.now();
        if now < before {
            self.reached.count("the clock was set back");
        }
        let who = self.chance.below(self.subjects.len());
        if self.subjects[who].0.tenant.panel == Panel::Deleted && self.chance.percent(50) {
            let gone = &self.subjects[who];
            let found = gone.1.at_the_end(&gone.0.tenant);
            self.judge(number, &found);
            self.subjects[who] = (Subject::new(&mut self.chance, now), Watch::default());
        }
        let Some((event, at)) = self.subjects[who].0.request(&mut self.chance, now, self.reach_seconds) else { return };
        self.happen(number, who, event, at);
    }

    /// Everybody is looked at once more, and everything is counted once more.
    fn end(&mut self, number: u32) {
        self.clock.pass(self.reach_seconds);
        for who in 0..self.subjects.len() {
            let event =
                Event::Observed { seen: Seen::Up, sample: Sample::default(), reach_seconds: self.reach_seconds };
            self.happen(number, who, event, self.clock.now());
            let (subject, watch) = &self.subjects[who];
            let found = watch.at_the_end(&subject.tenant);
            self.judge(number, &found);
        }
    }

    fn happen(&mut self, number: u32, who: usize, event: Event, at: i64) {
        let (subject, watch) = &mut self.subjects[who];
        let result = step(&subject.tenant, &event, Timestamp::from_unix(at));
        let came = result.as_ref().map(|it| in_short(&it.tenant));
        self.tale.note(number, Told { who, event: event.clone(), at, came: came.map_err(|it| *it) });
        let found = match result {
            Err(refusal) => {
                self.reached.count(refused(&event, refusal));
                watch.refused(&subject.tenant, &event, at, refusal)
            }
            Ok(next) => {
                count(&mut self.reached, &subject.tenant.billing, &event, &next);
                let again = step(&next.tenant, &event, Timestamp::from_unix(at));
                let taken = Taken { before: &subject.tenant, event: &event, at, step: &next, again: &again };
                let found = watch.taken(&taken);
                subject.took(&event, next.tenant, &next.windows);
                found
            }
        };
        self.judge(number, &found);
    }

    fn judge(&self, number: u32, found: &Found) {
        assert!(found.is_empty(), "{}", self.tale.failure("core", self.seed, number, found));
    }
}

/// What a step reached, for the count.
fn count(reached: &mut Reached, before: &Billing, event: &Event, next: &Step) {
    reached.count(took(event));
    for ended in &next.ended {
        reached.count(match ended.reason {
            EndedReason::HoursUsedUp => "ended HoursUsedUp",
            EndedReason::TimeElapsed => "ended TimeElapsed",
        });
        if ended.cycle.overage_seconds > 0 {
            reached.count("ended with overage");
        }
        if ended.cycle.upgraded_by.is_some() {
            reached.count("ended after an upgrade");
        }
    }
    if !next.postpaid.is_empty() {
        reached.count("ended with charges");
    }
    if next.effects.iter().any(|it| matches!(it, Effect::Notify { value: Some(_), .. })) {
        reached.count("reminded");
    }
    if let Event::CycleRefunded { order_id } = event
        && let Some((last, others)) = before.queued().split_last()
    {
        if others.iter().any(|it| it.order_id == *order_id) {
            reached.count("a cycle between others was refunded");
        } else if !others.is_empty() && last.order_id == *order_id {
            reached.count("the last of several cycles was refunded");
        }
    }
    if matches!((before, event), (Billing::Grace { .. }, Event::RenewalSettled { .. })) {
        reached.count("renewed in grace");
        if !next.ended.is_empty() {
            reached.count("renewed and used up at once");
        }
    }
}

const fn took(event: &Event) -> &'static str {
    match event {
        Event::Observed { .. } => "took Observed",
        Event::TimePassed => "took TimePassed",
        Event::TrialStarted { .. } => "took TrialStarted",
        Event::RenewalSettled { .. } => "took RenewalSettled",
        Event::UpgradeSettled { .. } => "took UpgradeSettled",
        Event::Corrected { .. } => "took Corrected",
        Event::CycleRefunded { .. } => "took CycleRefunded",
        Event::UnusedRefunded { .. } => "took UnusedRefunded",
        Event::Cancelled => "took Cancelled",
        Event::CancellationWithdrawn => "took CancellationWithdrawn",
        Event::PanelReady => "took PanelReady",
        Event::CreationFailed { .. } => "took CreationFailed",
        Event::CreationRetried => "took CreationRetried",
        Event::Stopped => "took Stopped",
        Event::Started => "took Started",
        Event::SuspendedByOperator { .. } => "took SuspendedByOperator",
        Event::ResumedByOperator => "took ResumedByOperator",
        Event::PanelOpened => "took PanelOpened",
        Event::DeletionRequested => "took DeletionRequested",
        Event::Removed => "took Removed",
        Event::Discarded => "took Discarded",
        Event::NeverPaid => "took NeverPaid",
    }
}

const fn refused(event: &Event, refusal: Refusal) -> &'static str {
    match (event, refusal) {
        (Event::RenewalSettled { .. }, Refusal::QueueFull) => "refused RenewalSettled: QueueFull",
        (Event::RenewalSettled { .. }, Refusal::AlreadyBought) => "refused RenewalSettled: AlreadyBought",
        (Event::UpgradeSettled { .. }, Refusal::CycleOver) => "refused UpgradeSettled: CycleOver",
        (Event::UpgradeSettled { .. }, Refusal::AlreadyBought) => "refused UpgradeSettled: AlreadyBought",
        (Event::Corrected { .. }, Refusal::NotACorrection) => "refused Corrected: NotACorrection",
        (Event::CycleRefunded { .. }, Refusal::WrongState { .. }) => "refused CycleRefunded: WrongState",
        (Event::RenewalSettled { .. }, Refusal::WrongState { .. }) => "refused RenewalSettled: WrongState",
        _ => "refused otherwise",
    }
}
