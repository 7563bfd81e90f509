//! Stories about letters: writing them, sending them, and the one-time links in them.

pub mod link;
pub mod write;
