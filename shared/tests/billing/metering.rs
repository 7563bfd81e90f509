//! Seconds are counted once, charged as the rules say, and nothing depends on how often somebody looks.

use crate::reference::{Over, Present, Second, bill};
use crate::tenants::{FAR, NOTHING, after, all_the_time, open, order, start, take, terms};
use proptest::prelude::*;
use shared::api::tenants::EndedReason;
use shared::billing::cycle::EndedCycle;
use shared::billing::event::Event;
use shared::billing::forecast::changes_by;
use shared::billing::state::{Billing, Tenant};
use shared::billing::step::step;
use shared::billing::terms::{OnExhaustion, Terms};
use shared::billing::usage::{Seen, Window};
use shared::money::{Currency, Money};
use shared::time::Timestamp;

/// Plans small enough to count second by second. In half of those with a cap it divides the hours evenly, so that hours
/// and days can run out together.
pub(crate) fn small_terms() -> impl Strategy<Value = Terms> {
    let figures = (1_u32..=3, 1_u32..=72, prop::option::of(1_u32..=24), 0_u32..=30, any::<bool>());
    figures.prop_map(|(days, hours, cap, grace, even)| {
        let hours = hours.min(days * 24);
        let even_hours = cap.filter(|_| even).map(|cap| (hours / cap).max(1) * cap);
        terms(|t| {
            t.cycle_days = days;
            t.included_hours = even_hours.unwrap_or(hours);
            t.daily_cap_hours = cap;
            t.grace_hours = grace;
            t.early_renewal_days = 1;
        })
    })
}

/// The same; half of them go on beyond their hours and charge for it.
pub(crate) fn small_plans() -> impl Strategy<Value = Terms> {
    (small_terms(), any::<bool>(), 0_i64..=5_000).prop_map(|(plan, goes_on, minor)| {
        let price_per_hour = Money::new(minor, Currency::Bdt);
        let on_exhaustion = if goes_on { OnExhaustion::Overage { price_per_hour } } else { OnExhaustion::Suspend };
        Terms { on_exhaustion, ..plan }
    })
}

/// What somebody sees and does: a look after some seconds that speaks for its reach, a rest of the panel, or a change
/// of mind about going on.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stretch {
    Look { seen: Seen, seconds: i64, reach: i64 },
    Rest { seconds: i64 },
    Cancel,
    Withdraw,
}

/// Of somebody who does not change their mind.
fn watching() -> impl Strategy<Value = Stretch> {
    let seconds =
        prop_oneof![3 => 1_i64..=3_600, 1 => 1_i64..=60_000, 1 => (1_i64..=20).prop_map(|hours| hours * 3_600)];
    let seen = prop_oneof![6 => Just(Seen::Up), 1 => Just(Seen::Down), 1 => Just(Seen::Unknown)];
    let reach = prop_oneof![4 => Just(FAR), 1 => 0_i64..=7_200];
    prop_oneof![
        6 => (seen, seconds.clone(), reach).prop_map(|(seen, seconds, reach)| Stretch::Look { seen, seconds, reach }),
        1 => seconds.prop_map(|seconds| Stretch::Rest { seconds }),
    ]
}

pub(crate) fn stretch() -> impl Strategy<Value = Stretch> {
    prop_oneof![12 => watching(), 1 => Just(Stretch::Cancel), 1 => Just(Stretch::Withdraw)]
}

/// Lives through `stretches` and says, second by second, what was so.
pub(crate) fn live(tenant: &mut Tenant, stretches: &[Stretch]) -> (Vec<EndedCycle>, Vec<Window>, Vec<Second>) {
    let (mut ended, mut windows, mut all, mut now) = (vec![], vec![], vec![], start());
    for stretch in stretches {
        let (events, seconds, up_for) = match *stretch {
            Stretch::Look { seen, seconds, reach } => {
                let up_for = if seen == Seen::Up { seconds.min(reach) } else { 0 };
                (vec![(seconds, Event::Observed { seen, sample: NOTHING, reach_seconds: reach })], seconds, up_for)
            }
            Stretch::Rest { seconds } => {
                (vec![(0, Event::Stopped), (seconds, Event::Started), (seconds, Event::PanelOpened)], seconds, 0)
            }
            Stretch::Cancel => (vec![(0, Event::Cancelled)], 0, 0),
            Stretch::Withdraw => (vec![(0, Event::CancellationWithdrawn)], 0, 0),
        };
        let cancelled = tenant.cancelled;
        for (later, event) in events {
            // What expired meanwhile can neither be stopped, nor started, nor cancelled; time passes all the same.
            let at = now.plus(later);
            let step = step(tenant, &event, at).unwrap_or_else(|_| take(tenant, &Event::TimePassed, at));
            ended.extend(step.ended);
            windows.extend(step.windows);
            *tenant = step.tenant;
        }
        all.extend((0..seconds).map(|second| Second { up: second >= seconds - up_for, cancelled }));
        now = now.plus(seconds);
    }
    (ended, windows, all)
}

fn said(ended: &[EndedCycle], billing: &Billing) -> (Vec<Over>, Present) {
    let since = |at: Timestamp| at.seconds_since(start());
    let over = |e: &EndedCycle| Over {
        starts_at: since(e.cycle.starts_at),
        ended_at: since(e.at),
        used: e.cycle.used_seconds,
        overage: e.cycle.overage_seconds,
        reason: e.reason,
    };
    let present = match billing {
        Billing::None => panic!("a cycle was forgotten"),
        Billing::Running { cycle, .. } => {
            let (used, overage) = (cycle.used_seconds, cycle.overage_seconds);
            Present::Running { starts_at: since(cycle.starts_at), used, overage }
        }
        Billing::Grace { until, .. } => Present::Grace { until: since(*until) },
        Billing::Expired { .. } => Present::Expired,
    };
    (ended.iter().map(over).collect(), present)
}

/// The windows since the last cycle's end, as the store would find them.
pub(crate) fn since_end(billing: &Billing, windows: &[Window]) -> Vec<Window> {
    let Billing::Grace { ended, .. } = billing else { return vec![] };
    windows.iter().filter(|window| window.span.to() > ended.at).copied().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    // Harm prevented: a customer is charged another number of hours than an accountant finds who goes through the
    // seconds one by one; a cycle ends too early or too late; the next one leaves a gap or overlaps.
    #[test]
    fn every_second_is_charged_as_the_naive_bill_says(
        plan in small_plans(), queued in 0_u32..=2, stretches in prop::collection::vec(stretch(), 1..14),
    ) {
        let mut tenant = open(&plan, queued);
        let (ended, _, seconds) = live(&mut tenant, &stretches);
        let bought = vec![plan; usize::try_from(queued).unwrap() + 1];
        prop_assert_eq!(said(&ended, &tenant.billing), bill(&bought, &seconds));
    }

    // Harm prevented: on a plan whose cap makes a day's rest free, an always-on customer loses days that are paid.
    #[test]
    fn a_cycle_whose_cap_cannot_outrun_its_hours_lasts_all_its_days(
        days in 1_u32..=3, cap in 1_u32..=24, stretches in prop::collection::vec(stretch(), 1..30),
    ) {
        let plan = terms(|t| {
            t.cycle_days = days;
            t.daily_cap_hours = Some(cap);
            t.included_hours = cap * days;
        });
        let (ended, _, _) = live(&mut open(&plan, 2), &stretches);
        for cycle in ended {
            prop_assert_eq!(cycle.reason, EndedReason::TimeElapsed);
            prop_assert_eq!(cycle.at.seconds_since(cycle.cycle.starts_at), plan.cycle_seconds());
        }
    }

    // Harm prevented: who pays within grace gets less than who paid a day before, or gets hours of service for nothing.
    #[test]
    fn paying_within_grace_is_the_same_as_having_paid_before(
        plan in small_terms(), first in prop::collection::vec(watching(), 0..5), into_grace in 0_i64..108_000,
        then in prop::collection::vec(1_i64..=40_000, 0..6),
    ) {
        let plan = Terms { grace_hours: plan.grace_hours.max(1), ..plan };
        let (mut early, mut late) = (open(&plan, 1), open(&plan, 0));
        let (_, mut windows, _) = live(&mut late, &first);
        live(&mut early, &first);
        let mut now = late.accounted_until.unwrap();
        // One observation ends the first cycle, at most, and the next lies somewhere in its grace.
        for _ in 0..2 {
            now = match &late.billing {
                Billing::Running { .. } => changes_by(&late).unwrap(),
                Billing::Grace { until, .. } => now.plus(into_grace % until.seconds_since(now)),
                Billing::None | Billing::Expired { .. } => return Ok(()),
            };
            let step = take(&late, &all_the_time(Seen::Up), now);
            windows.extend(step.windows);
            (early, late) = (after(&early, &all_the_time(Seen::Up), now), step.tenant);
        }
        prop_assert!(matches!(late.billing, Billing::Grace { .. }), "its grace is not over yet");
        // Whoever asks the store may hand over more than is needed, and the same window twice.
        let mut twice = since_end(&late.billing, &windows);
        twice.extend(twice.clone());
        twice.sort_by_key(|window| window.span.from());
        let event = Event::RenewalSettled { order_id: order(2), terms: plan.clone(), since_end: twice };
        late = after(&late, &event, now);
        for seconds in then {
            now = now.plus(seconds);
            (early, late) = (after(&early, &all_the_time(Seen::Up), now), after(&late, &all_the_time(Seen::Up), now));
        }
        prop_assert_eq!(&early.billing, &late.billing);
        prop_assert_eq!(early.accounted_until, late.accounted_until);
        prop_assert_eq!(early.panel, late.panel, "both are open, or both are closed");
    }
}
