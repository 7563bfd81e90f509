//! Rule 8: whole minor units, one rounding a line, and nothing lost: what was paid is earned day by day, and journals
//! sum to zero.

use crate::story::{Act, Story, bdt, overage, plan, start, story};
use shared::api::invoices::LineView;
use shared::billing::event::Event;
use shared::billing::ledger::{
    Entry, Journal, JournalError, LedgerAccount, charges_accrued, credit_applied, credit_note_issued, credit_released,
    fee_corrected, invoice_issued, payment_accepted, payment_credited, payment_held, payment_received, refund_paid,
    refund_requested, refund_returned, revenue_earned,
};
use shared::billing::order::{renewal_lines, totals};
use shared::billing::terms::Terms;
use shared::billing::usage::Seen;
use shared::billing::vat::Vat;
use shared::money::{Currency, Money, MoneyError};
use shared::time::{DAY, HOUR};

/// Which cycle earned what, and at the end of which of its days.
fn earned(story: &Story) -> Vec<(u32, i64, i64)> {
    story.earned.iter().map(|it| (it.cycle_number, it.at.seconds_since(start()) / DAY, it.amount.minor)).collect()
}

fn sum(story: &Story, cycle: u32) -> i64 {
    story.earned.iter().filter(|it| it.cycle_number == cycle).map(|it| it.amount.minor).sum()
}

/// Five days, 60 h, at 1,000.00.
fn five_days() -> Terms {
    plan(|t| (t.price, t.cycle_days, t.included_hours, t.early_renewal_days) = (bdt(100_000), 5, 60, 5))
}

// Harm prevented: revenue is booked when it is paid, at the wrong day, or not to the poisha.
#[test]
fn revenue_is_earned_day_by_day_in_proportion_to_hours() {
    let thirds = Terms { price: bdt(100), cycle_days: 3, included_hours: 36, early_renewal_days: 3, ..plan(|_| ()) };
    let up = |hours: i64| Act::Up(hours * HOUR);
    let down = |hours: i64| Act::Down(hours * HOUR);
    for (name, plan, acts, expected) in [
        ("not before a day is over", five_days(), vec![Act::Up(DAY - 1)], vec![]),
        ("12 of 60 h", five_days(), vec![Act::Up(DAY)], vec![(1, 1, 20_000)]),
        (
            "always on",
            five_days(),
            vec![Act::Up(5 * DAY)],
            vec![(1, 1, 20_000), (1, 2, 20_000), (1, 3, 20_000), (1, 4, 20_000), (1, 5, 20_000)],
        ),
        (
            "6 h, 3 h, nothing, and what is left at the end",
            five_days(),
            vec![up(6), down(18), up(3), down(93)],
            vec![(1, 1, 10_000), (1, 2, 5_000), (1, 5, 85_000)],
        ),
        ("never on: all at the end", five_days(), vec![Act::Down(5 * DAY)], vec![(1, 5, 100_000)]),
        ("stopped: all at the end", five_days(), vec![Act::Rests(5 * DAY)], vec![(1, 5, 100_000)]),
        ("a third is 33, two are 67", thirds, vec![Act::Up(3 * DAY)], vec![(1, 1, 33), (1, 2, 34), (1, 3, 33)]),
        (
            "hours gone early",
            Terms { daily_cap_hours: None, ..five_days() },
            vec![Act::Up(3 * DAY)],
            vec![(1, 1, 40_000), (1, 2, 40_000), (1, 2, 20_000)],
        ),
        (
            "without VAT",
            Terms { vat: Vat::Inclusive { basis_points: 2_500 }, ..five_days() },
            vec![Act::Up(DAY)],
            vec![(1, 1, 16_000)],
        ),
        (
            "a correction takes it back",
            five_days(),
            vec![Act::Up(DAY), Act::Corrects(0, 18 * HOUR, Seen::Down), down(24)],
            vec![(1, 1, 20_000), (1, 2, -10_000)],
        ),
        ("overage is no part of it", overage(5, 24, 10_000), vec![Act::Up(2 * DAY)], vec![(1, 1, 250_000)]),
    ] {
        assert_eq!(earned(&story(&plan, &acts)), expected, "{name}");
    }
}

// Harm prevented: what was used in grace is booked days later because the panel was stopped in between.
#[test]
fn a_cycle_that_was_paid_in_grace_has_earned_on_its_own_days() {
    let ten = plan(|t| (t.included_hours, t.daily_cap_hours, t.grace_hours) = (10, None, 48));
    // From 10 h on in grace: 3 h up, stopped over the end of the new cycle's first day, 1 h up.
    let grace = [Act::Up(13 * HOUR), Act::Rests(23 * HOUR), Act::Up(HOUR)];
    let paid = story(&ten, &grace).then(&[Act::Pays(ten)]);
    let second: Vec<_> = paid.earned.iter().filter(|it| it.cycle_number == 2).collect();
    assert_eq!(second.len(), 1);
    assert_eq!((second[0].at.seconds_since(start()), second[0].amount.minor), (34 * HOUR, 75_000), "3 of 10 h");
}

// Harm prevented: something of what was paid is never earned, or is earned twice.
#[test]
fn at_the_end_of_a_cycle_all_that_was_paid_is_earned() {
    let pays = || Act::Pays(five_days());
    let odd = Terms { price: bdt(99_991), cycle_days: 5, ..five_days() };
    let dearer = Terms { price: bdt(177_777), included_hours: 90, daily_cap_hours: None, ..five_days() };
    let grace = Terms { grace_hours: 60, ..five_days() };
    let wrong = Act::Corrects(0, 9 * HOUR, Seen::Unknown);
    for (name, plan, acts, cycle, paid) in [
        ("odd figures", odd, vec![Act::Up(5 * DAY)], 1, 99_991),
        ("the next cycle for itself", five_days(), vec![pays(), Act::Up(10 * DAY)], 2, 100_000),
        ("paid in grace, days later", grace, vec![Act::Up(7 * DAY), pays(), Act::Up(3 * DAY)], 2, 100_000),
        // 3 of 5 days and 36 of 60 h are left: 0.6 × 77,777 = 46,666.2.
        ("upgraded", five_days(), vec![Act::Up(2 * DAY), Act::Upgrades(dearer), Act::Up(3 * DAY)], 1, 146_666),
        ("corrected", five_days(), vec![Act::Up(2 * DAY), wrong, Act::Up(3 * DAY)], 1, 100_000),
        ("removed", five_days(), vec![Act::Does(Event::DeletionRequested), Act::Waits(5 * DAY)], 1, 100_000),
        (
            "suspended by the operator",
            five_days(),
            vec![Act::Up(DAY), Act::Does(Event::SuspendedByOperator { message: "abuse".into() }), Act::Waits(4 * DAY)],
            1,
            100_000,
        ),
    ] {
        let got = story(&plan, &acts);
        assert_eq!(sum(&got, cycle), paid, "{name}: {:?}", earned(&got));
    }
}

// Harm prevented: the day of an upgrade is booked with the old price, or the upgrade's money is not earned by hours.
#[test]
fn an_upgrade_is_earned_over_what_is_left() {
    let dearer = Terms { price: bdt(200_000), included_hours: 120, daily_cap_hours: None, ..five_days() };
    let got = story(&five_days(), &[Act::Up(DAY), Act::Upgrades(dearer), Act::Up(DAY), Act::Down(3 * DAY)]);
    // 0.8 × 1,000.00 and 48 h more: 1,800.00 for 108 h, of which 12 h and 24 h are used.
    assert_eq!(earned(&got), [(1, 1, 20_000), (1, 2, 40_000), (1, 5, 120_000)]);
}

fn entries(journal: Result<Journal, JournalError>) -> Vec<(LedgerAccount, i64)> {
    let journal = journal.unwrap();
    let all: Vec<_> = journal.entries().iter().map(|it: &Entry| (it.account, it.amount.minor)).collect();
    assert_eq!(all.iter().map(|it| it.1).sum::<i64>(), 0, "{all:?}");
    all
}

// Harm prevented: the books do not balance, or money stands in the wrong account.
#[test]
fn every_journal_sums_to_zero_and_says_what_moved() {
    use LedgerAccount as Of;
    let plan = Terms { vat: Vat::Exclusive { basis_points: 1_500 }, ..overage(2, 24, 10_000) };
    let postpaid: Vec<LineView> = story(&plan, &[Act::Up(26 * HOUR), Act::Down(2 * DAY)]).postpaid;
    let order = renewal_lines("Standard", &plan, 2, &postpaid).unwrap();
    let (invoice, accrued) = (invoice_issued(&order, Currency::Bdt), charges_accrued(&postpaid, Currency::Bdt));
    for (name, journal, expected) in [
        ("extra hours, used and not billed", accrued, vec![(Of::Receivable, 20_000), (Of::Revenue, -20_000)]),
        // 2,500.00 and 200.00 with 15 %, of which 200.00 is receivable already.
        (
            "an invoice",
            invoice,
            vec![(Of::Receivable, 290_500), (Of::DeferredRevenue, -250_000), (Of::TaxPayable, -40_500)],
        ),
        (
            "its payment",
            payment_received(bdt(310_500), bdt(6_210), bdt(310_500)),
            vec![(Of::GatewayCash, 304_290), (Of::GatewayFees, 6_210), (Of::Receivable, -310_500)],
        ),
        (
            "a payment without fee",
            payment_received(bdt(100), bdt(0), bdt(100)),
            vec![(Of::GatewayCash, 100), (Of::Receivable, -100)],
        ),
        (
            "a payment for nothing",
            payment_credited(bdt(100), bdt(2)),
            vec![(Of::GatewayCash, 98), (Of::GatewayFees, 2), (Of::CustomerCredit, -100)],
        ),
        ("hours used", revenue_earned(bdt(7)), vec![(Of::DeferredRevenue, 7), (Of::Revenue, -7)]),
        ("hours given back", revenue_earned(bdt(-7)), vec![(Of::DeferredRevenue, -7), (Of::Revenue, 7)]),
        (
            "a credit note",
            credit_note_issued(bdt(1_000), bdt(150), bdt(0)),
            vec![(Of::Revenue, 1_000), (Of::TaxPayable, 150), (Of::CustomerCredit, -1_150)],
        ),
        (
            "a credit note for a cycle that never began, and for extra hours",
            credit_note_issued(bdt(1_000), bdt(150), bdt(900)),
            vec![(Of::Revenue, 100), (Of::DeferredRevenue, 900), (Of::TaxPayable, 150), (Of::CustomerCredit, -1_150)],
        ),
        ("nothing", revenue_earned(bdt(0)), vec![]),
    ] {
        assert_eq!(entries(journal), expected, "{name}");
    }
    assert_eq!(totals(&order, Currency::Bdt).unwrap().gross, bdt(310_500), "what the invoice asks for");
}

// Harm prevented: an account is stored under one name and reported under another, so that its sums are not found.
#[test]
fn every_account_has_one_name() {
    let names = LedgerAccount::ALL.map(LedgerAccount::name);
    let written = LedgerAccount::ALL.map(|account| serde_json::to_value(account).unwrap());
    assert_eq!(written.each_ref().map(|name| name.as_str().unwrap()), names);
    let expected = [
        "receivable",
        "gateway_cash",
        "gateway_fees",
        "deferred_revenue",
        "revenue",
        "tax_payable",
        "customer_credit",
        "held_payments",
        "refunds_pending",
    ];
    assert_eq!(names, expected);
}

// Harm prevented: money that is held, credit or on its way back stands in the wrong account, or nowhere.
#[test]
fn money_that_settles_nothing_is_somewhere() {
    use LedgerAccount as Of;
    for (name, journal, expected) in [
        (
            "a payment of more than was due",
            payment_received(bdt(100), bdt(2), bdt(70)),
            vec![(Of::GatewayCash, 98), (Of::GatewayFees, 2), (Of::Receivable, -70), (Of::CustomerCredit, -30)],
        ),
        (
            "a charge that is held",
            payment_held(bdt(100), bdt(2)),
            vec![(Of::GatewayCash, 98), (Of::GatewayFees, 2), (Of::HeldPayments, -100)],
        ),
        (
            "a held charge, accepted for an order",
            payment_accepted(bdt(100), bdt(100)),
            vec![(Of::HeldPayments, 100), (Of::Receivable, -100)],
        ),
        (
            "a held charge, accepted as credit",
            payment_accepted(bdt(100), bdt(0)),
            vec![(Of::HeldPayments, 100), (Of::CustomerCredit, -100)],
        ),
        ("credit, used", credit_applied(bdt(9)), vec![(Of::CustomerCredit, 9), (Of::Receivable, -9)]),
        ("credit, free again", credit_released(bdt(9)), vec![(Of::Receivable, 9), (Of::CustomerCredit, -9)]),
        (
            "a refund of credit",
            refund_requested(bdt(5), Of::CustomerCredit),
            vec![(Of::CustomerCredit, 5), (Of::RefundsPending, -5)],
        ),
        ("a refund that is sent", refund_paid(bdt(5)), vec![(Of::RefundsPending, 5), (Of::GatewayCash, -5)]),
        (
            "a refund that came to nothing",
            refund_returned(bdt(5), Of::HeldPayments),
            vec![(Of::RefundsPending, 5), (Of::HeldPayments, -5)],
        ),
        ("a higher fee", fee_corrected(bdt(3)), vec![(Of::GatewayFees, 3), (Of::GatewayCash, -3)]),
        ("a lower fee", fee_corrected(bdt(-3)), vec![(Of::GatewayFees, -3), (Of::GatewayCash, 3)]),
    ] {
        assert_eq!(entries(journal), expected, "{name}");
    }
}

// Harm prevented: a sum that does not fit is cut off, or a line in dollars is added to taka.
#[test]
fn what_cannot_be_summed_is_refused() {
    let order = renewal_lines("Standard", &plan(|_| ()), 2, &[]).unwrap();
    let taka_and_dollars = MoneyError::Currencies(Currency::Usd, Currency::Bdt);
    assert_eq!(totals(&order, Currency::Usd).map(|it| it.net), Err(taka_and_dollars));
    assert_eq!(invoice_issued(&order, Currency::Usd), Err(JournalError::Money(taka_and_dollars)));
    let mut two = [order.clone(), order].concat();
    two[0].net = bdt(i64::MAX);
    assert_eq!(totals(&two, Currency::Bdt).map(|it| it.net), Err(MoneyError::Overflow));
    let dearest = Terms { price: bdt(i64::MAX), vat: Vat::Exclusive { basis_points: 1 }, ..plan(|_| ()) };
    assert_eq!(renewal_lines("Standard", &dearest, 1, &[]).map(|it| it.len()), Err(MoneyError::Overflow));
    let fee = Money::new(1, Currency::Usd);
    assert!(payment_received(bdt(100), fee, bdt(100)).is_err(), "a fee in dollars");
}
