//! From a measured quantity to a price: charges on meters.
//!
//! Knows no tenant, no cycle and no VAT. [`Quantity`] is what was measured, exactly; [`Charge::check`] says
//! which charges contradict themselves; [`rate()`] makes a price of the two, with one rounding for the whole line.

mod check;
mod quantity;
mod rate;

pub use check::{ChargeError, check_all};
pub use quantity::{Quantity, QuantityError};
pub use rate::{Part, Rated, rate};

use crate::money::Money;
use serde::{Deserialize, Serialize};

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Meter {
    /// Seconds in which the panel was up and billable: summed up.
    ActiveSeconds,
    /// Internal users: a gauge.
    Users,
    /// Database and files: a gauge.
    StorageBytes,
}

/// How the measurements of a cycle become one quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Aggregation {
    /// Everything added up. Only for `active_seconds`.
    Sum,
    /// The highest measurement. Only for gauges.
    Peak,
    /// Each measurement weighted by how long it held, over the length of the cycle; time that nobody watched weighs
    /// nothing. Only for gauges.
    TimeWeightedAverage,
}

/// A price on a meter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Charge {
    /// What is charged.
    pub meter: Meter,
    /// How it becomes one quantity.
    pub aggregation: Aggregation,
    /// How many units cost nothing.
    pub included: i64,
    /// What the others cost.
    pub price: PriceModel,
}

/// What units cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "model", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PriceModel {
    /// Each unit the same; parts of a unit cost their part.
    PerUnit {
        /// What `per` units cost.
        price: Money,
        /// For how many units: 3600 seconds, 1 user.
        per: i64,
    },
    /// Whole packages; one begun is one paid.
    Package {
        /// What a package costs.
        price: Money,
        /// How many units it holds.
        size: i64,
    },
    /// Each tier's units at that tier's price.
    Graduated {
        /// For how many units the tiers' prices are.
        per: i64,
        /// In rising order; the last has no end.
        tiers: Vec<Tier>,
    },
    /// All units at the price of the tier that the total falls into.
    Volume {
        /// For how many units the tiers' prices are.
        per: i64,
        /// In rising order; the last has no end.
        tiers: Vec<Tier>,
    },
}

/// A range of quantities with its price. It begins where the one before ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tier {
    /// The last unit that belongs to it, counted without the included ones; `None` for the last tier.
    pub up_to: Option<i64>,
    /// What `per` units cost in it.
    pub price: Money,
}

impl PriceModel {
    /// For how many units its prices are.
    #[must_use]
    pub const fn per(&self) -> i64 {
        match self {
            Self::PerUnit { per, .. } | Self::Graduated { per, .. } | Self::Volume { per, .. } => *per,
            Self::Package { size, .. } => *size,
        }
    }
}

impl Charge {
    /// What so many units cost, if that is the same however many they are: the price and the number of units.
    #[must_use]
    pub fn unit_price(&self) -> Option<(Money, i64)> {
        let price = match &self.price {
            PriceModel::PerUnit { price, .. } | PriceModel::Package { price, .. } => Some(*price),
            PriceModel::Graduated { tiers, .. } | PriceModel::Volume { tiers, .. } => {
                let first = tiers.first().map(|tier| tier.price);
                first.filter(|price| tiers.iter().all(|tier| tier.price == *price))
            }
        };
        price.map(|price| (price, self.price.per()))
    }
}
