//! x
#[cfg(target_arch = "wasm32")]
fn main() { use leptos::prelude::*; use leptos_router::{components::*, path}; leptos::mount::mount_to_body(|| view!{<Router><FlatRoutes fallback=||"x"><Route path=path!("/a/:b") view=|| "hi"/></FlatRoutes></Router>}); let _ = serde_json::from_str::<shared::api::tenants::TenantPage>("x"); }
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
