//! Stories about the servers on which panels run. Only operators see them.

mod access;
pub mod adopt;
mod adopt_one;
mod ask;
mod audit;
mod check;
pub mod databases;
pub mod due_surveys;
pub mod edit;
pub mod ensure;
pub mod import;
pub mod keep_asking;
pub mod list;
pub mod register;
pub mod survey;
mod take_in;
mod view;

pub(super) use access::access;
