//! What orders something: a panel, its next cycle, a change of its plan. The same key asks for the same again.

use super::{Call, Client};
use crate::present::problem::Failure;
use shared::api::payments::Checkout;
use shared::api::tenants::TenantStatus;
use shared::ids::TenantId;

/// The header that says so.
const KEY: &str = "Idempotency-Key";

impl Client {
    /// `POST /tenants`.
    pub(crate) async fn order_panel(self, order: String, key: String) -> Result<TenantStatus, Failure> {
        self.authorised(Call::post("/tenants").with(KEY, key).json(order)).await?.read()
    }

    /// `POST /tenants/{id}/checkout`. The same `key` asks for the same payment again.
    pub(crate) async fn checkout(self, id: TenantId, key: String) -> Result<Checkout, Failure> {
        self.authorised(Call::post(format!("/tenants/{id}/checkout")).with(KEY, key)).await?.read()
    }

    /// `POST /tenants/{id}/plan-change` for an upgrade now: what is to be paid for it.
    pub(crate) async fn upgrade(self, id: TenantId, change: String, key: String) -> Result<Checkout, Failure> {
        self.authorised(Call::post(format!("/tenants/{id}/plan-change")).with(KEY, key).json(change)).await?.read()
    }
}
