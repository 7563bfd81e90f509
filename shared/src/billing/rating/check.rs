//! Which charges contradict themselves. A plan with one of these is not published.
//!
//! Fields are named from the plan's root, as pointers into its JSON: `charges/0/price/tiers/1/up_to`.

use super::{Aggregation, Charge, Meter, PriceModel, Tier};
use crate::money::{Currency, Money};

/// In what way a charge contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {rule}")]
pub struct ChargeError {
    /// The field at fault: where it is in the charge, or in the plan if [`check_all`] found it.
    pub field: String,
    /// The rule that it breaks.
    pub rule: &'static str,
}

/// Refuses the first charge at fault, and says where it is: `charges/0/included`.
pub fn check_all(charges: &[Charge], currency: Currency) -> Result<(), ChargeError> {
    for (position, charge) in charges.iter().enumerate() {
        charge.check(currency).map_err(|it| ChargeError { field: format!("charges/{position}/{}", it.field), ..it })?;
    }
    Ok(())
}

impl Charge {
    /// Refuses a charge that no quantity could be rated with, in a plan of this currency.
    pub fn check(&self, currency: Currency) -> Result<(), ChargeError> {
        match (self.meter, self.aggregation) {
            (Meter::ActiveSeconds, Aggregation::Sum)
            | (Meter::Users | Meter::StorageBytes, Aggregation::Peak | Aggregation::TimeWeightedAverage) => {}
            (Meter::ActiveSeconds, Aggregation::Peak | Aggregation::TimeWeightedAverage) => {
                return refuse("aggregation", "seconds are summed up");
            }
            (Meter::Users | Meter::StorageBytes, Aggregation::Sum) => {
                return refuse("aggregation", "a gauge is charged by its peak or its time-weighted average");
            }
        }
        if self.included < 0 {
            return refuse("included", "must not be negative");
        }
        match &self.price {
            PriceModel::PerUnit { price, per } => {
                at_least_one("price/per", *per)?;
                sound("price/price", *price, currency)
            }
            PriceModel::Package { price, size } => {
                at_least_one("price/size", *size)?;
                sound("price/price", *price, currency)
            }
            PriceModel::Graduated { per, tiers } | PriceModel::Volume { per, tiers } => {
                at_least_one("price/per", *per)?;
                rising(tiers, currency)
            }
        }
    }
}

fn refuse(field: impl Into<String>, rule: &'static str) -> Result<(), ChargeError> {
    Err(ChargeError { field: field.into(), rule })
}

fn at_least_one(field: &str, units: i64) -> Result<(), ChargeError> {
    if units < 1 { refuse(field, "must be at least 1") } else { Ok(()) }
}

fn sound(field: &str, price: Money, currency: Currency) -> Result<(), ChargeError> {
    if price.currency != currency {
        return refuse(format!("{field}/currency"), "must be the plan's currency");
    }
    if price.minor < 0 { refuse(field, "must not be negative") } else { Ok(()) }
}

/// Every quantity must fall into exactly one tier.
fn rising(tiers: &[Tier], currency: Currency) -> Result<(), ChargeError> {
    let Some(last) = tiers.len().checked_sub(1) else {
        return refuse("price/tiers", "must not be empty");
    };
    let mut ends_at = 0;
    for (position, tier) in tiers.iter().enumerate() {
        let up_to = || format!("price/tiers/{position}/up_to");
        match tier.up_to {
            Some(_) if position == last => return refuse(up_to(), "the last tier has no end"),
            None if position < last => return refuse(up_to(), "only the last tier has no end"),
            Some(end) if end <= ends_at => return refuse(up_to(), "must be more than where the tier begins"),
            Some(end) => ends_at = end,
            None => {}
        }
        sound(&format!("price/tiers/{position}/price"), tier.price, currency)?;
    }
    Ok(())
}
