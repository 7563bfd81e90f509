//! Stories about panels: looking at them, and moving them by hand.

mod beside;
pub mod cancel;
pub mod change_plan;
pub mod check_entry;
pub mod correct;
pub mod corrections;
mod counted;
pub mod create_plan;
pub mod create_tenant;
pub mod cycles;
pub mod delete;
pub mod explain_cycle;
pub mod explain_line;
pub mod explain_tenant;
pub mod export;
pub mod history;
pub mod keep;
pub mod list;
pub mod move_plan;
mod move_to;
pub mod open;
mod operate;
mod owned;
pub mod plan_change;
pub mod refund_unused;
pub mod resume;
pub mod retry;
pub mod start;
pub mod start_trial;
pub mod status;
pub mod stop;
pub mod suspend;
pub mod usage;
mod view;

pub(super) use move_to::move_to;
pub(super) use owned::owned;
