//! Value added tax: a setting of the plan, applied once per line.

use serde::{Deserialize, Serialize};

/// How prices of a plan relate to VAT. Rates are in hundredths of a percent: 1500 is 15 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Vat {
    /// None is charged.
    None,
    /// It comes on top of the prices.
    Exclusive {
        /// The rate.
        basis_points: u32,
    },
    /// The prices contain it.
    Inclusive {
        /// The rate.
        basis_points: u32,
    },
}
