//! A quantity and a charge make a price, and the parts from which it can be explained.
//!
//! Whatever the model, the price is the sum of its parts, each its quantity × its price / `per`, exactly, and then
//! rounded once, half to even.

use super::{Charge, PriceModel, Quantity, Tier};
use crate::money::{Currency, Money, MoneyError, round_half_even};

/// Units that are charged at one price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Where its range of quantities begins: after so many units, counted without the included ones.
    pub from: i64,
    /// The last unit of its range; `None` if it has no end.
    pub to: Option<i64>,
    /// How many units are charged at this price. Of packages, all the units that they hold.
    pub quantity: Quantity,
    /// What `per` units cost.
    pub price: Money,
    /// For how many units the price is; the size of a package.
    pub per: i64,
}

/// What a quantity costs, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rated {
    /// The units that were not included.
    pub billable: Quantity,
    /// From the first unit on; none if nothing is billable.
    pub parts: Vec<Part>,
    /// The price as the plan states prices: whether VAT is in it is for [`crate::billing::vat`].
    pub net: Money,
}

/// Rates what was measured over a cycle. Fails on a charge that [`Charge::check`] refuses, and on overflow.
pub fn rate(charge: &Charge, measured: Quantity, currency: Currency) -> Result<Rated, MoneyError> {
    charge.check(currency).map_err(|_| MoneyError::Charge)?;
    let billable = measured.beyond(charge.included);
    let mut parts = charge.price.parts(billable)?;
    parts.retain(|part| !part.quantity.is_zero());
    let net = cost(&parts, billable.denominator(), charge.price.per())?;
    Ok(Rated { billable, parts, net: Money::new(net, currency) })
}

impl PriceModel {
    /// Which units cost what. Some parts may be of no units.
    fn parts(&self, billable: Quantity) -> Result<Vec<Part>, MoneyError> {
        let all = |quantity, price, per| vec![Part { from: 0, to: None, quantity, price, per }];
        match self {
            Self::PerUnit { price, per } => Ok(all(billable, *price, *per)),
            Self::Package { price, size } => {
                let packages = billable.packages(*size).ok_or(MoneyError::Charge)?;
                let units = packages.checked_mul(i128::from(*size)).ok_or(MoneyError::Overflow)?;
                let held = Quantity::new(units, 1).map_err(|_| MoneyError::Charge)?;
                Ok(all(held, *price, *size))
            }
            Self::Graduated { per, tiers } => Ok(graduated(billable, *per, tiers)),
            Self::Volume { per, tiers } => volume(billable, *per, tiers),
        }
    }
}

/// Each unit belongs to the tier in which it lies.
fn graduated(billable: Quantity, per: i64, tiers: &[Tier]) -> Vec<Part> {
    let within = |tier: &Tier| tier.up_to.map_or(billable, |end| billable.at_most(end));
    ranges(tiers)
        .map(|(from, tier)| Part { from, to: tier.up_to, quantity: within(tier).beyond(from), price: tier.price, per })
        .collect()
}

/// All units belong to the tier into which the last of them falls.
fn volume(billable: Quantity, per: i64, tiers: &[Tier]) -> Result<Vec<Part>, MoneyError> {
    let reaches = |tier: &Tier| tier.up_to.is_none_or(|end| billable == billable.at_most(end));
    let (from, tier) = ranges(tiers).find(|(_, tier)| reaches(tier)).ok_or(MoneyError::Charge)?;
    Ok(vec![Part { from, to: tier.up_to, quantity: billable, price: tier.price, per }])
}

/// Each tier with where it begins.
fn ranges(tiers: &[Tier]) -> impl Iterator<Item = (i64, &Tier)> {
    let begins = std::iter::once(0).chain(tiers.iter().filter_map(|tier| tier.up_to));
    begins.zip(tiers)
}

/// The exact sum of the parts, rounded once. Parts are of whole units, or of fractions with this denominator.
fn cost(parts: &[Part], denominator: i64, per: i64) -> Result<i64, MoneyError> {
    let exact = parts.iter().try_fold(0_i128, |sum, part| {
        let scale = i128::from(denominator / part.quantity.denominator());
        let amount = part.quantity.numerator().checked_mul(i128::from(part.price.minor))?.checked_mul(scale)?;
        sum.checked_add(amount)
    });
    let divisor = i128::from(denominator) * i128::from(per);
    let rounded = round_half_even(exact.ok_or(MoneyError::Overflow)?, divisor);
    i64::try_from(rounded).map_err(|_| MoneyError::Overflow)
}
