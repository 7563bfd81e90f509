//! Which words and shapes a state gets: pure functions of what the server sent.

pub mod across;
pub mod buttons;
pub mod card;
pub mod compare;
pub mod credit;
pub mod cumulative;
pub mod cycles;
pub mod desk;
pub mod face;
pub mod forecast;
pub mod hours;
pub mod invoices;
pub mod jobs;
pub mod markup;
pub mod meter;
pub mod new_panel;
pub mod notices;
pub mod orders;
pub mod payments;
pub mod people;
pub mod plans;
pub mod plot;
pub mod problem;
pub mod servers;
pub mod shadow;
pub mod story;
pub mod totals;
pub mod urgency;
pub mod usage;

#[cfg(test)]
mod sample;
