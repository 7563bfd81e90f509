//! Who judges. Its model of cycles (`book`, `days`) shares no code with the billing core: it counts whole days and looks
//! for the n-th second, where the core walks forward and subtracts. Each invariant of the design is a function that is
//! named after its number.
//!
//! `core_step` judges the core alone; `app` judges the whole application, by its rows and by what host and gateway truly
//! were.

pub(crate) mod app;
mod bills;
pub(crate) mod book;
mod core_money;
mod core_moves;
pub(crate) mod core_step;
mod days;
mod hosting;
mod ledger;
mod money_rows;
mod moves;
mod panels;
mod papers;
mod payments;
mod prices;
mod receipts;
mod refunds;
mod rows;
mod rules;
pub(crate) mod violation;
