//! Stories about letters: writing them, sending them, and the one-time links in them.

pub mod due_letters;
pub mod link;
pub mod send_letter;
pub mod write;
mod written_out;
