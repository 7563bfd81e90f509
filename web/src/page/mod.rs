//! One file per address.

pub(crate) mod manage;
pub(crate) mod not_found;
pub(crate) mod notices;
pub(crate) mod panels;
pub(crate) mod pay;
pub(crate) mod payment;
pub(crate) mod sign_form;
pub(crate) mod sign_in;
pub(crate) mod sign_up;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::ids::TenantId;

/// The panel that the address names; `None` if it names none.
fn tenant_in_path() -> Option<TenantId> {
    use_params_map().with(|params| params.get("id"))?.parse().ok()
}
