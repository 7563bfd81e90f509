//! Accounts: who pays, where they are, and what stands on their invoices.

use crate::civil::Zone;
use crate::ids::AccountId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountView {
    /// Its id.
    pub account_id: AccountId,
    /// What stands on its invoices.
    #[serde(flatten)]
    pub details: AccountDetails,
    /// Whether it lives by a clock of its own, which an operator moves; then `now` is ahead of everybody else's.
    pub has_own_clock: bool,
    /// What its clock shows.
    pub now: Timestamp,
}

/// What an account says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountDetails {
    /// The business or person that pays; 1 to 80 characters.
    pub name: String,
    /// The postal address for invoices, lines separated by `\n`; at most 300 characters, empty if it is not known.
    pub address: String,
    /// The Business Identification Number under Bangladesh VAT law, 13 digits; `null` if there is none.
    pub bin: Option<String>,
    /// Where its days begin and end: for charts and dates, never for billing.
    #[cfg_attr(feature = "openapi", schema(value_type = String, examples("Asia/Dhaka")))]
    pub zone: Zone,
}

/// Moves an account's own clock forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountClockMove {
    /// How far, 1 second to 31 days. Usage is counted as if each panel had been all that time as it is seen now.
    pub advance_seconds: u32,
}
