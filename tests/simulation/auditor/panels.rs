//! Panels, their cycles and windows, as the database has them: judged after every story that touched one.

use super::book::{Book, Bought, Cycle, Deed, Facts, Look, Standing};
use super::moves::{Promise, lead, places, promised};
use super::papers::CorrectionRow;
use super::prices::{Measured, taxed};
use super::rows::{AuditRow, CycleRow, OrderRow, PromiseRow, TenantRow, WindowRow};
use super::rules::Rules;
use super::violation::{Found, hold};
use crate::replay::Reached;
use crate::world::host::HostTruth;
use shared::api::tenants::{EndedReason, PanelStatus};
use shared::billing::gauge::Sample;
use shared::billing::terms::Terms;
use shared::billing::usage::Seen;
use std::collections::BTreeSet;

/// What the auditor knows of one panel.
#[derive(Debug)]
pub(crate) struct PanelWatch {
    /// As it was when it was looked at last.
    pub(crate) row: TenantRow,
    /// The auditor's own account of it.
    pub(crate) book: Book,
    /// Somebody has asked for its removal.
    pub(crate) may_go: bool,
    /// Up to here, cycles were compared and cannot change any more.
    compared: usize,
    settled: BTreeSet<String>,
    corrected: BTreeSet<String>,
    /// Reminders that were given: cycle, what was said.
    reminded: BTreeSet<(u32, (String, i64))>,
    /// How many cycles had begun before the last story.
    begun: usize,
    diary: Vec<Entry>,
}

/// One change, as it is entered once more at the end; its windows are then read anew.
#[derive(Debug)]
struct Entry {
    now: i64,
    was_active: bool,
    from: Option<i64>,
    to: Option<i64>,
    bought: Option<Bought>,
    deed: Option<Deed>,
}

/// What one story changed.
pub(crate) struct Change<'a> {
    pub(crate) after: &'a TenantRow,
    pub(crate) windows: &'a [WindowRow],
    pub(crate) cycles: &'a [CycleRow],
    pub(crate) orders: &'a [OrderRow],
    pub(crate) corrections: &'a [CorrectionRow],
    /// Orders of which all that was charged goes back since this story.
    pub(crate) refunded: &'a [String],
    /// The terms of its trial, if it is on one.
    pub(crate) trial: Option<&'a str>,
    pub(crate) audit: &'a [&'a AuditRow],
    pub(crate) promises: &'a [&'a PromiseRow],
    pub(crate) host: &'a HostTruth,
    /// The latest instant that any clock ever showed.
    pub(crate) latest: i64,
    /// How far back one look speaks.
    pub(crate) reach: i64,
}

impl PanelWatch {
    /// A panel that was just ordered.
    pub(crate) fn new(row: TenantRow) -> Self {
        let (settled, corrected, reminded) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        Self {
            row,
            book: Book::default(),
            may_go: false,
            compared: 0,
            settled,
            corrected,
            reminded,
            begun: 0,
            diary: vec![],
        }
    }

    /// Judges what a story changed.
    pub(crate) fn look(&mut self, found: &mut Found, change: &Change<'_>, reached: &mut Reached) {
        self.invariant_3(found, change);
        self.invariant_9(found, change);
        self.enter(found, change);
        self.invariant_4(found, change);
        self.invariant_5(found, change);
        self.reminders(found, change);
        self.invariant_8(found, change);
        for (before, after, axis) in
            [(&self.row.panel, &change.after.panel, "panel"), (&self.row.billing, &change.after.billing, "billing")]
        {
            if before != after {
                reached.count(&format!("{axis} {after}"));
            }
        }
        self.row = change.after.clone();
    }

    /// Each second at most once, each second of an active panel, and none that has not come yet.
    fn invariant_3(&self, found: &mut Found, change: &Change<'_>) {
        let (before, after) = (self.row.accounted_until, change.after.accounted_until);
        let mut reached = before;
        for window in change.windows {
            let follows = reached == Some(window.from) && window.from < window.to;
            hold(found, 3, follows, || format!("{window:?}, and everything until {reached:?} was accounted for"));
            reached = Some(window.to);
        }
        let covered = if self.row.is_active() { after } else { before };
        hold(found, 3, reached == covered, || {
            format!("windows reach to {reached:?}, not {covered:?}: {:?}", change.after)
        });
        let latest = change.latest + change.after.ahead;
        let forwards = before <= after && after.is_none_or(|it| it <= latest);
        hold(found, 3, forwards, || format!("accounted until {before:?}, then {after:?}; it is {latest}"));
    }

    /// What the host did not say is not billed, and panels are not removed because of it.
    fn invariant_9(&self, found: &mut Found, change: &Change<'_>) {
        // An account's own clock was moved: one look speaks for all that was skipped.
        let skipped = change.after.ahead - self.row.ahead;
        for window in change.windows {
            let seen = match window.seen.as_str() {
                "up" => Seen::Up,
                "down" => Seen::Down,
                _ => Seen::Unknown,
            };
            let sample = Sample { users: window.users, storage_bytes: window.bytes };
            let asked_at = window.to - change.after.ahead;
            let earliest = if skipped > 0 { asked_at - 10 * 86_400 } else { asked_at };
            let name = &change.after.subdomain;
            let mut said = change.host.said.range((name.clone(), earliest)..=(name.clone(), asked_at));
            let honest = if seen == Seen::Unknown {
                sample == Sample::default()
            } else {
                said.any(|it| it.1.contains(&(seen, sample))) && window.to - window.from <= change.reach + skipped
            };
            hold(found, 9, honest, || format!("{window:?}, and the host never said so"));
        }
        let gone = matches!(change.after.panel.as_str(), "deleting" | "deleted");
        hold(found, 9, !gone || self.may_go, || format!("nobody asked for its removal: {:?}", change.after));
    }

    fn enter(&mut self, found: &mut Found, change: &Change<'_>) {
        let new: Vec<&OrderRow> =
            change.orders.iter().filter(|it| it.settled_at.is_some() && !self.settled.contains(&it.id)).collect();
        hold(found, 2, new.len() <= 1, || format!("settled at once: {new:?}"));
        let order = new.first();
        let renewal = order.filter(|it| it.upgrade.is_none());
        if let Some(order) = order {
            self.settled.insert(order.id.clone());
            let next = order.upgrade.map_or(self.row.next_number, |upgrade| upgrade.cycle_number.into());
            hold(found, 2, order.cycle_number == Some(next), || format!("bought cycle {next}, it says: {order:?}"));
        }
        let terms = |text: &str| serde_json::from_str::<Terms>(text).ok();
        let trial = change.trial.filter(|_| self.row.billing == "none").and_then(terms);
        let trial = trial.map(|terms| Bought { order: None, rules: Rules::trial(&terms) });
        let bought =
            renewal.and_then(|it| Some(Bought { order: Some(it.id.clone()), rules: Rules::paid(&terms(&it.terms)?) }));
        let bought = bought.or(trial);
        let grew = change.after.next_number > self.row.next_number;
        hold(found, 2, grew == bought.is_some(), || format!("{:?}, paid for {bought:?}", change.after));
        let settled = self.row.accounted_until.unwrap_or_default().max(self.row.since);
        let since = change.after.accounted_until.filter(|_| order.is_none());
        let now = order.and_then(|it| it.settled_at).or(since).unwrap_or_default().max(settled);
        let entry = Entry {
            now,
            was_active: self.row.is_active(),
            from: self.row.accounted_until,
            to: change.after.accounted_until,
            deed: self.deed(found, change, order.copied()),
            bought,
        };
        self.begun = self.book.cycles.len();
        self.book.enter(entry.facts(&looks(change.windows)));
        let (next, mine) = (change.after.next_number, i64::from(self.book.next_number));
        hold(found, 2, next == mine, || format!("the next cycle is number {next}, by the book {mine}"));
        self.diary.push(entry);
    }

    /// The number of the last cycle that was compared and cannot change any more.
    pub(crate) fn known(&self) -> u32 {
        self.compared.checked_sub(1).map_or(0, |last| self.book.cycles[last].number)
    }

    /// What else was done: an upgrade was paid, usage was taken back, a cycle that waited was refunded, the customer
    /// cancelled or thought again.
    fn deed(&mut self, found: &mut Found, change: &Change<'_>, order: Option<&OrderRow>) -> Option<Deed> {
        let new: Vec<&CorrectionRow> =
            change.corrections.iter().filter(|it| !self.corrected.contains(&it.id)).collect();
        hold(found, 6, new.len() <= 1, || format!("corrected at once: {new:?}"));
        self.corrected.extend(new.iter().map(|it| it.id.clone()));
        if let Some((order, upgrade)) = order.and_then(|it| Some((it, it.upgrade?))) {
            let terms: Terms = serde_json::from_str(&order.terms).ok()?;
            let rules = Rules::paid(&terms);
            let share = (0..=upgrade.of_seconds).contains(&upgrade.left_seconds);
            hold(found, 7, share, || format!("an upgrade of more than there is: {upgrade:?}"));
            return Some(Deed::Upgraded {
                order: order.id.clone(),
                number: upgrade.cycle_number,
                allowance_added: upgrade.allowance_added_seconds,
                paid_added: taxed(rules.vat, upgrade.price.minor).net,
                rules,
            });
        }
        if let Some(correction) = new.first() {
            let less = self.book.without(correction.from, correction.to);
            let lowers = less.is_none_or(|less| less <= self.book.charged()) && correction.taken_back > 0;
            hold(found, 8, lowers && correction.seen != "up", || format!("it takes nothing back: {correction:?}"));
            return Some(Deed::Corrected(correction.from, correction.to));
        }
        let waits = |order: &&String| self.book.queue.iter().any(|it| it.1.order.as_ref() == Some(order));
        if let Some(order) = change.refunded.iter().find(waits) {
            return Some(Deed::Withdrawn(order.clone()));
        }
        let flipped = change.after.cancelled != self.row.cancelled && order.is_none();
        flipped.then_some(Deed::Cancelled(change.after.cancelled))
    }

    /// Each reminder at most once a cycle. After an upgrade others may be due.
    fn reminders(&mut self, found: &mut Found, change: &Change<'_>) {
        let running = self.book.running().filter(|it| it.upgraded.is_none()).map(|it| it.number);
        for promise in change.promises {
            if let (Some(number), Some(notice)) = (running, &promise.notice) {
                let first = self.reminded.insert((number, notice.clone()));
                hold(found, 6, first, || format!("reminded twice in cycle {number}: {promise:?}"));
            }
        }
    }

    /// In service only while something is paid, as far as it is accounted for.
    fn invariant_4(&self, found: &mut Found, change: &Change<'_>) {
        let after = change.after;
        let standing = self.book.standing;
        let serves = matches!(after.panel.as_str(), "active" | "stopped");
        hold(found, 4, !(serves || after.is_being_started()) || self.book.is_paid(), || {
            format!("{} while {standing:?}", after.panel)
        });
    }

    /// Closed for billing only while nothing is paid, or while somebody still has the promise to open it.
    pub(crate) fn invariant_4_closed(&self, found: &mut Found, is_to_be_opened: bool) {
        let standing = self.book.standing;
        let waits = standing == Standing::Over || is_to_be_opened;
        let closed = is_closed_for_billing(&self.row);
        hold(found, 4, !closed || waits, || format!("closed for billing while {standing:?}, and no one is to open it"));
        hold(found, 4, !self.row.is_being_started() || is_to_be_opened, || {
            "it is being started, and no one is to open it".to_owned()
        });
    }

    /// Every change has its audit row, and what the world must hear of its promise.
    fn invariant_5(&self, found: &mut Found, change: &Change<'_>) {
        let rows = |what: &str| -> Vec<(&str, &str)> {
            let rows = change.audit.iter().filter(|row| row.what == what);
            rows.map(|row| (row.from.as_deref().unwrap_or_default(), row.to.as_deref().unwrap_or_default())).collect()
        };
        let panel = rows("panel_moved");
        let ways = [
            lead(self.row.panel.as_str(), change.after.panel.as_str(), &panel),
            lead(self.row.billing.as_str(), change.after.billing.as_str(), &rows("billing_moved")),
        ];
        for way in ways {
            hold(found, 5, way.is_ok(), || way.clone().err().unwrap_or_default());
        }
        let panel: Vec<_> = panel.iter().filter_map(|(from, to)| Some((status(from)?, status(to)?))).collect();
        for (from, to) in places(&panel, self.row.suspended(), change.after.suspended()) {
            for promise in promised(from, to) {
                let kept = change.promises.iter().any(|it| it.effect == effect(*promise));
                hold(found, 5, kept, || format!("{from:?} -> {to:?} without the promise {promise:?}"));
            }
        }
        let (began, new) = (rows("cycle_started").len(), self.book.cycles.len() - self.begun);
        hold(found, 5, began == new, || format!("{new} cycles began, and {began} audit rows say so"));
    }

    /// The cycles are those of the auditor's own book.
    fn invariant_8(&mut self, found: &mut Found, change: &Change<'_>) {
        compare(found, &self.book, change.after, change.cycles, self.compared);
        let over = self.book.cycles[self.compared..].iter().take_while(|it| it.ended.is_some()).count();
        // The last one that ended is looked at once more: it must stay as it is.
        self.compared = (self.compared + over).saturating_sub(1);
    }

    /// Everything once more from the beginning, from the windows and cycles that are in the database now. What happened
    /// until `now`, a tick and a lease ago, must have been noticed.
    pub(crate) fn at_the_end(&self, found: &mut Found, windows: &[WindowRow], cycles: &[CycleRow], now: i64) {
        let apart = windows.windows(2).all(|pair| pair[0].to <= pair[1].from);
        hold(found, 3, apart, || format!("windows of {} overlap", self.row.id));
        let now = now + self.row.ahead;
        let mut book = Book::default();
        for entry in &self.diary {
            let within = |it: &&WindowRow| entry.from.is_some_and(|from| it.from >= from) && Some(it.to) <= entry.to;
            let of_it: Vec<WindowRow> = windows.iter().filter(within).cloned().collect();
            book.enter(entry.facts(&looks(&of_it)));
        }
        compare(found, &book, &self.row, cycles, 0);
        let closed = is_closed_for_billing(&self.row);
        let over = book.standing == Standing::Over;
        let may_be = |panel: &str| matches!(panel, "active" | "stopped" | "suspended");
        let right = !may_be(&self.row.panel) || self.row.reason.as_deref() == Some("by_operator") || closed == over;
        hold(found, 4, right, || format!("{:?} in calm times, while {:?}", self.row, book.standing));
        let late = book.is_over_by(now) || (self.row.is_active() && self.row.accounted_until < Some(now));
        hold(found, 4, !late, || {
            format!("nobody looks: it is past {now}, and {:?} while {:?}", self.row, book.standing)
        });
    }
}

impl Entry {
    fn facts<'a>(&self, looks: &'a [Look]) -> Facts<'a> {
        let (bought, deed) = (self.bought.clone(), self.deed.clone());
        Facts { now: self.now, was_active: self.was_active, looks, horizon: self.to, bought, deed }
    }
}

fn looks(windows: &[WindowRow]) -> Vec<Look> {
    let look = |it: &WindowRow| {
        let WindowRow { from, to, users, bytes, .. } = *it;
        Look { up: it.seen == "up", measured: Measured { from, to, users, bytes } }
    };
    windows.iter().map(look).collect()
}

fn is_closed_for_billing(row: &TenantRow) -> bool {
    row.panel == "suspended" && row.reason.as_deref() == Some("billing_expired")
}

/// The status of a word.
pub(crate) fn status(word: &str) -> Option<PanelStatus> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

const fn effect(promise: Promise) -> &'static str {
    match promise {
        Promise::SetUp => "set_up_panel",
        Promise::Close => "close_panel",
        Promise::Open => "open_panel",
        Promise::Remove => "remove_panel",
        Promise::Tell => "notify",
    }
}

/// The row that a cycle of the book must have.
fn row_of(cycle: &Cycle) -> CycleRow {
    let reason = |reason| match reason {
        EndedReason::HoursUsedUp => "hours_used_up",
        EndedReason::TimeElapsed => "time_elapsed",
    };
    CycleRow {
        number: cycle.number.into(),
        order_id: cycle.bought.order.clone(),
        phase: if cycle.ended.is_some() { "ended" } else { "running" }.to_owned(),
        starts_at: Some(cycle.starts_at),
        ends_at: Some(cycle.starts_at + cycle.length),
        used: cycle.used,
        overage: cycle.overage,
        allowance: Some(cycle.allowance),
        paid: Some(cycle.paid),
        upgraded_by: cycle.upgraded.clone(),
        ended_at: cycle.ended.map(|(at, _)| at),
        ended_reason: cycle.ended.map(|(_, why)| reason(why).to_owned()),
    }
}

/// Compares the cycles after the first `known`, and what the tenant's row says of them.
fn compare(found: &mut Found, book: &Book, row: &TenantRow, cycles: &[CycleRow], known: usize) {
    let mut mine: Vec<CycleRow> = book.cycles[known..].iter().map(row_of).collect();
    mine.extend(book.queue.iter().map(|(number, bought)| CycleRow {
        number: (*number).into(),
        order_id: bought.order.clone(),
        phase: "queued".to_owned(),
        starts_at: None,
        ends_at: None,
        used: 0,
        overage: 0,
        allowance: None,
        paid: None,
        upgraded_by: None,
        ended_at: None,
        ended_reason: None,
    }));
    hold(found, 8, mine == cycles, || format!("cycles {cycles:?},\n    by the book {mine:?}"));
    let (billing, grace_until) = match book.standing {
        Standing::Nothing => ("none", None),
        Standing::Running if book.cycles.last().is_some_and(|it| it.bought.order.is_none()) => ("trial", None),
        Standing::Running => ("active", None),
        Standing::Grace { until } => ("grace", Some(until)),
        Standing::Over => ("expired", None),
    };
    let same = row.billing == billing && row.grace_until == grace_until && row.cancelled == book.cancelled;
    hold(found, 8, same, || format!("{row:?}, by the book {billing} until {grace_until:?}"));
}
