//! What this deployment is: asked before anybody signs in.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What a client needs to know before signing in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct About {
    /// What the operator calls this deployment.
    pub name: String,
    /// Where customers write for help; `null` if the operator set none.
    pub support_email: Option<String>,
    /// The billing clock's present instant.
    pub now: Timestamp,
    /// Only in a demonstration.
    pub demo: Option<Demo>,
}

/// What a demonstration tells its visitors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Demo {
    /// Billing seconds that pass in one real second.
    pub speed: u32,
    /// Who may sign in, and with which password.
    pub sign_ins: Vec<DemoSignIn>,
}

/// A made-up person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoSignIn {
    /// Who they are, in English.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their password, known to everybody.
    pub password: String,
}

/// Moves the billing clock of a demonstration forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClockMove {
    /// How far, 1 second to 31 days. Usage is counted on the way as if the time had passed.
    pub advance_seconds: u32,
}
