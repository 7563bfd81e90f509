//! How fast the core counts: usage windows into cycles and prices, and observations into steps. Items a second.
//!
//! Knows no store and no network: what is measured here is the least that anything above it can take.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark fails by panicking")]

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use shared::billing::cycle::{Beyond, Cycle};
use shared::billing::event::Event;
use shared::billing::gauge::Sample;
use shared::billing::rating::{Aggregation, Charge, Meter, PriceModel, Quantity, Tier, rate};
use shared::billing::state::Tenant;
use shared::billing::step::step;
use shared::billing::terms::Terms;
use shared::billing::usage::Seen;
use shared::ids::{OrderId, TenantId};
use shared::money::{Currency, Money};
use shared::time::{Span, Timestamp};
use uuid::Uuid;

const WINDOWS: u32 = 1_000_000;
const STEPS: u32 = 8_000;
/// Five minutes: a cycle of thirty days is a whole number of them.
const WINDOW_SECONDS: i64 = 300;

fn main() {
    divan::main();
}

fn start() -> Timestamp {
    Timestamp::from_unix(1_800_000_000)
}

fn terms() -> Terms {
    Terms::standard(Money::new(250_000, Currency::Bdt))
}

/// Three tiers on the hours that the panel was up.
fn charge() -> Charge {
    let tier = |up_to: Option<i64>, minor| Tier { up_to, price: Money::new(minor, Currency::Bdt) };
    let tiers = vec![tier(Some(360_000), 500), tier(Some(720_000), 300), tier(None, 100)];
    let price = PriceModel::Graduated { per: 3_600, tiers };
    Charge { meter: Meter::ActiveSeconds, aggregation: Aggregation::Sum, included: 36_000, price }
}

/// A million windows of a panel that is always up, one cycle after the other; the price so far after each window.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn windows_charged_and_rated(bencher: Bencher) {
    let (terms, charge) = (terms(), charge());
    bencher.counter(ItemsCount::new(WINDOWS)).bench(|| {
        let mut cycle = Cycle::paid(1, OrderId::new(Uuid::nil()), terms.clone(), start());
        let (mut from, mut total) = (start(), 0);
        for _ in 0..WINDOWS {
            let window = Span::new(from, from.plus(WINDOW_SECONDS));
            if let Some(end) = cycle.charge(black_box(window), Beyond::Ends) {
                cycle = Cycle::paid(1, OrderId::new(Uuid::nil()), terms.clone(), end.at);
            }
            let used = Quantity::whole(cycle.used_seconds).unwrap();
            total += rate(&charge, used, Currency::Bdt).unwrap().net.minor;
            from = window.to();
        }
        total
    });
}

/// A panel that is seen to be up every five minutes, for most of a cycle.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn steps_of_an_observed_panel(bencher: Bencher) {
    let settled = Event::RenewalSettled { order_id: OrderId::new(Uuid::nil()), terms: terms(), since_end: vec![] };
    let ordered = Tenant::new(TenantId::new(Uuid::nil()), start());
    let paid = step(&ordered, &settled, start()).unwrap().tenant;
    let open = step(&paid, &Event::PanelReady, start()).unwrap().tenant;
    let up = Event::Observed { seen: Seen::Up, sample: Sample::default(), reach_seconds: 2 * WINDOW_SECONDS };
    bencher.counter(ItemsCount::new(STEPS)).bench(|| {
        let (mut tenant, mut now) = (open.clone(), start());
        for _ in 0..STEPS {
            now = now.plus(WINDOW_SECONDS);
            tenant = step(black_box(&tenant), &up, now).unwrap().tenant;
        }
        tenant
    });
}
