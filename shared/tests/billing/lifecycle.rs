//! Random lives: whatever happens in whatever order, the laws hold. What they are stands in `life.rs`.

use crate::life::{Happening, Later, Life, happening, later};
use crate::metering::small_terms;
use crate::tenants::{column, row};
use proptest::prelude::*;
use shared::billing::cycle::QueuedCycle;
use shared::billing::effect::Effect;
use shared::billing::event::Event;
use shared::billing::ledger::LedgerAccount;
use shared::billing::state::{Billing, Panel, Suspension};
use shared::billing::step::What;
use shared::billing::terms::Terms;
use shared::time::DAY;

fn plans() -> impl Strategy<Value = Terms> {
    (small_terms(), 0_u32..=1, 0_i64..=250_000).prop_map(|(mut terms, trial_days, price)| {
        terms.trial_days = trial_days;
        terms.price.minor = price;
        terms
    })
}

fn lives() -> impl Strategy<Value = Vec<(Happening, Later)>> {
    prop::collection::vec((happening(plans()), later()), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

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
                prop_assert_eq!((follower.number, follower.terms), (bought.number, bought.terms));
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
        let cash = life.balance(LedgerAccount::GatewayCash);
        let paid: i64 = life.settled.iter().map(|(_, event)| match event {
            Event::RenewalSettled { terms, .. } => terms.price.minor,
            other => panic!("{other:?} is no settlement"),
        }).sum();
        prop_assert_eq!((cash, life.balance(LedgerAccount::Revenue)), (paid, -paid));
    }

    // Harm prevented: the host keeps open what is suspended, or keeps closed what is served, because a change of state
    // was not passed on. What the host was last told must agree with the state, whatever it did on the way.
    #[test]
    fn the_host_is_told_of_every_closing_and_opening(happenings in lives()) {
        let mut life = Life::new();
        let mut told_to_open = true;
        for (happening, later) in happenings {
            let Ok(step) = life.happens(&happening, later) else { continue };
            for effect in step.effects {
                match effect {
                    Effect::OpenPanel => told_to_open = true,
                    Effect::ClosePanel => told_to_open = false,
                    Effect::Notify { .. } => {}
                }
            }
            let is_paid = matches!(life.tenant.billing, Billing::Running { .. } | Billing::Grace { .. });
            let wanted = match &life.tenant.panel {
                Panel::Active => true,
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
