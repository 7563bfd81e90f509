//! The edge: from HTTP to stories and back. A handler extracts, calls one story, and maps; it decides nothing.

pub mod about;
pub mod accounts;
pub mod alerts;
mod answer;
pub mod auth;
pub mod cycles;
pub mod dashboard;
pub mod explain;
pub mod extract;
pub mod gate;
pub mod health;
pub mod hosting;
pub mod invoices;
pub mod live;
pub mod manual;
mod metrics;
mod middleware;
pub mod notices;
pub mod openapi;
pub mod ordering;
pub mod payments;
pub mod plan_change;
pub mod plans;
pub mod previews;
mod problem;
pub mod refunds;
pub mod reports;
pub mod returns;
pub mod routes;
pub mod server;
pub mod servers;
mod table;
pub mod tenants;
pub mod usage;

pub use problem::{ApiError, get_problems};
