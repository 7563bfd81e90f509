//! Stories about notices, and about what people want to be told.

pub mod choices;
pub mod choose;
mod hidden;
pub mod list;
pub mod read;
pub mod read_one;
mod tell;

pub(in crate::flow) use hidden::hidden;
pub(in crate::flow) use tell::{News, tell};
