//! Who is signed in. The access token lives here, in memory, and nowhere else.
//!
//! This module asks nobody anything: `client` refreshes the token and reports here.

use crate::browser;
use crate::present::plans::may_order;
use leptos::prelude::*;
use shared::api::auth::{Me, Role, Session as Granted};
use shared::ids::{AccountId, UserId};

/// Where a visitor stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The refresh cookie is being tried.
    Resuming,
    /// It could not be tried: no network.
    Unreachable,
    /// Nobody is signed in.
    Out,
    /// Somebody is.
    In(Me),
    /// Somebody was, until just now: what they see stays.
    Ended(Me),
}

/// The session of this tab.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    standing: RwSignal<Standing>,
    token: StoredValue<Option<String>>,
    csrf: StoredValue<Option<String>>,
}

impl Session {
    /// A session that nobody has resumed yet.
    pub(crate) fn new() -> Self {
        Self {
            standing: RwSignal::new(Standing::Resuming),
            token: StoredValue::new(None),
            csrf: StoredValue::new(None),
        }
    }

    /// Where the visitor stands.
    pub(crate) fn standing(self) -> Standing {
        self.standing.get()
    }

    /// Who is, or was until just now, signed in.
    pub(crate) fn me(self) -> Option<Me> {
        match self.standing.get() {
            Standing::In(me) | Standing::Ended(me) => Some(me),
            Standing::Resuming | Standing::Unreachable | Standing::Out => None,
        }
    }

    /// Whether somebody is signed in.
    pub(crate) fn is_in(self) -> bool {
        self.standing.with(|standing| matches!(standing, Standing::In(_)))
    }

    /// The same, without subscribing.
    pub(crate) fn is_in_now(self) -> bool {
        self.standing.with_untracked(|standing| matches!(standing, Standing::In(_)))
    }

    /// Whether resuming failed for want of a network.
    pub(crate) fn is_unreachable(self) -> bool {
        self.standing.with_untracked(|standing| *standing == Standing::Unreachable)
    }

    /// Whether they may order a panel, and pay for it.
    pub(crate) fn may_order(self) -> bool {
        self.me().is_some_and(|me| may_order(me.role))
    }

    /// The account that they act for; an operator has none.
    pub(crate) fn account(self) -> Option<AccountId> {
        self.me()?.account_id
    }

    /// Who is signed in now, if they act for an account; without subscribing.
    pub(crate) fn customer(self) -> Option<UserId> {
        self.standing.with_untracked(|standing| match standing {
            Standing::In(me) => me.account_id.map(|_| me.user_id),
            _ => None,
        })
    }

    /// Who is, or was until just now, signed in; without subscribing.
    pub(crate) fn user_id(self) -> Option<UserId> {
        self.standing.with_untracked(|standing| match standing {
            Standing::In(me) | Standing::Ended(me) => Some(me.user_id),
            Standing::Resuming | Standing::Unreachable | Standing::Out => None,
        })
    }

    /// Whether that is one of the operator's people.
    pub(crate) fn is_operator(self) -> bool {
        self.me().is_some_and(|me| me.role == Role::Operator)
    }

    /// The access token, if there is one.
    pub(crate) fn token(self) -> Option<String> {
        self.token.get_value()
    }

    /// The CSRF token. The cookie first: another tab may have turned it since.
    pub(crate) fn csrf(self) -> Option<String> {
        browser::cookie("hg_csrf").or_else(|| self.csrf.get_value())
    }

    /// Somebody signed in, or was refreshed.
    pub(crate) fn accept(self, granted: Granted) {
        self.token.set_value(Some(granted.access_token));
        self.csrf.set_value(Some(granted.csrf_token));
        let standing = Standing::In(granted.me);
        // A refresh changes the token, not the person: nothing on the page needs to move.
        if self.standing.with_untracked(|now| *now != standing) {
            self.standing.set(standing);
        }
    }

    /// Whether asking for a new token is pointless.
    pub(crate) fn is_over(self) -> bool {
        self.standing.with_untracked(|standing| matches!(standing, Standing::Out | Standing::Ended(_)))
    }

    /// The cookie is not good any more.
    pub(crate) fn end(self) {
        self.token.set_value(None);
        if self.is_over() {
            return;
        }
        self.standing.update(|standing| {
            *standing = match standing {
                Standing::In(me) | Standing::Ended(me) => Standing::Ended(me.clone()),
                Standing::Resuming | Standing::Unreachable | Standing::Out => Standing::Out,
            };
        });
    }

    /// The visitor signed out, or was never in.
    pub(crate) fn clear(self) {
        self.token.set_value(None);
        self.csrf.set_value(None);
        self.standing.set(Standing::Out);
    }

    /// Says whether resuming is under way or out of reach; does nothing to a running session.
    pub(crate) fn resuming(self, reachable: bool) {
        if self.standing.with_untracked(|now| matches!(now, Standing::Resuming | Standing::Unreachable)) {
            self.standing.set(if reachable { Standing::Resuming } else { Standing::Unreachable });
        }
    }
}

/// The session, from anywhere below the root.
pub(crate) fn session() -> Session {
    expect_context()
}
