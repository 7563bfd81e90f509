//! What is foretold comes true: to the second for a panel that is always up, within its bounds for any other.

use crate::life::{Life, happening, later};
use crate::metering::{small_plans, small_terms};
use crate::tenants::{Column, Row};
use crate::tenants::{FAR, after, all_the_time, open, standard, start, take, tenant_in, terms};
use proptest::prelude::*;
use shared::billing::cycle::Cycle;
use shared::billing::event::Event;
use shared::billing::forecast::{changes_by, overage_price_per_hour, runs_out_at};
use shared::billing::state::{Billing, Panel, Tenant};
use shared::billing::terms::{OnExhaustion, Terms};
use shared::billing::usage::Seen;
use shared::billing::vat::Vat;
use shared::money::Money;
use shared::time::{DAY, HOUR, Timestamp};

/// What may not change before its time: the panel, the billing state, and which cycle it is about.
fn standing(tenant: &Tenant) -> (Panel, &'static str, Option<u32>) {
    let state = match &tenant.billing {
        Billing::None => "none",
        Billing::Running { .. } => "running",
        Billing::Grace { .. } => "grace",
        Billing::Expired { .. } => "expired",
    };
    (tenant.panel.clone(), state, tenant.billing.cycle().map(|cycle| cycle.number))
}

/// When service in fact stops for a panel that is up all the time: the end of the last cycle.
fn always_up_stops_at(tenant: &Tenant) -> Timestamp {
    let step = take(tenant, &all_the_time(Seen::Up), tenant.accounted_until.unwrap().plus(FAR));
    step.ended.last().unwrap().at
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    // Harm prevented: the worker looks too late and a panel is served unpaid, or looks in vain a million times.
    #[test]
    fn a_tenant_changes_when_foretold_and_not_a_second_before(
        happenings in prop::collection::vec((happening(small_plans()), later()), 1..40),
    ) {
        let mut life = Life::new();
        for (happening, later) in happenings {
            let _ = life.happens(&happening, later);
            let tenant = &life.tenant;
            let Some(due) = changes_by(tenant) else {
                let much_later = after(tenant, &Event::TimePassed, life.now.plus(FAR));
                prop_assert_eq!(standing(&much_later), standing(tenant));
                continue;
            };
            prop_assert!(due > tenant.accounted_until.unwrap());
            let before = after(tenant, &all_the_time(Seen::Up), due.plus(-1));
            prop_assert_eq!(standing(&before), standing(tenant));
            prop_assert_ne!(standing(&after(&before, &all_the_time(Seen::Up), due)), standing(tenant));
            prop_assert_ne!(standing(&after(tenant, &all_the_time(Seen::Up), due)), standing(tenant));
        }
    }

    // Harm prevented: a card says that hours ran out yesterday while the panel runs, or promises days nobody paid for.
    #[test]
    fn a_forecast_is_never_past_and_never_beyond_the_days_that_are_paid(
        happenings in prop::collection::vec((happening(small_plans()), later()), 1..40), ahead in 0_i64..=5 * DAY,
    ) {
        let mut life = Life::new();
        for (happening, later) in happenings {
            let _ = life.happens(&happening, later);
            let now = life.now.plus(ahead);
            let Some(runs_out) = runs_out_at(&life.tenant, now) else {
                let running = matches!(life.tenant.billing, Billing::Running { .. });
                prop_assert!(!running);
                continue;
            };
            let Billing::Running { cycle, queued } = &life.tenant.billing else { panic!("nothing runs") };
            let all_days = queued.iter().fold(cycle.ends_at, |end, next| end.plus(next.terms.cycle_seconds()));
            prop_assert!(now <= runs_out && runs_out <= all_days.max(now));
        }
    }

    // Harm prevented: the forecast of an always-on panel wanders through the day, so its owner renews too early or too
    // late. Where the last day's cap cuts the hours unevenly, the average says at most a day too much for each cycle.
    #[test]
    fn the_forecast_of_an_always_up_panel_is_exact(
        plan in small_terms(), queued in 0_u32..=2, seconds in 1_i64..=3 * DAY,
    ) {
        let tenant = after(&open(&plan, queued), &all_the_time(Seen::Up), start().plus(seconds));
        // A later cycle is foretold by the pace of its own few seconds: no average over this one.
        let Billing::Running { cycle: Cycle { number: 1, .. }, .. } = &tenant.billing else { return Ok(()) };
        let now = tenant.accounted_until.unwrap();
        let too_much = runs_out_at(&tenant, now).unwrap().seconds_since(always_up_stops_at(&tenant));
        let even = plan.daily_cap_hours.is_none_or(|cap| plan.included_hours % cap == 0);
        prop_assert!((0..=if even { 0 } else { DAY * i64::from(queued + 1) }).contains(&too_much), "{too_much}");
    }
}

// Harm prevented: the default plan's always-on customer reads 29 and a half days on the card, and gets 30.
#[test]
fn an_always_on_panel_on_the_default_plan_reads_thirty_days_at_every_hour() {
    for hour in 1..30 * 24 {
        let now = start().plus(hour * HOUR);
        let tenant = after(&open(&standard(), 0), &all_the_time(Seen::Up), now);
        assert_eq!(runs_out_at(&tenant, now), Some(start().plus(30 * DAY)), "after {hour} h");
    }
}

/// Up for so many hours, then down for so many: on 120 h in 30 days, without a cap.
fn lived(change: impl FnOnce(&mut Terms), queued: u32, up: i64, down: i64) -> Tenant {
    let plan = terms(|t| {
        (t.included_hours, t.daily_cap_hours) = (120, None);
        change(t);
    });
    let used = after(&open(&plan, queued), &all_the_time(Seen::Up), start().plus(up * HOUR));
    after(&used, &all_the_time(Seen::Down), start().plus((up + down) * HOUR))
}

// Harm prevented: the card promises days that the hours do not reach, or warns of an end that is weeks away: its owner
// is cut off unwarned, or pays for what was not needed.
#[test]
fn a_panel_runs_out_by_its_pace_by_its_days_or_goes_on() {
    let goes_on = |t: &mut Terms| t.on_exhaustion = OnExhaustion::Overage { price_per_hour: t.price };
    let same = |_: &mut Terms| ();
    let then = |tenant: Tenant, event: Event| after(&tenant, &event, tenant.accounted_until.unwrap());
    for (name, tenant, hours) in [
        ("up half of the time: 108 h last 216 h", lived(same, 0, 12, 12), 24 + 216),
        ("up a third of the time", lived(same, 0, 8, 16), 24 + 336),
        ("up a tenth of the time: its days are over before", lived(same, 0, 2, 18), 720),
        ("up all the time", lived(same, 0, 24, 0), 120),
        ("not used yet", lived(same, 0, 0, 0), 720),
        ("used, and stopped", then(lived(same, 0, 24, 0), Event::Stopped), 720),
        ("up half of the time, and the next cycle too", lived(same, 1, 12, 12), 240 + 240),
        ("goes on beyond its hours", lived(goes_on, 0, 24, 0), 720),
        ("goes on, but was cancelled", then(lived(goes_on, 0, 24, 0), Event::Cancelled), 120),
        ("the next cycle goes on", lived(goes_on, 1, 24, 0), 120 + 720),
        ("the last of three goes on", lived(goes_on, 2, 24, 0), 120 + 120 + 720),
    ] {
        assert_eq!(runs_out_at(&tenant, start()), Some(start().plus(hours * HOUR)), "{name}");
    }
}

// Harm prevented: a card names no price for hours that are charged, or one for hours that nobody will charge.
#[test]
fn a_price_beyond_the_hours_is_named_while_they_would_be_charged() {
    let goes_on = |t: &mut Terms| {
        t.vat = Vat::Exclusive { basis_points: 1_500 };
        t.on_exhaustion = OnExhaustion::Overage { price_per_hour: Money::new(1_000, t.currency()) };
    };
    let then = |tenant: Tenant, event: Event| after(&tenant, &event, tenant.accounted_until.unwrap());
    for (name, tenant, minor) in [
        ("goes on", lived(goes_on, 0, 24, 0), Some(1_150)),
        ("goes on, and was stopped", then(lived(goes_on, 0, 24, 0), Event::Stopped), Some(1_150)),
        ("ends with its hours", lived(|_| (), 0, 24, 0), None),
        ("the next cycle is paid", lived(goes_on, 1, 24, 0), None),
        ("was cancelled", then(lived(goes_on, 0, 24, 0), Event::Cancelled), None),
    ] {
        assert_eq!(overage_price_per_hour(&tenant).map(|price| price.minor), minor, "{name}");
    }
}

// Harm prevented: the answer's ETag changes every second, so that no poll is ever answered with 304.
#[test]
fn a_forecast_stays_put_between_two_observations() {
    let tenant = tenant_in(Row::Active, Column::Paid, &terms(|t| t.daily_cap_hours = None), start());
    let at = |seconds| runs_out_at(&tenant, start().plus(seconds));
    assert_eq!(at(0), at(59));
}

// Harm prevented: a cap of no hours at all, which is a plan that charges nothing, brings the page down.
#[test]
fn a_cap_of_zero_charges_nothing_and_can_be_forecast() {
    let plan = terms(|t| t.daily_cap_hours = Some(0));
    let tenant = after(&open(&plan, 0), &all_the_time(Seen::Up), start().plus(DAY));
    assert_eq!(tenant.billing.cycle().map(|cycle| cycle.used_seconds), Some(0));
    assert_eq!(runs_out_at(&tenant, start()), Some(start().plus(30 * DAY)));
    let was_used = tenant_in(Row::Active, Column::Paid, &plan, start());
    assert!(runs_out_at(&was_used, start()).is_some());
}

// Harm prevented: a resting panel's hours are forecast to run out although it uses none.
#[test]
fn a_stopped_panel_runs_out_with_its_days() {
    for queued in [(Column::Paid, 1), (Column::Paid1, 2), (Column::Paid2, 3)] {
        let tenant = tenant_in(Row::Stopped, queued.0, &standard(), start());
        let ends_at = start().plus(-DAY - HOUR).plus(queued.1 * 30 * DAY);
        assert_eq!(runs_out_at(&tenant, start()), Some(ends_at));
    }
    for nothing in [Column::Grace, Column::Expired] {
        assert_eq!(runs_out_at(&tenant_in(Row::Stopped, nothing, &standard(), start()), start()), None);
    }
}
