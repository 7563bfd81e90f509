//! Stories about panels: looking at them, and moving them by hand.

pub mod create_plan;
pub mod create_tenant;
pub mod history;
pub mod list;
mod operate;
mod owned;
pub mod resume;
pub mod retry;
pub mod start;
pub mod status;
pub mod stop;
pub mod suspend;
mod view;

pub(super) use owned::owned;
