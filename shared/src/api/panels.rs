//! Ordering a panel: its name, its address, its plan.

use crate::ids::PlanId;
use serde::{Deserialize, Serialize};

/// A panel, as a customer orders it. It awaits its first payment; nothing runs and nothing is billed before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPanel {
    /// What its people call it; 1 to 80 characters.
    pub name: String,
    /// The first label of its address: 2 to 41 small letters, digits and hyphens, beginning with a letter.
    pub subdomain: String,
    /// The plan; its newest published version is meant.
    pub plan_id: PlanId,
}

/// Why an address cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum SubdomainTrouble {
    /// It is not 2 to 41 small letters, digits and single hyphens, beginning with a letter.
    Format,
    /// It is kept for the operator.
    Reserved,
    /// A panel has it, or a removed one's is not free again yet.
    Taken,
}

/// Whether an address can be had now. It is held by nobody until the panel is ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubdomainView {
    /// The address's first label, as it was asked for.
    pub subdomain: String,
    /// The whole address that the panel would have.
    pub url: String,
    /// Why it cannot be had; `null` if it can.
    pub trouble: Option<SubdomainTrouble>,
    /// At most three like it that can be had; empty if it can be had itself.
    pub suggestions: Vec<String>,
}
