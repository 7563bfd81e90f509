//! The rules of the house that no compiler holds, as tests that read the source tree. Each says why it is there, and
//! shows first, on a made-up file, that it can fail.
//!
//! It reads text, not meaning: a rule that a determined author can slip past is still one that nobody breaks by accident.

mod code;
mod purity;
mod rooms;
mod rule;
mod shape;
mod tree;
mod words;
