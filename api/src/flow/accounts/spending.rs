//! What was invoiced to an account, month by month? Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::auth::Role;
use shared::api::spending::{MonthSpent, Spending};
use shared::civil::{CivilDay, Zone};
use shared::ids::AccountId;
use shared::money::{Currency, Money};
use shared::time::Span;
use std::collections::{BTreeSet, HashMap};

/// So many months, with the present one.
const MONTHS: i32 = 12;
/// Of an account to which nothing was invoiced.
const USUAL: Currency = Currency::Bdt;

/// Invoices less credit notes, with VAT, of the last twelve months of the account's clocks. An account that pays in several
/// currencies has each month once for each of them.
pub async fn spending(app: &App, caller: &Caller, id: AccountId) -> Result<Spending, FlowError> {
    if caller.role != Role::Operator && caller.account_id != Some(id) {
        return Err(FlowError::NotFound);
    }
    let account = app.store.account(id).await?.ok_or(FlowError::NotFound)?;
    let today = account.zone.day_of(app.clock.now().plus(account.clock_ahead_seconds));
    let months = months_to(today);
    let spans: Vec<Span> = months.iter().map(|month| span_of(account.zone, *month)).collect();
    let spent: HashMap<(usize, Currency), Money> =
        app.store.spent(id, &spans).await?.into_iter().map(|(place, money)| ((place, money.currency), money)).collect();
    let mut currencies: BTreeSet<Currency> = spent.keys().map(|(_, currency)| *currency).collect();
    if currencies.is_empty() {
        currencies.insert(USUAL);
    }
    let mut rows = vec![];
    for (place, month) in months.iter().enumerate() {
        for currency in &currencies {
            let spent = spent.get(&(place, *currency)).copied().unwrap_or(Money::zero(*currency));
            rows.push(MonthSpent { month: *month, spent });
        }
    }
    Ok(Spending { months: rows })
}

/// The first days of the last twelve months, oldest first.
fn months_to(today: CivilDay) -> Vec<CivilDay> {
    // Months from the year 0 on: 12 to a year.
    let last = today.year() * 12 + i32::try_from(today.month()).unwrap_or(1) - 1;
    (last - MONTHS + 1..=last).filter_map(first_day).collect()
}

fn first_day(month: i32) -> Option<CivilDay> {
    let of_year = u32::try_from(month.rem_euclid(12)).ok()?;
    CivilDay::new(month.div_euclid(12), of_year + 1, 1).ok()
}

/// From the first instant of a month to the first of the next.
fn span_of(zone: Zone, month: CivilDay) -> Span {
    let next = first_day(month.year() * 12 + i32::try_from(month.month()).unwrap_or(1));
    let from = zone.span_of(month).from();
    Span::new(from, next.map_or(from, |next| zone.span_of(next).from()))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: in January the year before is forgotten, or a month has a gap after it.
    #[test]
    fn twelve_months_follow_one_another() {
        let days = months_to("2026-01-31".parse().unwrap());
        let written: Vec<String> = days.iter().map(ToString::to_string).collect();
        assert_eq!((written.len(), written[0].as_str(), written[11].as_str()), (12, "2025-02-01", "2026-01-01"));
        let zone = "Europe/Berlin".parse().unwrap();
        let spans: Vec<Span> = days.iter().map(|month| span_of(zone, *month)).collect();
        assert!(spans.windows(2).all(|pair| pair[0].to() == pair[1].from()));
        assert_eq!(spans[1].seconds(), 31 * 86_400 - 3_600, "March, when clocks go forward");
    }
}
