//! Random lives: whatever happens in whatever order, the laws hold. What they are stands in `life.rs`.

use crate::life::{Happening, Later, Life, happening, later};
use crate::metering::small_plans;
use crate::tenants::{column, row};
use proptest::prelude::*;
use shared::billing::cycle::QueuedCycle;
use shared::billing::effect::Effect;
use shared::billing::event::Event;
use shared::billing::ledger::LedgerAccount;
use shared::billing::order::totals;
use shared::billing::proof::Line;
use shared::billing::rating::{Aggregation, Charge, Meter, PriceModel};
use shared::billing::reminder::Reminder;
use shared::billing::state::{Billing, Panel, Suspension};
use shared::billing::step::What;
use shared::billing::terms::Terms;
use shared::billing::vat::Vat;
use shared::money::{Currency, Money};
use shared::time::DAY;

/// Everything that a plan can have, in small figures.
pub(crate) fn plans() -> impl Strategy<Value = Terms> {
    let vat = prop_oneof![
        Just(Vat::None),
        Just(Vat::Exclusive { basis_points: 1_500 }),
        Just(Vat::Inclusive { basis_points: 750 }),
    ];
    let charges = prop::collection::vec(charge(), 0..3);
    (small_plans(), 0_u32..=1, 0_i64..=250_000, vat, charges, any::<bool>()).prop_map(
        |(mut terms, trial_days, price, vat, charges, reminds)| {
            terms.trial_days = trial_days;
            terms.price.minor = price;
            terms.vat = vat;
            terms.charges = charges;
            terms.reminders = if reminds { Reminder::standard() } else { vec![] };
            terms
        },
    )
}

fn charge() -> impl Strategy<Value = Charge> {
    let meters = prop_oneof![
        Just((Meter::ActiveSeconds, Aggregation::Sum, 3_600)),
        Just((Meter::Users, Aggregation::Peak, 1)),
        Just((Meter::Users, Aggregation::TimeWeightedAverage, 1)),
        Just((Meter::StorageBytes, Aggregation::TimeWeightedAverage, 100)),
    ];
    (meters, 0_i64..9, 0_i64..900).prop_map(|((meter, aggregation, per), included, minor)| {
        let price = PriceModel::PerUnit { price: Money::new(minor, Currency::Bdt), per };
        Charge { meter, aggregation, included, price }
    })
}

pub(crate) fn lives() -> impl Strategy<Value = Vec<(Happening, Later)>> {
    prop::collection::vec((happening(plans()), later()), 1..50)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    // Harm prevented: some order of events that nobody thought of serves a panel unpaid, closes a paid one, counts a
    // second twice, or changes a state without a trace.
    #[test]
    fn whatever_happens_every_law_holds(happenings in lives()) {
        let mut life = Life::new();
        for (happening, later) in happenings {
            // A refusal changes nothing; what it may say is for the tables.
            let _ = life.happens(&happening, later);
            column(&life.tenant.billing);
        }
    }

    // Harm prevented: a cycle that was bought early is lost, starts late, or overlaps the one before.
    #[test]
    fn cycles_that_wait_follow_without_gap_or_overlap(happenings in lives()) {
        let mut life = Life::new();
        for (happening, later) in happenings {
            let waited: Vec<QueuedCycle> = life.tenant.billing.queued().to_vec();
            let ended_before = life.ended.len();
            if life.happens(&happening, later).is_err() {
                continue;
            }
            let new = &life.ended[ended_before..];
            let running = match &life.tenant.billing {
                Billing::Running { cycle, .. } => Some(cycle),
                Billing::None | Billing::Grace { .. } | Billing::Expired { .. } => None,
            };
            let followers = new.iter().map(|e| &e.cycle).chain(running).skip(1);
            for ((ended, follower), bought) in new.iter().zip(followers).zip(waited) {
                prop_assert_eq!(follower.starts_at, ended.at);
                prop_assert_eq!((follower.number, &follower.terms), (bought.number, &bought.terms));
            }
        }
    }

    // Harm prevented: money is made or lost: a journal does not balance, or a sale is never, or twice, earned.
    #[test]
    fn money_is_conserved_and_in_the_end_all_of_it_is_earned(happenings in lives()) {
        let mut life = Life::new();
        for (happening, later) in happenings {
            let _ = life.happens(&happening, later);
        }
        for _ in 0..3 {
            life.happens(&Happening::Plain(Event::TimePassed), Later::Seconds(40 * DAY)).unwrap();
        }
        for journal in &life.journals {
            prop_assert_eq!(journal.entries().iter().map(|entry| entry.amount.minor).sum::<i64>(), 0);
        }
        prop_assert_eq!(life.balance(LedgerAccount::DeferredRevenue), 0);
        let owed = totals(&life.unbilled, Currency::Bdt).unwrap().net.minor;
        prop_assert_eq!(life.balance(LedgerAccount::Receivable), owed, "used, and not billed yet");
        let cash = life.balance(LedgerAccount::GatewayCash) + life.balance(LedgerAccount::GatewayFees);
        prop_assert_eq!(cash, life.paid.iter().map(|paid| paid.minor).sum::<i64>());
        let all = LedgerAccount::ALL.iter().map(|account| life.balance(*account)).sum::<i64>();
        prop_assert_eq!(all, 0);
        let prepaid: i64 = life.ended.iter().map(|ended| ended.cycle.paid_net.minor).sum();
        let charged: i64 = life.lines.iter().map(|(_, line)| match line {
            Line::Ended { postpaid, .. } => postpaid.iter().map(|line| line.net.minor).sum(),
            Line::Started { .. } | Line::Window { .. } | Line::Upgraded { .. } | Line::Corrected { .. } => 0,
        }).sum();
        prop_assert_eq!(life.balance(LedgerAccount::Revenue), -prepaid - charged);
    }

    // Harm prevented: the host keeps open what is suspended, or keeps closed what is served, because a change of state
    // was not passed on. What the host was last told must agree with the state, whatever it did on the way.
    #[test]
    fn the_host_is_told_of_every_closing_and_opening(happenings in lives()) {
        let mut life = Life::new();
        let mut told_to_open = true;
        for (happening, later) in happenings {
            // What was given up before it was paid for stands nowhere.
            let nowhere = life.tenant.panel == Panel::Pending;
            let Ok(step) = life.happens(&happening, later) else { continue };
            if nowhere && life.tenant.panel == Panel::Deleted {
                return Ok(());
            }
            for effect in step.effects {
                match effect {
                    Effect::OpenPanel => told_to_open = true,
                    Effect::ClosePanel => told_to_open = false,
                    Effect::SetUpPanel | Effect::RemovePanel | Effect::Notify { .. } => {}
                }
            }
            let is_paid = matches!(life.tenant.billing, Billing::Running { .. } | Billing::Grace { .. });
            let wanted = match &life.tenant.panel {
                Panel::Active | Panel::Suspended(Suspension::Opening { .. }) => true,
                // Paid again: the host opens it first.
                Panel::Suspended(Suspension::BillingExpired) => is_paid,
                Panel::Stopped | Panel::Suspended(Suspension::ByOperator { .. }) | Panel::Deleting | Panel::Deleted => false,
                // There is nothing to open or to close yet.
                Panel::Pending | Panel::Creating | Panel::Failed { .. } => continue,
            };
            prop_assert_eq!(told_to_open, wanted, "{:?}", row(&life.tenant.panel));
        }
    }

    // Harm prevented: a panel is closed without a word of warning, or money is paid without thanks.
    #[test]
    fn whoever_is_closed_for_want_of_money_is_told(happenings in lives()) {
        let mut life = Life::new();
        for (happening, later) in happenings {
            let Ok(step) = life.happens(&happening, later) else { continue };
            let closed = step.moves.iter().any(|moved| matches!(moved.what, What::Panel { .. }))
                && life.tenant.panel == Panel::Suspended(Suspension::BillingExpired);
            let told = step.effects.iter().any(|effect| matches!(effect, Effect::Notify { .. }));
            prop_assert!(!closed || told);
        }
    }
}
