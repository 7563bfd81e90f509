//! The sockets: what Hourglass asks of the outside, in its own words.
//!
//! This room knows no provider, no HTTP and no database. Two rules bind every plug:
//! an `Err` means *unknown* — never "no", never "unpaid", never "gone" — and repeating a call is always safe.

pub mod clock;
pub mod gateway;
pub mod host;
pub mod ids;
pub mod post;
pub mod printer;
pub mod shelf;

/// The outside did not give an answer that can be relied upon: a timeout, a refusal to talk, an unreadable reply.
/// Nothing may be concluded from it; the caller asks again later.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unknown(pub String);

impl Unknown {
    /// Says what was tried and how it went. Must hold no secret and no URL with one: it is logged.
    pub fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}
