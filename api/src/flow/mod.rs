//! The stories: one file each, one public function each, read from top to bottom.
//!
//! A story reads, asks outside, opens one writing transaction, decides by the pure core, writes and commits. It never
//! waits for the outside while the transaction is open. It knows no HTTP and no SQL.

pub mod accounts;
mod alert;
mod audit;
pub mod auth;
pub mod billing;
mod claim;
pub mod error;
pub mod invoices;
pub mod jobs;
mod look;
pub mod notices;
mod operator;
mod page;
pub(crate) mod panel_address;
pub mod payments;
pub mod people;
pub mod plans;
pub mod post;
mod publish;
pub mod reconciliation;
mod record_step;
pub mod servers;
pub mod tenants;
mod text;

pub use error::FlowError;
