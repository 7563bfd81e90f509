//! What is to be paid: the lines of an order, and what a cycle that is over costs beyond its price.
//!
//! An order's lines are frozen when it is made: what is shown is what is charged, and what the invoice will say. Each line
//! is rounded once, and carries its own VAT; totals are sums of lines.

use super::cycle::Cycle;
use super::plan_change::Upgrade;
use super::rating::{Charge, Meter, Quantity, Rated, rate};
use super::terms::{OnExhaustion, Terms};
use super::vat::{Taxed, Vat};
use crate::api::invoices::{LineView, LineWhat, Unit, UnitPrice};
use crate::money::{Currency, Money, MoneyError};
use crate::time::{HOUR, Timestamp};

/// The totals of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Without VAT.
    pub net: Money,
    /// The VAT.
    pub tax: Money,
    /// With VAT.
    pub gross: Money,
}

/// The sums over lines. Fails on overflow, and on lines of another currency.
pub fn totals(lines: &[LineView], currency: Currency) -> Result<Totals, MoneyError> {
    let zero = Money::new(0, currency);
    let sum = |pick: fn(&LineView) -> Money| lines.iter().map(pick).try_fold(zero, Money::checked_add);
    Ok(Totals { net: sum(|line| line.net)?, tax: sum(|line| line.tax)?, gross: sum(|line| line.gross)? })
}

/// The lines of a renewal: the next cycle's price, then what earlier cycles still owe.
pub fn renewal_lines(
    plan: &str,
    terms: &Terms,
    cycle_number: u32,
    unbilled: &[LineView],
) -> Result<Vec<LineView>, MoneyError> {
    let what = LineWhat::BasePrice {
        plan: plan.to_owned(),
        cycle_number,
        cycle_days: terms.cycle_days,
        included_hours: terms.included_hours,
    };
    let price = UnitPrice { price: terms.price, per: 1 };
    let base = line(what, 1, Unit::Cycles, Some(price), terms.vat, terms.vat.split(terms.price)?);
    Ok(numbered(std::iter::once(base).chain(unbilled.iter().cloned())))
}

/// The one line of an upgrade.
pub fn upgrade_lines(
    from_plan: &str,
    to_plan: &str,
    terms: &Terms,
    upgrade: &Upgrade,
) -> Result<Vec<LineView>, MoneyError> {
    let what = LineWhat::Upgrade {
        from_plan: from_plan.to_owned(),
        to_plan: to_plan.to_owned(),
        cycle_number: upgrade.cycle_number,
    };
    let price = UnitPrice { price: upgrade.price, per: 1 };
    Ok(numbered([line(what, 1, Unit::Cycles, Some(price), terms.vat, terms.vat.split(upgrade.price)?)]))
}

/// What a cycle that ended at `at` costs beyond its price: overage, then the plan's charges in their order. Lines that
/// come to nothing are left out. Positions are given by the order that carries them.
pub fn postpaid(cycle: &Cycle, at: Timestamp) -> Result<Vec<LineView>, MoneyError> {
    let metered = cycle.terms.charges.iter().map(|charge| metered(cycle, charge, at));
    let all: Vec<LineView> = overage(cycle).into_iter().chain(metered).collect::<Result<_, _>>()?;
    Ok(all.into_iter().filter(|line| line.gross.minor != 0).collect())
}

fn overage(cycle: &Cycle) -> Option<Result<LineView, MoneyError>> {
    let OnExhaustion::Overage { price_per_hour } = cycle.terms.on_exhaustion else { return None };
    let seconds = cycle.overage_seconds;
    let what = LineWhat::Overage { cycle_number: cycle.number };
    let price = UnitPrice { price: price_per_hour, per: HOUR };
    let taxed = price_per_hour.prorate(seconds, HOUR).and_then(|amount| cycle.terms.vat.split(amount));
    Some(taxed.map(|taxed| line(what, seconds, Unit::Seconds, Some(price), cycle.terms.vat, taxed)))
}

/// How much of a charge's meter a cycle used that ended at `at`.
pub fn quantity(cycle: &Cycle, charge: &Charge, at: Timestamp) -> Result<Quantity, MoneyError> {
    let quantity = match cycle.gauges.of(charge.meter) {
        Some(tally) => tally.quantity(charge.aggregation, at.seconds_since(cycle.starts_at)),
        None => Quantity::whole(cycle.billable_seconds()),
    };
    quantity.map_err(|_| MoneyError::Overflow)
}

fn metered(cycle: &Cycle, charge: &Charge, at: Timestamp) -> Result<LineView, MoneyError> {
    let Charge { meter, aggregation, .. } = *charge;
    let rated: Rated = rate(charge, quantity(cycle, charge, at)?, cycle.terms.currency())?;
    let what = LineWhat::Metered { cycle_number: cycle.number, meter, aggregation };
    let price = charge.unit_price().map(|(price, per)| UnitPrice { price, per });
    let taxed = cycle.terms.vat.split(rated.net)?;
    Ok(line(what, rated.billable.rounded().ok_or(MoneyError::Overflow)?, unit(meter), price, cycle.terms.vat, taxed))
}

/// In what a meter is counted.
#[must_use]
pub const fn unit(meter: Meter) -> Unit {
    match meter {
        Meter::ActiveSeconds => Unit::Seconds,
        Meter::Users => Unit::Users,
        Meter::StorageBytes => Unit::Bytes,
    }
}

fn line(what: LineWhat, quantity: i64, unit: Unit, unit_price: Option<UnitPrice>, vat: Vat, taxed: Taxed) -> LineView {
    let Taxed { net, tax, gross } = taxed;
    LineView { position: 0, what, quantity, unit, unit_price, tax_basis_points: vat.basis_points(), net, tax, gross }
}

fn numbered(lines: impl IntoIterator<Item = LineView>) -> Vec<LineView> {
    (1..).zip(lines).map(|(position, line)| LineView { position, ..line }).collect()
}

/// The cycle that a line is for.
#[must_use]
pub const fn cycle_of(what: &LineWhat) -> u32 {
    match what {
        LineWhat::BasePrice { cycle_number, .. }
        | LineWhat::Overage { cycle_number }
        | LineWhat::Metered { cycle_number, .. }
        | LineWhat::Upgrade { cycle_number, .. } => *cycle_number,
    }
}

/// Whether a line is for a cycle that is over, and was earned when that ended; or is paid beforehand.
#[must_use]
pub const fn is_postpaid(what: &LineWhat) -> bool {
    match what {
        LineWhat::Overage { .. } | LineWhat::Metered { .. } => true,
        LineWhat::BasePrice { .. } | LineWhat::Upgrade { .. } => false,
    }
}
