//! Explanations and reports: what is told is what was counted, what was charged, and what adds up.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod amounts;
mod chains;
mod counting;
mod reporting;
mod standing;
mod wording;

use shared::billing::cycle::Cycle;
use shared::billing::gauge::Sample;
use shared::billing::proof::Line;
use shared::billing::terms::Terms;
use shared::billing::usage::{Seen, Window};
use shared::ids::{OrderId, TenantId};
use shared::money::{Currency, Money};
use shared::time::{HOUR, Span, Timestamp};
use uuid::Uuid;

fn start() -> Timestamp {
    Timestamp::from_unix(1_800_000_000)
}

fn bdt(minor: i64) -> Money {
    Money::new(minor, Currency::Bdt)
}

fn terms() -> Terms {
    Terms::standard(bdt(250_000))
}

fn tenant() -> TenantId {
    TenantId::new(Uuid::nil())
}

/// From so many hours after the start to so many.
fn hours(from: i64, to: i64) -> Span {
    Span::new(start().plus(from * HOUR), start().plus(to * HOUR))
}

fn window(span: Span, seen: Seen, users: Option<i64>) -> Window {
    Window { span, seen, sample: Sample { users, storage_bytes: None } }
}

/// The lines of a cycle on these terms in which this was seen.
fn lines(terms: &Terms, windows: &[Window]) -> Vec<Line> {
    let cycle = Cycle::paid(1, OrderId::new(Uuid::nil()), terms.clone(), start());
    std::iter::once(Line::started(tenant(), &cycle)).chain(windows.iter().map(Line::window)).collect()
}
