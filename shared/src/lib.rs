//! The pure heart of Hourglass: what things are called, what crosses the wire, and how hours become bills.
//!
//! This crate knows no clock, no network, no database and no floating point. Time and ids come in as arguments.
//! It compiles to wasm32, so the dashboard and the server apply the very same rules.

#![deny(clippy::float_arithmetic)]

pub mod api;
pub mod billing;
pub mod civil;
pub mod ids;
pub mod money;
pub mod pages;
pub mod time;
pub mod wording;
