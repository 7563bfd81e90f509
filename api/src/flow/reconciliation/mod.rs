//! Our books beside the gateways': what a person has to look at, and what is done about it.

pub mod alerts;
pub mod begin;
pub mod go_on;
pub mod list;
pub mod report;
pub mod resolve;
pub mod run_now;
