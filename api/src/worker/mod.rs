//! The heartbeat: the second entrance. Looks at what is due and lets the stories do it.
//!
//! Work is claimed by lease in the store, so any number of workers may run. A wake-up is only a hint: the driver looks
//! anyway.

pub mod driver;
pub mod schedule;
mod slots;

pub use driver::{Report, run, turn};
