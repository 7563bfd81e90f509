//! The clock, as an argument.

use shared::time::Timestamp;

/// Tells the time. The application holds two of these: the billing clock, by which hours are counted and which a
/// demonstration may run fast, and the wall clock, by which sign-ins expire and retries wait.
pub trait Clock: Send + Sync {
    /// The present instant. Never earlier than any instant that this clock gave before.
    fn now(&self) -> Timestamp;
}
