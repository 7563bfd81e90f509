//! Amounts with everything between quantity and tax: what was measured, what is included, the parts, the roundings.
//!
//! Figured out here a second time, in the open; what the bill says comes from [`crate::billing::order`].

use crate::api::explain::{ChargeFigures, Fraction, PartFigures, Rounding, VatFigures};
use crate::api::invoices::{LineWhat, Unit};
use crate::billing::cycle::Cycle;
use crate::billing::order::{quantity, unit};
use crate::billing::plan_change::Upgrade;
use crate::billing::rating::{Charge, Part, Quantity, rate};
use crate::billing::terms::{OnExhaustion, Terms};
use crate::billing::vat::Vat;
use crate::money::{Money, MoneyError};
use crate::time::{HOUR, Timestamp};

/// 100 % in hundredths of a percent.
const WHOLE: u32 = 10_000;

/// What a cycle that ended at `at` costs beyond its price, those that come to nothing too: overage, then the plan's charges.
pub fn charges_of(cycle: &Cycle, at: Timestamp) -> Result<Vec<ChargeFigures>, MoneyError> {
    let metered = cycle.terms.charges.iter().map(|charge| metered(cycle, charge, at));
    overage(cycle).into_iter().chain(metered).collect()
}

fn overage(cycle: &Cycle) -> Option<Result<ChargeFigures, MoneyError>> {
    let OnExhaustion::Overage { price_per_hour } = cycle.terms.on_exhaustion else { return None };
    let seconds = cycle.overage_seconds;
    let what = LineWhat::Overage { cycle_number: cycle.number };
    let exact = i128::from(price_per_hour.minor) * i128::from(seconds);
    let part = PartFigures { from: 0, to: None, quantity: whole(seconds), price: price_per_hour, per: HOUR };
    let parts = if seconds > 0 { vec![part] } else { vec![] };
    let amount = price_per_hour.prorate(seconds, HOUR);
    Some(amount.and_then(|amount| {
        Ok(ChargeFigures {
            what,
            unit: Unit::Seconds,
            measured: whole(seconds),
            included: 0,
            billable: whole(seconds),
            parts,
            amount: rounding(exact, i128::from(HOUR), amount),
            vat: vat(cycle.terms.vat, amount)?,
        })
    }))
}

fn metered(cycle: &Cycle, charge: &Charge, at: Timestamp) -> Result<ChargeFigures, MoneyError> {
    let Charge { meter, aggregation, included, .. } = *charge;
    let measured = quantity(cycle, charge, at)?;
    let rated = rate(charge, measured, cycle.terms.currency())?;
    let scale = i128::from(rated.billable.denominator());
    let exact = rated.parts.iter().try_fold(0_i128, |sum, part| {
        let times = scale / i128::from(part.quantity.denominator());
        let part = part.quantity.numerator().checked_mul(i128::from(part.price.minor))?.checked_mul(times)?;
        sum.checked_add(part)
    });
    let divisor = scale * i128::from(charge.price.per());
    Ok(ChargeFigures {
        what: LineWhat::Metered { cycle_number: cycle.number, meter, aggregation },
        unit: unit(meter),
        measured: fraction(measured),
        included,
        billable: fraction(rated.billable),
        parts: rated.parts.iter().map(part).collect(),
        amount: rounding(exact.ok_or(MoneyError::Overflow)?, divisor, rated.net),
        vat: vat(cycle.terms.vat, rated.net)?,
    })
}

/// The price of a cycle on these terms.
pub fn base_price(what: LineWhat, terms: &Terms) -> Result<ChargeFigures, MoneyError> {
    one(what, terms, terms.price, rounding(i128::from(terms.price.minor), 1, terms.price))
}

/// The difference of the prices of two terms, for the part of the cycle that was left when it was quoted.
pub fn upgrade(what: LineWhat, from: Money, to: &Terms, quote: &Upgrade) -> Result<ChargeFigures, MoneyError> {
    let difference = to.price.checked_sub(from)?;
    let amount = difference.prorate(quote.left_seconds, quote.of_seconds)?;
    let exact = i128::from(difference.minor) * i128::from(quote.left_seconds);
    one(what, to, difference, rounding(exact, i128::from(quote.of_seconds), amount))
}

fn one(what: LineWhat, terms: &Terms, price: Money, amount: Rounding) -> Result<ChargeFigures, MoneyError> {
    let charged = Money { minor: amount.rounded, ..price };
    Ok(ChargeFigures {
        what,
        unit: Unit::Cycles,
        measured: whole(1),
        included: 0,
        billable: whole(1),
        parts: vec![PartFigures { from: 0, to: None, quantity: whole(1), price, per: 1 }],
        vat: vat(terms.vat, charged)?,
        amount,
    })
}

fn whole(units: i64) -> Fraction {
    Fraction::new(i128::from(units), 1)
}

fn fraction(quantity: Quantity) -> Fraction {
    Fraction::new(quantity.numerator(), i128::from(quantity.denominator()))
}

fn part(part: &Part) -> PartFigures {
    let Part { from, to, quantity, price, per } = *part;
    PartFigures { from, to, quantity: fraction(quantity), price, per }
}

fn rounding(numerator: i128, denominator: i128, to: Money) -> Rounding {
    Rounding { exact: Fraction::new(numerator, denominator), rounded: to.minor }
}

fn vat(rule: Vat, amount: Money) -> Result<VatFigures, MoneyError> {
    let taxed = rule.split(amount)?;
    let minor = i128::from(amount.minor);
    let rounding = match rule {
        Vat::None => None,
        Vat::Exclusive { basis_points } => {
            Some(rounding(minor * i128::from(basis_points), i128::from(WHOLE), taxed.tax))
        }
        Vat::Inclusive { basis_points } => {
            Some(rounding(minor * i128::from(WHOLE), i128::from(WHOLE) + i128::from(basis_points), taxed.net))
        }
    };
    Ok(VatFigures { rule, rounding, net: taxed.net, tax: taxed.tax, gross: taxed.gross })
}
