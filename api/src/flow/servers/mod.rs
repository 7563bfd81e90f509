//! Stories about the servers on which panels run. Only operators see them.

mod access;
pub mod adopt;
mod audit;
mod check;
pub mod databases;
pub mod edit;
pub mod ensure;
pub mod list;
pub mod register;
pub mod survey;
mod view;

pub(super) use access::access;
