//! Stories about panels: looking at them, and moving them by hand.

pub mod correct;
pub mod corrections;
mod counted;
pub mod create_plan;
pub mod create_tenant;
pub mod cycles;
pub mod explain_cycle;
pub mod explain_line;
pub mod explain_tenant;
pub mod export;
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
pub mod usage;
mod view;

pub(super) use owned::owned;
