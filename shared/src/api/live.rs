//! Hints over the WebSocket at `/api/v1/live`. A hint carries no figures: it says what to fetch again.

use crate::ids::TenantId;
use serde::{Deserialize, Serialize};

/// A one-use ticket that opens the WebSocket: browsers cannot send `Authorization` there.
/// Connect to `/api/v1/live?ticket=…` within a minute.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiveTicket {
    /// Unguessable, good once.
    pub ticket: String,
}

/// One message from the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "hint", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Hint {
    /// This panel changed: fetch its status again.
    Tenant {
        /// Which.
        tenant_id: TenantId,
    },
    /// Much may have changed: fetch everything again.
    Everything,
    /// The connection lives; sent every 30 s.
    Heartbeat,
}
