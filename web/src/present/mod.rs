//! Which words and shapes a state gets: pure functions of what the server sent.

pub mod buttons;
pub mod card;
pub mod credit;
pub mod cycles;
pub mod desk;
pub mod face;
pub mod forecast;
pub mod invoices;
pub mod jobs;
pub mod markup;
pub mod meter;
pub mod notices;
pub mod order;
pub mod people;
pub mod problem;
pub mod servers;
pub mod story;
pub mod usage;

#[cfg(test)]
mod sample;
