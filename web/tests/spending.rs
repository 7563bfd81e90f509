//! What the strip above the panels reads of an account's spending is what the server writes.

#![allow(clippy::unwrap_used)]

use shared::api::spending::{MonthSpent, Spending};
use shared::money::{Currency, Money};
use web::json::read;
use web::wire::SpentMonths;

// Harm prevented: the month's spending is never shown, or an older month's is.
#[test]
fn the_last_month_is_the_one_that_is_shown() {
    let month = |month: &str, minor| MonthSpent {
        month: serde_json::from_str(&format!("\"{month}\"")).unwrap(),
        spent: Money::new(minor, Currency::Bdt),
    };
    let spending = Spending { months: vec![month("2026-10-01", 500), month("2026-11-01", 1_250_000)] };
    let shown: SpentMonths = read(&serde_json::to_string(&spending).unwrap()).unwrap();
    assert_eq!(shown.months.last().unwrap().spent, Money::new(1_250_000, Currency::Bdt));
}
