//! Which move of a panel the world must hear of, as a table; and whether moves lead from one state to the next.

use shared::api::tenants::{PanelStatus, SuspendReason};

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

/// Where a panel is. What is being opened is suspended on the wire, and a place of its own here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    Pending,
    Creating,
    Active,
    Stopped,
    Opening,
    /// By the operator, or for want of money.
    Suspended,
    Failed,
    Deleting,
    Deleted,
}

impl At {
    const fn of(status: PanelStatus, reason: Option<SuspendReason>) -> Self {
        match status {
            PanelStatus::Pending => Self::Pending,
            PanelStatus::Creating => Self::Creating,
            PanelStatus::Active => Self::Active,
            PanelStatus::Stopped => Self::Stopped,
            PanelStatus::Suspended => match reason {
                Some(SuspendReason::Opening) => Self::Opening,
                Some(SuspendReason::BillingExpired | SuspendReason::ByOperator) | None => Self::Suspended,
            },
            PanelStatus::Failed => Self::Failed,
            PanelStatus::Deleting => Self::Deleting,
            PanelStatus::Deleted => Self::Deleted,
        }
    }
}

/// The places that moves lead through: what was suspended before and after them is known by its reason. In between, nothing
/// is being opened.
pub(crate) fn places(
    moves: &[(PanelStatus, PanelStatus)],
    before: Option<SuspendReason>,
    after: Option<SuspendReason>,
) -> Vec<(At, At)> {
    let last = moves.len();
    let place = |(number, (from, to)): (usize, &(PanelStatus, PanelStatus))| {
        let (from_reason, to_reason) = (before.filter(|_| number == 1), after.filter(|_| number == last));
        (At::of(*from, from_reason), At::of(*to, to_reason))
    };
    (1..).zip(moves).map(place).collect()
}

/// From where (`None`: anywhere), to where, and what must be promised with it.
const PROMISED: &[(Option<At>, At, &[Promise])] = &[
    (Some(At::Active), At::Stopped, &[Promise::Close]),
    (Some(At::Opening), At::Stopped, &[Promise::Close]),
    (Some(At::Active), At::Suspended, &[Promise::Close, Promise::Tell]),
    (Some(At::Stopped), At::Suspended, &[Promise::Close, Promise::Tell]),
    (Some(At::Opening), At::Suspended, &[Promise::Close, Promise::Tell]),
    (Some(At::Creating), At::Suspended, &[Promise::Close, Promise::Tell]),
    (Some(At::Creating), At::Failed, &[Promise::Tell]),
    (Some(At::Suspended), At::Active, &[Promise::Tell]),
    (None, At::Opening, &[Promise::Open]),
    (None, At::Creating, &[Promise::SetUp]),
    (None, At::Deleting, &[Promise::Close, Promise::Remove]),
];

/// What the world must be promised when a panel moves.
pub(crate) fn promised(from: At, to: At) -> &'static [Promise] {
    let fits = |row: &&(Option<At>, At, &'static [Promise])| row.0.is_none_or(|it| it == from) && row.1 == to;
    PROMISED.iter().find(fits).map_or(&[], |row| row.2)
}

/// Which moves there are at all.
const POSSIBLE: &[(At, &[At])] = &[
    (At::Pending, &[At::Creating, At::Deleting, At::Deleted]),
    (At::Creating, &[At::Active, At::Suspended, At::Failed, At::Deleting]),
    (At::Active, &[At::Stopped, At::Suspended, At::Deleting]),
    // Nothing serves before its host has opened it.
    (At::Stopped, &[At::Opening, At::Suspended, At::Deleting]),
    (At::Opening, &[At::Active, At::Stopped, At::Suspended, At::Deleting]),
    // From one reason to the other as well.
    (At::Suspended, &[At::Active, At::Opening, At::Suspended, At::Deleting]),
    (At::Failed, &[At::Creating, At::Pending, At::Deleting]),
    (At::Deleting, &[At::Deleted]),
    (At::Deleted, &[]),
];

/// Whether a panel can move so.
pub(crate) fn is_possible(from: At, to: At) -> bool {
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
