//! Stories about letters: writing them, sending them, and the one-time links in them.

pub mod due_letters;
pub mod link;
mod look_link;
mod needs_post;
pub mod send_letter;
mod take_link;
pub mod write;
mod written_out;
