//! Judges one step of the billing core: those invariants that can be seen without a database.

use super::book::{Book, Bought, Deed, Facts, Look, Standing};
use super::core_money::Money;
use super::core_moves::invariant_5;
use super::prices::Measured;
use super::rules::Rules;
use super::violation::{Found, hold};
use shared::api::tenants::PanelStatus;
use shared::billing::cycle::{Cycle, EndedCycle, Origin};
use shared::billing::effect::Effect;
use shared::billing::event::Event;
use shared::billing::gauge::Sample;
use shared::billing::state::{Billing, Panel, Suspension, Tenant};
use shared::billing::step::{Refusal, Step};
use shared::billing::usage::{Seen, Window};

/// What the auditor knows of one tenant.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    book: Book,
    /// How many ended cycles were compared.
    compared: usize,
    /// Whether the host was told to open the panel and has not said that it has.
    opening: bool,
    /// Prices, proofs and reminders.
    money: Money,
    /// Everything again, for the end.
    diary: Vec<Entry>,
}

/// One step, as it is entered once more at the end.
#[derive(Debug)]
struct Entry {
    now: i64,
    was_active: bool,
    looks: Vec<Look>,
    horizon: Option<i64>,
    bought: Option<Bought>,
    deed: Option<Deed>,
}

/// A step that was taken.
pub(crate) struct Taken<'a> {
    /// Before.
    pub(crate) before: &'a Tenant,
    /// What happened.
    pub(crate) event: &'a Event,
    /// The instant that was given with it.
    pub(crate) at: i64,
    /// What the core said follows.
    pub(crate) step: &'a Step,
    /// What the core says to the very same once more.
    pub(crate) again: &'a Result<Step, Refusal>,
}

impl Taken<'_> {
    /// When it counts: a clock that was set back does not bring back what is settled.
    pub(crate) fn now(&self) -> i64 {
        counted(self.before, self.at)
    }

    fn was_active(&self) -> bool {
        self.before.panel == Panel::Active
    }
}

fn counted(before: &Tenant, at: i64) -> i64 {
    let settled = before.accounted_until.map_or(at, |it| it.unix());
    at.max(before.panel_since.unix()).max(settled)
}

pub(crate) fn bought(event: &Event) -> Option<Bought> {
    match event {
        Event::RenewalSettled { order_id, terms, .. } => {
            Some(Bought { order: Some(order_id.to_string()), rules: Rules::paid(terms) })
        }
        Event::TrialStarted { terms } => Some(Bought { order: None, rules: Rules::trial(terms) }),
        _ => None,
    }
}

fn deed(event: &Event) -> Option<Deed> {
    match event {
        Event::UpgradeSettled { order_id, cycle_number, terms, allowance_added_seconds, paid_net_added } => {
            Some(Deed::Upgraded {
                order: order_id.to_string(),
                number: *cycle_number,
                rules: Rules::paid(terms),
                allowance_added: *allowance_added_seconds,
                paid_added: paid_net_added.minor,
            })
        }
        Event::Corrected { span, .. } => Some(Deed::Corrected(span.from().unix(), span.to().unix())),
        Event::CycleRefunded { order_id } => Some(Deed::Withdrawn(order_id.to_string())),
        Event::Cancelled => Some(Deed::Cancelled(true)),
        Event::CancellationWithdrawn => Some(Deed::Cancelled(false)),
        _ => None,
    }
}

fn looks(windows: &[Window]) -> Vec<Look> {
    let look = |Window { span, seen, sample }: &Window| {
        let (from, to) = (span.from().unix(), span.to().unix());
        let measured = Measured { from, to, users: sample.users, bytes: sample.storage_bytes };
        Look { up: *seen == Seen::Up, measured }
    };
    windows.iter().map(look).collect()
}

impl Watch {
    /// Judges a step that was taken.
    pub(crate) fn taken(&mut self, taken: &Taken<'_>) -> Found {
        let mut found = Found::new();
        self.invariant_3(&mut found, taken);
        invariant_9(&mut found, taken);
        let entry = Entry {
            now: taken.now(),
            was_active: taken.was_active(),
            looks: looks(&taken.step.windows),
            horizon: taken.step.tenant.accounted_until.map(|it| it.unix()),
            bought: bought(taken.event),
            deed: deed(taken.event),
        };
        let before = self.book.charged();
        self.book.enter(entry.facts());
        self.diary.push(entry);
        self.money.look(&mut found, taken, &self.book, self.book.charged() - before);
        self.invariant_4(&mut found, taken);
        invariant_5(&mut found, taken, &self.book, self.compared);
        invariant_6(&mut found, taken);
        self.invariant_8(&mut found, &taken.step.tenant, &taken.step.ended);
        self.invariant_2(&mut found, taken);
        found
    }

    /// Judges a refusal: money that was paid, and usage that is taken back, is only refused for the reasons that there are.
    pub(crate) fn refused(&self, before: &Tenant, event: &Event, at: i64, refusal: Refusal) -> Found {
        let mut found = Found::new();
        let then = self.book.as_found(before.panel == Panel::Active, counted(before, at));
        let gone = matches!(before.panel, Panel::Deleting | Panel::Deleted);
        let rightly = match (event, refusal) {
            (Event::RenewalSettled { .. } | Event::UpgradeSettled { .. }, Refusal::WrongState { .. }) => gone,
            (Event::RenewalSettled { terms, .. }, Refusal::QueueFull) => {
                then.standing == Standing::Running && then.queue.len() >= Rules::paid(terms).queue
            }
            (Event::RenewalSettled { order_id, .. }, Refusal::AlreadyBought) => {
                let known = self.book.cycles.iter().map(|it| &it.bought).chain(self.book.queue.iter().map(|it| &it.1));
                known.into_iter().any(|it| it.order == Some(order_id.to_string()))
            }
            (Event::UpgradeSettled { order_id, .. }, Refusal::AlreadyBought) => {
                self.book.cycles.last().is_some_and(|it| it.upgraded == Some(order_id.to_string()))
            }
            (Event::UpgradeSettled { cycle_number, .. }, Refusal::CycleOver) => {
                let open = |it: &super::book::Cycle| it.number == *cycle_number && it.overage == 0;
                !then.running().is_some_and(|it| open(it) && it.bought.order.is_some())
            }
            (Event::Corrected { span, seen, .. }, Refusal::NotACorrection) => {
                let (from, to) = (span.from().unix(), span.to().unix());
                let within = |it: &super::book::Cycle| {
                    from >= it.starts_at && Some(to) <= before.accounted_until.map(|it| it.unix()) && from < to
                };
                let lowers = |it: &super::book::Cycle| {
                    self.book.without(from, to).is_some_and(|less| less < it.used + it.overage)
                };
                let sound = |it: &super::book::Cycle| within(it) && it.upgraded.is_none() && lowers(it);
                *seen == Seen::Up || !self.book.running().is_some_and(sound)
            }
            (Event::CycleRefunded { order_id }, Refusal::WrongState { .. }) => {
                !then.queue.iter().any(|(_, it)| it.order == Some(order_id.to_string()))
            }
            (Event::CycleRefunded { .. }, _) => false,
            (Event::RenewalSettled { .. } | Event::UpgradeSettled { .. } | Event::Corrected { .. }, _) => false,
            _ => true,
        };
        hold(&mut found, 8, rightly, || format!("refused ({refusal}) without reason: {event:?}"));
        found
    }

    /// Everything once more from the beginning.
    pub(crate) fn at_the_end(&self, tenant: &Tenant) -> Found {
        let mut found = Found::new();
        let mut book = Book::default();
        for entry in &self.diary {
            book.enter(entry.facts());
        }
        compare_present(&mut found, &book, tenant);
        hold(&mut found, 8, book.cycles == self.book.cycles, || {
            "rebuilt at once it is not as rebuilt by and by".to_owned()
        });
        found
    }

    /// Each second at most once, and no second of an active panel left out.
    fn invariant_3(&self, found: &mut Found, taken: &Taken<'_>) {
        let until = |tenant: &Tenant| tenant.accounted_until.map(|it| it.unix());
        let (before, after) = (until(taken.before), until(&taken.step.tenant));
        let mut reached = before;
        for Window { span, .. } in &taken.step.windows {
            let follows = reached == Some(span.from().unix()) && !span.is_empty();
            hold(found, 3, follows, || format!("{span:?} is recorded, and everything until {reached:?} was already"));
            reached = Some(span.to().unix());
        }
        let now = taken.now();
        let left_to_the_next_look = taken.was_active()
            && taken.step.tenant.panel == Panel::Active
            && match taken.event {
                Event::PanelReady | Event::PanelOpened => true,
                Event::RenewalSettled { .. }
                | Event::UpgradeSettled { .. }
                | Event::CycleRefunded { .. }
                | Event::Cancelled
                | Event::CancellationWithdrawn => !self.book.is_over_by(now),
                _ => false,
            };
        let begins = bought(taken.event).is_some();
        let expected = match before {
            _ if left_to_the_next_look || matches!(taken.event, Event::Corrected { .. }) => before,
            None if !begins => None,
            _ => Some(now),
        };
        hold(found, 3, after == expected, || format!("accounted until {after:?}, not {expected:?}"));
        let covered = if taken.was_active() { after } else { before };
        hold(found, 3, reached == covered, || format!("windows reach to {reached:?}, not {covered:?}"));
    }

    /// One number for each cycle that is bought, and none for one that never begins.
    fn invariant_2(&self, found: &mut Found, taken: &Taken<'_>) {
        let [before, after] = [taken.before, &taken.step.tenant].map(|it| it.next_cycle_number);
        let grew = after > before;
        hold(found, 2, grew == bought(taken.event).is_some(), || format!("cycle numbers: {before} -> {after}"));
        let mine = self.book.next_number;
        hold(found, 2, after == mine, || format!("the next cycle is number {after}, by the book {mine}"));
    }

    /// Suspended for billing exactly while nothing is paid, as far as it is accounted for.
    fn invariant_4(&mut self, found: &mut Found, taken: &Taken<'_>) {
        let after = &taken.step.tenant;
        for effect in &taken.step.effects {
            match effect {
                Effect::OpenPanel => self.opening = true,
                Effect::ClosePanel => self.opening = false,
                Effect::SetUpPanel | Effect::RemovePanel | Effect::Notify { .. } => {}
            }
        }
        if after.panel == Panel::Active {
            self.opening = false;
        }
        let standing = self.book.standing;
        let starts = matches!(after.panel, Panel::Suspended(Suspension::Opening { .. }));
        hold(found, 4, !starts || self.opening, || "it is being started, and no one is to open it".to_owned());
        let serves = starts || matches!(after.panel, Panel::Active | Panel::Stopped);
        hold(found, 4, !serves || self.book.is_paid(), || format!("{:?} while {standing:?}", after.panel));
        let closed = after.panel == Panel::Suspended(Suspension::BillingExpired);
        let waits = standing == Standing::Over || self.opening;
        hold(found, 4, !closed || waits, || format!("closed for billing while {standing:?}, and no one is to open it"));
        let waits_for_money = after.panel == Panel::Pending && standing != Standing::Nothing;
        hold(found, 4, !waits_for_money, || format!("awaits its first payment while {standing:?}"));
    }

    /// The cycles are those of the auditor's own book.
    fn invariant_8(&mut self, found: &mut Found, after: &Tenant, ended: &[EndedCycle]) {
        let mine = self.book.cycles[self.compared..].iter().filter(|it| it.ended.is_some());
        let mut theirs = ended.iter();
        for cycle in mine {
            self.compared += 1;
            let Some(it) = theirs.next() else {
                hold(found, 8, false, || format!("by the book this cycle is over: {cycle:?}"));
                continue;
            };
            let same = is_same(cycle, &it.cycle) && cycle.ended == Some((it.at.unix(), it.reason));
            hold(found, 8, same, || format!("ended {it:?},\n    by the book {cycle:?}"));
        }
        let more: Vec<_> = theirs.collect();
        hold(found, 8, more.is_empty(), || format!("ended, but not by the book: {more:?}"));
        compare_present(found, &self.book, after);
    }
}

impl Entry {
    fn facts(&self) -> Facts<'_> {
        Facts {
            now: self.now,
            was_active: self.was_active,
            looks: &self.looks,
            horizon: self.horizon,
            bought: self.bought.clone(),
            deed: self.deed.clone(),
        }
    }
}

fn is_same(mine: &super::book::Cycle, it: &Cycle) -> bool {
    let order = match it.origin {
        Origin::Trial => None,
        Origin::Order(id) => Some(id.to_string()),
    };
    mine.number == it.number
        && mine.bought.order == order
        && mine.starts_at == it.starts_at.unix()
        && mine.starts_at + mine.length == it.ends_at.unix()
        && mine.allowance == it.allowance_seconds
        && mine.used == it.used_seconds
        && mine.overage == it.overage_seconds
        && mine.upgraded == it.upgraded_by.map(|it| it.to_string())
}

fn compare_present(found: &mut Found, book: &Book, after: &Tenant) {
    let last = book.cycles.last();
    let is_last = |it: &Cycle| last.is_some_and(|mine| is_same(mine, it));
    let same = match (&after.billing, book.standing) {
        (Billing::None, Standing::Nothing) => true,
        (Billing::Running { cycle, queued }, Standing::Running) => {
            let theirs = queued.iter().map(|it| (it.number, Some(it.order_id.to_string())));
            is_last(cycle) && theirs.eq(book.queue.iter().map(|(number, it)| (*number, it.order.clone())))
        }
        (Billing::Grace { ended, until }, Standing::Grace { until: mine }) => {
            is_last(&ended.cycle) && until.unix() == mine
        }
        (Billing::Expired { ended }, Standing::Over) => is_last(&ended.cycle),
        _ => false,
    };
    let same = same && after.cancelled == book.cancelled;
    hold(found, 8, same, || {
        format!("{:?},\n    by the book {:?} {last:?} and then {:?}", after.billing, book.standing, book.queue)
    });
}

/// The very same once more adds nothing.
fn invariant_6(found: &mut Found, taken: &Taken<'_>) {
    let Ok(again) = taken.again else { return };
    let quiet =
        again.windows.is_empty() && again.ended.is_empty() && again.moves.is_empty() && again.effects.is_empty();
    let quiet = quiet && again.earned.is_empty() && again.billed.is_empty() && again.lines.is_empty();
    let same = again.tenant == taken.step.tenant;
    hold(found, 6, quiet && same, || format!("the very same once more gives {again:?}"));
}

/// What nobody saw is not taken for anything.
fn invariant_9(found: &mut Found, taken: &Taken<'_>) {
    let now = taken.now();
    let (said, reach) = match taken.event {
        Event::Observed { seen, reach_seconds, .. } => (*seen, *reach_seconds),
        _ => (Seen::Unknown, 0),
    };
    for Window { span, seen, sample } in &taken.step.windows {
        let in_sight = span.from().unix() >= now - reach;
        let honest = *seen == Seen::Unknown || (*seen == said && in_sight);
        let measured = match taken.event {
            Event::Observed { sample, .. } => *sample,
            _ => Sample::default(),
        };
        let measured = *sample == measured || *sample == Sample::default() && !in_sight;
        hold(found, 9, measured, || format!("{span:?} is measured to hold {sample:?}, and nobody measured that"));
        hold(found, 9, honest, || format!("{span:?} is {seen:?}; the host said {said:?} for the last {reach} s"));
        let lost = *seen == Seen::Unknown && in_sight && said != Seen::Unknown;
        hold(found, 9, !lost, || format!("{span:?} is unknown, but the host said {said:?}"));
    }
    let (before, after) = (taken.before, &taken.step.tenant);
    // What was never paid for is given up at once; nothing else is.
    let given_up = vec![Event::Discarded, Event::NeverPaid];
    let gone = if before.panel.status() == PanelStatus::Pending { given_up } else { vec![Event::Removed] };
    for (status, causes) in [(PanelStatus::Deleting, vec![Event::DeletionRequested]), (PanelStatus::Deleted, gone)] {
        let became = after.panel.status() == status && before.panel.status() != status;
        hold(found, 9, !became || causes.contains(taken.event), || format!("{status:?} without {causes:?}"));
    }
}
