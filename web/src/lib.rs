//! The programs for the browser: the customer's dashboard, the details of a panel, the account and
//! the figures, and the operator's desk. Each takes of this library
//! what it draws.
//!
//! How figures read and which words and shapes a state gets is here for every target, and tested natively: nothing of that
//! touches the DOM. Nothing computes a price, a state or an allowance: those arrive from the server.

pub mod address;
pub mod format;
pub mod i18n;
pub mod json;
pub mod present;
pub mod wire;

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod client;
#[cfg(target_arch = "wasm32")]
mod component;
#[cfg(target_arch = "wasm32")]
mod desk;
#[cfg(target_arch = "wasm32")]
mod live;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod prefs;
#[cfg(target_arch = "wasm32")]
mod session;
#[cfg(target_arch = "wasm32")]
mod store;
#[cfg(target_arch = "wasm32")]
mod way;

#[cfg(target_arch = "wasm32")]
pub use app::{start_account, start_dashboard, start_details, start_figures};
#[cfg(target_arch = "wasm32")]
pub use desk::start as start_desk;
