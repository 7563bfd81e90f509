//! Stories about notices.

pub mod list;
pub mod read;
