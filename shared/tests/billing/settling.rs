//! Money that arrives between two observations: no second is lost to it, none is counted twice.

use crate::tenants::{FAR, after, all_the_time, open, order, paid, start, take, terms};
use shared::billing::event::Event;
use shared::billing::ledger::{Entry, Journal, JournalError, LedgerAccount, payment_received};
use shared::billing::proof::Line;
use shared::billing::state::{Billing, Tenant};
use shared::billing::step::{Refusal, step};
use shared::billing::terms::Terms;
use shared::billing::usage::{Seen, Window};
use shared::money::{Currency, Money, MoneyError};
use shared::time::{DAY, HOUR, Span};

const UP: Event = all_the_time(Seen::Up);

fn uncapped() -> Terms {
    terms(|t| (t.included_hours, t.daily_cap_hours, t.grace_hours) = (24, None, 10))
}

fn used(tenant: &Tenant) -> (u32, i64) {
    tenant.billing.cycle().map_or((0, 0), |cycle| (cycle.number, cycle.used_seconds))
}

// Harm prevented: whoever pays every few minutes is never metered, or is metered twice for those minutes.
#[test]
fn paying_early_leaves_the_last_minutes_to_the_next_observation() {
    let tenant = after(&open(&uncapped(), 0), &UP, start().plus(HOUR));
    let step = take(&tenant, &paid(2, &uncapped()), start().plus(2 * HOUR));
    assert_eq!((step.tenant.accounted_until, step.windows.len()), (Some(start().plus(HOUR)), 0));
    assert_eq!(used(&after(&step.tenant, &UP, start().plus(3 * HOUR))), (1, 3 * HOUR));
}

// Harm prevented: the hours ran out a moment before the payment, nobody had looked yet, and service is interrupted.
#[test]
fn hours_that_run_out_unseen_before_an_early_payment_go_on_in_the_new_cycle() {
    let tenant = after(&open(&uncapped(), 0), &UP, start().plus(23 * HOUR));
    let settled = after(&tenant, &paid(2, &uncapped()), start().plus(25 * HOUR));
    let looked = take(&settled, &UP, start().plus(26 * HOUR));
    assert_eq!((looked.ended[0].at, looked.ended[0].cycle.used_seconds), (start().plus(DAY), 24 * HOUR));
    assert_eq!(used(&looked.tenant), (2, 2 * HOUR));
    assert!(looked.effects.is_empty());
}

// Harm prevented: hours of service in grace are for nothing, are charged to the cycle that is over, or counted twice.
#[test]
fn what_was_used_in_grace_belongs_to_the_new_cycle_once() {
    let in_grace = after(&open(&uncapped(), 0), &UP, start().plus(27 * HOUR));
    let hours =
        |from: i64, to: i64| Window::plain(Span::new(start().plus(from * HOUR), start().plus(to * HOUR)), Seen::Up);
    let settle = |since_end| {
        let event = Event::RenewalSettled { order_id: order(2), terms: uncapped(), since_end };
        after(&in_grace, &event, start().plus(28 * HOUR))
    };
    assert_eq!(used(&settle(vec![])), (2, 0));
    assert_eq!(used(&settle(vec![hours(24, 27)])), (2, 3 * HOUR));
    assert_eq!(used(&settle(vec![hours(20, 26), hours(26, 28)])), (2, 3 * HOUR), "more than there is");
    assert_eq!(used(&settle(vec![hours(24, 26), hours(24, 26), hours(25, 27)])), (2, 3 * HOUR), "the same twice");
    let next = after(&settle(vec![hours(24, 27)]), &UP, start().plus(29 * HOUR));
    assert_eq!(used(&next), (2, 5 * HOUR), "the hour around the settlement is metered by the next observation");
}

// Harm prevented: a cycle that ended while nobody looked is prolonged by a payment, instead of followed by a new one.
#[test]
fn a_payment_after_the_days_finds_the_cycle_over() {
    let plan = terms(|_| ());
    let now = start().plus(30 * DAY);
    let on_time = take(&open(&plan, 0), &paid(2, &plan), now.plus(-1));
    assert!(on_time.ended.is_empty());
    assert_eq!(on_time.tenant.billing.queued().len(), 1);
    let late = take(&open(&plan, 0), &paid(2, &plan), now);
    assert_eq!((late.ended.len(), late.ended[0].at), (1, now));
    assert_eq!(late.tenant.billing.cycle().map(|cycle| (cycle.number, cycle.starts_at)), Some((2, now)));
}

// Harm prevented: an honest bill fails its own proof, because the time before a late payment is kept and was not sealed.
#[test]
fn what_a_late_payment_records_is_in_the_proof_of_the_new_cycle() {
    let plan = terms(|t| t.grace_hours = 10);
    let (end, now) = (start().plus(30 * DAY), start().plus(30 * DAY + 5 * HOUR));
    let late = take(&open(&plan, 0), &paid(2, &plan), now);
    assert_eq!(late.windows.len(), 1, "nobody has looked since the beginning");
    let of_the_new: Vec<&Line> = late.lines.iter().filter(|(number, _)| *number == 2).map(|(_, line)| line).collect();
    let since = Line::window(&Window::plain(Span::new(end, now), Seen::Unknown));
    assert_eq!(of_the_new[1..], [&since]);
}

// Harm prevented: the gateway's notice, the browser's return and the sweeper all settle one order: three cycles.
#[test]
fn an_order_buys_one_cycle_whatever_state_it_meets_again() {
    let plan = uncapped();
    let queued = open(&plan, 2);
    assert_eq!(step(&queued, &paid(4, &plan), start()), Err(Refusal::QueueFull));
    for n in 1..=3 {
        assert_eq!(step(&queued, &paid(n, &plan), start()), Err(Refusal::AlreadyBought), "it runs or waits");
    }
    let in_grace = after(&open(&plan, 0), &UP, start().plus(25 * HOUR));
    assert!(matches!(in_grace.billing, Billing::Grace { .. }));
    assert_eq!(step(&in_grace, &paid(1, &plan), start().plus(25 * HOUR)), Err(Refusal::AlreadyBought));
    let expired = after(&in_grace, &UP, start().plus(FAR));
    assert_eq!(step(&expired, &paid(1, &plan), start().plus(FAR)), Err(Refusal::AlreadyBought));
}

// Harm prevented: an amount without a counterpart in 64 bits makes a journal that does not balance.
#[test]
fn a_journal_balances_or_is_refused() {
    let bdt = |minor| Money::new(minor, Currency::Bdt);
    assert_eq!(payment_received(bdt(i64::MIN), bdt(0), bdt(i64::MIN)), Err(JournalError::Money(MoneyError::Overflow)));
    for minor in [i64::MAX, 1, 0, -1] {
        let sum: i64 =
            payment_received(bdt(minor), bdt(0), bdt(minor)).unwrap().entries().iter().map(|it| it.amount.minor).sum();
        assert_eq!(sum, 0);
    }
    let one = |account, minor, currency| Entry { account, amount: Money::new(minor, currency) };
    let (cash, revenue) = (LedgerAccount::GatewayCash, LedgerAccount::Revenue);
    let off = [one(cash, 100, Currency::Bdt), one(revenue, -99, Currency::Bdt)];
    assert_eq!(Journal::new(off), Err(JournalError::Unbalanced));
    let two_currencies = [one(cash, 100, Currency::Bdt), one(revenue, -100, Currency::Usd)];
    assert_eq!(Journal::new(two_currencies), Err(JournalError::Unbalanced), "a hundred taka are not a hundred dollars");
}

// Harm prevented: the seconds between the last look and a payment that closes the panel are neither recorded nor
// accounted, so that the next cycle's bill cannot be rebuilt.
#[test]
fn a_cycle_that_is_used_up_when_it_is_paid_leaves_no_second_unaccounted() {
    let ends_in_grace = terms(|t| (t.included_hours, t.daily_cap_hours, t.grace_hours) = (2, None, 10));
    let in_grace = after(&open(&ends_in_grace, 0), &UP, start().plus(6 * HOUR));
    let now = start().plus(7 * HOUR);
    let since_end = vec![Window::plain(Span::new(start(), start().plus(6 * HOUR)), Seen::Up)];
    let no_grace = terms(|t| (t.included_hours, t.daily_cap_hours) = (2, None));
    let step = take(&in_grace, &Event::RenewalSettled { order_id: order(2), terms: no_grace, since_end }, now);
    assert!(matches!(&step.tenant.billing, Billing::Expired { ended } if ended.at == start().plus(4 * HOUR)));
    assert_eq!((step.tenant.accounted_until, step.tenant.panel_since), (Some(now), now));
    assert_eq!(step.windows.iter().map(|w| (w.seen, w.span.seconds())).collect::<Vec<_>>(), [(Seen::Unknown, HOUR)]);
}
