//! Who judges. Its model of cycles (`book`, `days`) shares no code with the billing core: it counts whole days and looks
//! for the n-th second, where the core walks forward and subtracts. Each invariant of the design is a function that is
//! named after its number.

pub(crate) mod book;
pub(crate) mod core_step;
mod days;
pub(crate) mod moves;
pub(crate) mod rules;
pub(crate) mod violation;
