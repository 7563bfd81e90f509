//! The billing core from outside: every state met by every event, and laws that hold whatever happens.
//!
//! Knows only what the crate exports. Each test is named after a law or says which harm it prevents.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod actions;
mod asking;
mod boundaries;
mod clock;
mod forecast;
mod life;
mod lifecycle;
mod metering;
mod names;
mod proof;
mod reachable;
mod reference;
mod renewal;
mod settling;
mod splitting;
mod table;
mod tenants;
mod unused;
