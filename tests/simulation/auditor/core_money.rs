//! Judges what the core says about money in one step: what is earned and charged, its proofs, and its reminders.

use super::book::Book;
use super::core_step::Taken;
use super::prices::Sum;
use super::violation::{Found, hold};
use shared::api::history::NoticeKind;
use shared::api::invoices::LineView;
use shared::billing::effect::Effect;
use shared::billing::facts::{PlacedLine, in_order};
use shared::billing::proof::{Export, FORMAT, Line, Seal, verify};
use shared::billing::rating::Meter;
use shared::billing::reminder::{Condition, Reminder};
use shared::billing::state::{Billing, Panel};
use shared::billing::usage::Window;
use shared::time::Span;
use std::collections::BTreeMap;

/// What the auditor knows of one tenant's money.
#[derive(Debug, Default)]
pub(crate) struct Money {
    /// What each cycle has earned.
    earned: BTreeMap<u32, i64>,
    /// Up to where seconds were charged.
    billed_until: i64,
    /// The lines of cycles that are not over.
    proofs: BTreeMap<u32, Vec<Line>>,
    /// The same as it is kept: windows of all cycles, and beside them the other lines of each.
    windows: Vec<Window>,
    placed: BTreeMap<u32, Vec<PlacedLine>>,
    /// Reminders that were given, with the cycle.
    reminded: Vec<(u32, Reminder)>,
    /// What was told of limits: the cycle, the gauge, its limit and the share in percent.
    limits: Vec<(u32, NoticeKind, i64, u32)>,
}

impl Money {
    /// Judges a step that was entered in the book, and charged so many seconds by it.
    pub(crate) fn look(&mut self, found: &mut Found, taken: &Taken<'_>, book: &Book, charged: i64) {
        self.invariant_1(found, taken, book);
        self.invariant_3(found, taken, charged);
        self.invariant_8(found, taken, book);
        self.reminders(found, taken, book);
        self.limits(found, taken);
    }

    /// What is earned grows day by day, shrinks only where a correction took hours back, and comes to exactly what was paid.
    fn invariant_1(&mut self, found: &mut Found, taken: &Taken<'_>, book: &Book) {
        for earned in &taken.step.earned {
            *self.earned.entry(earned.cycle_number).or_default() += earned.amount.minor;
            let cycle = book.cycles.iter().rev().find(|it| it.number == earned.cycle_number);
            let may_shrink = cycle.is_some_and(|it| it.corrected && it.upgraded.is_none());
            let right = earned.amount.minor > 0 || (may_shrink && earned.amount.minor < 0);
            hold(found, 1, right, || format!("revenue does not grow: {earned:?}"));
        }
        let over = taken.step.ended.iter().map(|it| it.cycle.number);
        let last = book.cycles.last().map(|it| it.number);
        for number in over.chain(last) {
            let Some(cycle) = book.cycles.iter().rev().find(|it| it.number == number) else { continue };
            let is = self.earned.get(&number).copied().unwrap_or(0);
            let must = if cycle.ended.is_some() { Some(cycle.paid) } else { book.earned() };
            let right = must.map_or(is <= cycle.paid, |must| is == must);
            hold(found, 1, right, || format!("cycle {number} has earned {is}, not {must:?} of {}", cycle.paid));
        }
        let paid = taken.step.tenant.billing.cycle().map(|it| it.paid_net.minor);
        let must = book.cycles.last().map(|it| it.paid);
        hold(found, 1, paid == must, || format!("{paid:?} is paid without VAT, by the book {must:?}"));
    }

    /// Each charged second is charged once, and they are as many as the book says.
    fn invariant_3(&mut self, found: &mut Found, taken: &Taken<'_>, charged: i64) {
        let mut sum = 0;
        for span in &taken.step.billed {
            let (from, to) = (span.from().unix(), span.to().unix());
            hold(found, 3, from >= self.billed_until && from < to, || {
                format!("{span:?} is charged, and everything until {} was already", self.billed_until)
            });
            self.billed_until = to;
            sum += to - from;
        }
        let corrected = matches!(taken.event, shared::billing::event::Event::Corrected { .. });
        hold(found, 3, corrected || sum == charged, || format!("{sum} s are charged, by the book {charged} s"));
    }

    /// Charges are those of the book, and the proof of every cycle that is over can be counted again.
    fn invariant_8(&mut self, found: &mut Found, taken: &Taken<'_>, book: &Book) {
        self.windows.extend_from_slice(&taken.step.windows);
        let until = taken.step.tenant.accounted_until;
        for (number, line) in &taken.step.lines {
            let lines = self.proofs.entry(*number).or_default();
            lines.push(line.clone());
            let after_at = match line {
                Line::Window { .. } => None,
                Line::Started { starts_at, .. } => Some(*starts_at),
                Line::Ended { at, .. } => Some(*at),
                Line::Upgraded { .. } | Line::Corrected { .. } => until,
            };
            let placed = self.placed.entry(*number).or_default();
            placed.extend(after_at.map(|after_at| PlacedLine { after_at, line: line.clone() }));
            let Line::Ended { postpaid, at, .. } = line else { continue };
            let lines = self.proofs.remove(number).unwrap_or_default();
            let placed = self.placed.remove(number).unwrap_or_default();
            let starts_at = placed.first().map_or(*at, |it| it.after_at);
            let kept = in_order(&placed, &self.windows, Span::new(starts_at, *at));
            hold(found, 8, kept == lines, || {
                format!("cycle {number} is kept as {kept:?},\n    and was sealed as {lines:?}")
            });
            self.windows.retain(|window| window.span.to() > *at);
            let seal = lines.iter().fold(Seal::default(), |seal, line| seal.then(line));
            let findings = verify(&Export { format: FORMAT.to_owned(), lines, seal });
            hold(found, 8, findings.is_empty(), || format!("the proof of cycle {number} does not hold: {findings:?}"));
            let mine = book.cycles.iter().rev().find(|it| it.number == *number).map(|it| &it.charges);
            let theirs: Vec<Sum> = postpaid.iter().map(sum_of).collect();
            hold(found, 8, mine == Some(&theirs), || format!("charges {postpaid:?},\n    by the book {mine:?}"));
        }
    }

    /// Each reminder at most once a cycle, and not later than the first look after it is due.
    fn reminders(&mut self, found: &mut Found, taken: &Taken<'_>, book: &Book) {
        let after = &taken.step.tenant;
        let given = taken.step.effects.iter().filter_map(|effect| match effect {
            Effect::Notify { notice, value: Some(value) } if gauge(*notice).is_none() => Some((*notice, *value)),
            _ => None,
        });
        let Billing::Running { cycle, queued } = &after.billing else {
            let given: Vec<_> = given.collect();
            hold(found, 5, given.is_empty(), || format!("nothing runs, and somebody is reminded: {given:?}"));
            return;
        };
        let (rules, now) = (&cycle.terms.reminders, taken.now());
        // What an upgrade does away with is forgotten: should another one bring it back, it is given anew.
        self.reminded.retain(|(number, reminder)| *number == cycle.number && rules.contains(reminder));
        for told in given {
            let is = |it: &Condition| word(*it) == Some(told);
            let Some(reminder) = rules.iter().find(|it| it.any_of.iter().any(is)) else {
                hold(found, 5, false, || format!("no reminder says {told:?}"));
                continue;
            };
            let due = reminder.any_of.iter().any(|it| is_due(*it, book, now));
            hold(found, 5, due, || format!("reminded of {told:?} too early"));
            let again = self.reminded.iter().any(|it| it.1 == *reminder);
            hold(found, 6, !again, || format!("reminded of {told:?} twice in cycle {}", cycle.number));
            self.reminded.push((cycle.number, reminder.clone()));
        }
        let gone = matches!(after.panel, Panel::Deleting | Panel::Deleted);
        if gone || after.cancelled || !queued.is_empty() {
            return;
        }
        for reminder in rules {
            let due = reminder.any_of.iter().any(|it| is_due(*it, book, now));
            let told = self.reminded.iter().any(|it| it.1 == *reminder);
            hold(found, 5, told || !due, || format!("nobody is reminded of {reminder:?}"));
        }
    }
}

impl Money {
    /// Of each limit 80 % and 100 % at most once a cycle, not before it is so, and not later than the look that shows it.
    fn limits(&mut self, found: &mut Found, taken: &Taken<'_>) {
        let Billing::Running { cycle, .. } = &taken.step.tenant.billing else { return };
        let share = |meter| {
            let peak = cycle.gauges.of(meter).and_then(|tally| tally.peak);
            cycle.terms.limit(meter).zip(peak).map(|(limit, peak)| (limit, i128::from(peak) * 100 / i128::from(limit)))
        };
        // What an upgrade does away with is forgotten, as with reminders.
        let holds = |notice, limit| gauge(notice).and_then(|meter| cycle.terms.limit(meter)) == Some(limit);
        self.limits.retain(|(number, notice, limit, _)| *number == cycle.number && holds(*notice, *limit));
        for effect in &taken.step.effects {
            let Effect::Notify { notice, value: Some(value) } = effect else { continue };
            let Some(meter) = gauge(*notice) else { continue };
            let Some((limit, percent)) = share(meter) else {
                hold(found, 5, false, || format!("told of a limit that is not there: {effect:?}"));
                continue;
            };
            hold(found, 5, percent >= i128::from(*value), || format!("told {effect:?} at {percent} %"));
            let told = (cycle.number, *notice, limit, *value);
            hold(found, 6, !self.limits.contains(&told), || format!("told twice: {told:?}"));
            self.limits.push(told);
        }
        if matches!(taken.step.tenant.panel, Panel::Deleting | Panel::Deleted) {
            return;
        }
        for notice in [NoticeKind::UsersPercent, NoticeKind::StoragePercent] {
            let Some((limit, percent)) = gauge(notice).and_then(share) else { continue };
            let least = if percent >= 100 { 100 } else { 80 };
            let is = |it: &&(u32, NoticeKind, i64, u32)| {
                (it.0, it.1, it.2) == (cycle.number, notice, limit) && it.3 >= least
            };
            let told = self.limits.iter().any(|it| is(&it));
            hold(found, 5, told || percent < 80, || format!("nobody is told that {notice:?} is at {percent} %"));
        }
    }
}

/// What a notice about a limit is about.
const fn gauge(notice: NoticeKind) -> Option<Meter> {
    match notice {
        NoticeKind::UsersPercent => Some(Meter::Users),
        NoticeKind::StoragePercent => Some(Meter::StorageBytes),
        _ => None,
    }
}

pub(crate) const fn sum_of(line: &LineView) -> Sum {
    Sum { net: line.net.minor, tax: line.tax.minor, gross: line.gross.minor }
}

const fn word(condition: Condition) -> Option<(NoticeKind, u32)> {
    match condition {
        Condition::DaysLeft(days) => Some((NoticeKind::DaysLeft, days)),
        Condition::HoursLeft(hours) => Some((NoticeKind::HoursLeft, hours)),
        Condition::UsedPercent(percent) => Some((NoticeKind::UsedPercent, percent)),
        Condition::Ended => None,
    }
}

/// Whether a condition holds in the running cycle, by the book.
fn is_due(condition: Condition, book: &Book, now: i64) -> bool {
    let Some(cycle) = book.running() else { return false };
    match condition {
        Condition::DaysLeft(days) => {
            let seconds = i64::from(days) * 86_400;
            seconds < cycle.length && now + seconds >= cycle.starts_at + cycle.length
        }
        Condition::HoursLeft(hours) => {
            let seconds = i64::from(hours) * 3_600;
            seconds < cycle.allowance && cycle.allowance - cycle.used <= seconds
        }
        Condition::UsedPercent(percent) => cycle.used * 100 >= cycle.allowance * i64::from(percent),
        Condition::Ended => false,
    }
}
