//! What is broken, by number and words.

/// The invariants of the design, in its own words, and one about the panels' servers; the first is number 1.
pub(crate) const INVARIANTS: [&str; 10] = [
    "ledger entries sum to zero per currency; balance = fold of the journal",
    "at most one settlement per order, one invoice per settlement, one cycle per settled renewal",
    "each usage event id counts in exactly one cycle, once; each second of a tenant is accounted at most once",
    "suspended for billing <=> expired and grace passed and nothing queued, within one tick plus lease",
    "every state change has an audit row and, where the world must hear of it, an outbox row",
    "replaying any request, IPN or event changes nothing",
    "nothing is credited that the gateway's validation did not confirm for this order, this amount, this currency",
    "rebuilding from windows, events and payments gives the same cycles and invoices, byte for byte",
    "a failed or unreadable answer from outside never turns into \"paid\", \"not paid\" or \"deleted\"",
    "one thing at a time is done at a panel; what is done is whole or nothing, and nothing is dropped without a copy",
];

/// An invariant that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation {
    /// Which one, from 1.
    pub(crate) invariant: u8,
    /// In what way.
    pub(crate) what: String,
}

/// What judges find.
pub(crate) type Found = Vec<Violation>;

/// Finds a violation unless `holds`. The words are only made when needed.
pub(crate) fn hold(found: &mut Found, invariant: u8, holds: bool, what: impl FnOnce() -> String) {
    if !holds {
        found.push(Violation { invariant, what: what() });
    }
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words = INVARIANTS[usize::from(self.invariant) - 1];
        write!(f, "invariant {} broken ({words}):\n    {}", self.invariant, self.what)
    }
}
