//! Pages that need somebody: shown to who is signed in, and to who just was.

use crate::address::sign_in_to;
use crate::browser;
use crate::client::client;
use crate::component::erased::{Part, part, t};
use crate::component::heading::heading;
use crate::component::loading::loading;
use crate::component::trouble::load_failed;
use crate::i18n::Lang;
use crate::present::problem::Failure;
use crate::session::{Standing, session};
use crate::store::panels::panels;
use crate::way::way;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the guard has to tell apart; a refreshed token is no reason to draw the page anew.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gate {
    Open,
    /// No network, and old figures to show.
    Old,
    Waiting,
    Unreachable,
    Shut,
}

/// Shows `page` to people, and the sign-in page to everybody else, with the way back. Without a network nobody can say who it
/// is, and the page waits.
pub(crate) fn guarded(page: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    guard(Box::new(page), false).into_any()
}

/// The same for a page that asks nobody's name: without a network it shows the panels that this device saw last.
pub(crate) fn guarded_or_old(page: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    guard(Box::new(page), true).into_any()
}

fn guard(page: Box<dyn Fn() -> AnyView + Send>, takes_old: bool) -> Part {
    let (session, client, panels) = (session(), client(), panels());
    let gate = Memo::new(move |_| match session.standing() {
        Standing::In(_) | Standing::Ended(_) => Gate::Open,
        Standing::Resuming | Standing::Unreachable if takes_old && panels.has_any() => Gate::Old,
        Standing::Resuming => Gate::Waiting,
        Standing::Unreachable => Gate::Unreachable,
        Standing::Out => Gate::Shut,
    });
    let way = way();
    Effect::new(move |_| {
        if gate.get() == Gate::Shut {
            way.replace(&sign_in_to(&browser::path_and_query()));
        }
    });
    let retry = Callback::new(move |()| spawn_local(client.resume()));
    part(move || match gate.get() {
        Gate::Open | Gate::Old => page(),
        Gate::Waiting => loading(3, retry),
        Gate::Unreachable => vec![heading(t(Lang::resuming), false), load_failed(Failure::Offline, retry)].into_any(),
        Gate::Shut => ().into_any(),
    })
}
