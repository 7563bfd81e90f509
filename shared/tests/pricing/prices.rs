//! Charges, written briefly.

use shared::billing::rating::{Aggregation, Charge, Meter, PriceModel, Quantity, Rated, Tier, rate};
use shared::money::{Currency, Money, MoneyError};

pub(crate) const fn bdt(minor: i64) -> Money {
    Money::new(minor, Currency::Bdt)
}

/// By the peak of users.
pub(crate) const fn charge(included: i64, price: PriceModel) -> Charge {
    Charge { meter: Meter::Users, aggregation: Aggregation::Peak, included, price }
}

pub(crate) const fn per_unit(price: i64, per: i64) -> PriceModel {
    PriceModel::PerUnit { price: bdt(price), per }
}

pub(crate) const fn package(price: i64, size: i64) -> PriceModel {
    PriceModel::Package { price: bdt(price), size }
}

pub(crate) fn graduated(per: i64, ends: &[i64], prices: &[i64]) -> PriceModel {
    PriceModel::Graduated { per, tiers: tiers(ends, prices) }
}

pub(crate) fn volume(per: i64, ends: &[i64], prices: &[i64]) -> PriceModel {
    PriceModel::Volume { per, tiers: tiers(ends, prices) }
}

/// One price more than there are ends.
pub(crate) fn tiers(ends: &[i64], prices: &[i64]) -> Vec<Tier> {
    assert_eq!(ends.len() + 1, prices.len(), "the last tier has no end");
    let ends = ends.iter().copied().map(Some).chain([None]);
    ends.zip(prices).map(|(up_to, price)| Tier { up_to, price: bdt(*price) }).collect()
}

pub(crate) fn units(numerator: i128, denominator: i64) -> Quantity {
    Quantity::new(numerator, denominator).unwrap()
}

pub(crate) fn rated(charge: &Charge, measured: Quantity) -> Result<Rated, MoneyError> {
    rate(charge, measured, Currency::Bdt)
}

/// What it costs; it must not be refused.
pub(crate) fn cost(charge: &Charge, measured: Quantity) -> i64 {
    rated(charge, measured).unwrap().net.minor
}
