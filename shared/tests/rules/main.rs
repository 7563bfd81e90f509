//! The billing rules as the design states them, one file a rule: what was sold, what happens, and what follows, worked
//! out by hand.
//!
//! Knows only what the crate exports. `story.rs` is how things happen.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod contradictions;
mod limits;
mod r01_cycle;
mod r02_what_counts;
mod r03_end_of_a_cycle;
mod r04_renewal;
mod r05_reminders;
mod r06_plan_change;
mod r07_charges;
mod r08_money;
mod r09_trial;
mod r10_zero_and_null;
mod story;
