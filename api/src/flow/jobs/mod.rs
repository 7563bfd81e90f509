//! Work at hosts that takes several steps: each step is asked of the host first and written down then, and can be done again
//! after a crash.

mod alerts;
pub mod back_up;
pub mod backups;
mod begin;
mod copies;
pub mod drop_outlived;
pub mod due_jobs;
mod give_up;
pub mod hold;
mod identity;
pub mod kept;
pub mod list;
pub mod nightly;
mod place;
pub mod pursue;
pub mod restore;
mod set_up;
mod take;
mod trouble;
mod view;
pub mod watch;
mod written;

pub(super) use begin::{NewJob, begin};
pub(crate) use identity::identity;
pub(super) use view::view;
