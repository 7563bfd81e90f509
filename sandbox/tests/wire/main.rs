//! The sandbox gateway from outside, over real HTTP: what shops, browsers and whoever rehearses see of it.
//!
//! Knows the wire and the library's few public words. No test sleeps: clocks are moved, deliveries are waited for.

#![allow(clippy::unwrap_used)] // A test that cannot go on says so by ending.

mod answers;
mod control;
mod notices;
mod paying;
mod refunds;
mod sessions;
mod shop;
