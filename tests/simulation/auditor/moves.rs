//! Which move of a panel the world must hear of, as a table; and whether moves lead from one state to the next.

use shared::api::tenants::PanelStatus;

/// What must be promised outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Promise {
    /// The host sets the panel up.
    SetUp,
    /// The host closes the panel.
    Close,
    /// The host opens the panel.
    Open,
    /// The host removes the panel.
    Remove,
    /// The account is told.
    Tell,
}

use PanelStatus as P;

/// From where (`None`: anywhere), to where, and what must be promised with it.
const PROMISED: &[(Option<P>, P, &[Promise])] = &[
    (Some(P::Active), P::Stopped, &[Promise::Close]),
    (Some(P::Active), P::Suspended, &[Promise::Close, Promise::Tell]),
    (Some(P::Stopped), P::Suspended, &[Promise::Close, Promise::Tell]),
    (Some(P::Creating), P::Suspended, &[Promise::Close, Promise::Tell]),
    (Some(P::Creating), P::Failed, &[Promise::Tell]),
    (Some(P::Stopped), P::Active, &[Promise::Open]),
    (Some(P::Suspended), P::Active, &[Promise::Tell]),
    (None, P::Creating, &[Promise::SetUp]),
    (None, P::Deleting, &[Promise::Close, Promise::Remove]),
];

/// What the world must be promised when a panel moves.
pub(crate) fn promised(from: P, to: P) -> &'static [Promise] {
    let fits = |row: &&(Option<P>, P, &'static [Promise])| row.0.is_none_or(|it| it == from) && row.1 == to;
    PROMISED.iter().find(fits).map_or(&[], |row| row.2)
}

/// Which moves there are at all.
const POSSIBLE: &[(P, &[P])] = &[
    (P::Pending, &[P::Creating, P::Deleting]),
    (P::Creating, &[P::Active, P::Suspended, P::Failed, P::Deleting]),
    (P::Active, &[P::Stopped, P::Suspended, P::Deleting]),
    (P::Stopped, &[P::Active, P::Suspended, P::Deleting]),
    // From one reason to the other as well.
    (P::Suspended, &[P::Active, P::Suspended, P::Deleting]),
    (P::Failed, &[P::Creating, P::Pending, P::Deleting]),
    (P::Deleting, &[P::Deleted]),
    (P::Deleted, &[]),
];

/// Whether a panel can move so.
pub(crate) fn is_possible(from: P, to: P) -> bool {
    POSSIBLE.iter().any(|(at, next)| *at == from && next.contains(&to))
}

/// Whether these moves, each from where to where, lead from `before` to `after`. The first that does not fit is named.
pub(crate) fn lead<T: PartialEq + std::fmt::Debug + Copy>(before: T, after: T, moves: &[(T, T)]) -> Result<(), String> {
    let mut at = before;
    for (from, to) in moves {
        if *from != at {
            return Err(format!("a row says {from:?} -> {to:?}, but it was {at:?}"));
        }
        at = *to;
    }
    if at == after { Ok(()) } else { Err(format!("it is {after:?}, and the rows lead from {before:?} to {at:?}")) }
}
