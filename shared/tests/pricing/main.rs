//! Prices, taxes, refunds and civil days from outside: tables of rules, and laws that hold whatever the figures.
//!
//! Knows only what the crate exports.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod checks;
mod civil;
mod conservation;
mod laws;
mod prices;
mod rates;
