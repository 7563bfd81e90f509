//! Work at hosts that takes several steps: each step is asked of the host first and written down then, and can be done again
//! after a crash.

mod begin;
pub mod due_jobs;
mod give_up;
pub mod hold;
mod identity;
mod place;
pub mod pursue;
mod set_up;
mod view;

pub(super) use begin::{NewJob, begin};
pub(super) use view::view;
