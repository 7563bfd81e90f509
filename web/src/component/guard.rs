//! Pages that need somebody: shown to who is signed in, and to who just was.

use crate::browser;
use crate::client::client;
use crate::component::erased::{part, say};
use crate::component::heading::Heading;
use crate::component::loading::Loading;
use crate::component::trouble::LoadFailed;
use crate::session::{Standing, session};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use web::address::sign_in_to;
use web::present::problem::Failure;

/// What the guard has to tell apart; a refreshed token is no reason to draw the page anew.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gate {
    Open,
    Waiting,
    Unreachable,
    Shut,
}

/// Shows `page` to people, and the sign-in page to everybody else, with the way back.
#[component]
pub(crate) fn Guard(page: fn() -> AnyView) -> impl IntoView {
    let (session, client) = (session(), client());
    let gate = Memo::new(move |_| match session.standing() {
        Standing::In(_) | Standing::Ended(_) => Gate::Open,
        Standing::Resuming => Gate::Waiting,
        Standing::Unreachable => Gate::Unreachable,
        Standing::Out => Gate::Shut,
    });
    let navigate = use_navigate();
    Effect::new(move |_| {
        if gate.get() == Gate::Shut {
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            navigate(&sign_in_to(&browser::path_and_query()), options);
        }
    });
    let retry = move |()| spawn_local(client.resume());
    part(move || match gate.get() {
        Gate::Open => page(),
        Gate::Waiting => view! { <Loading retry=retry /> }.into_any(),
        Gate::Unreachable => view! {
            <Heading text=say(|lang| lang.resuming().to_owned()) />
            <LoadFailed failure=Failure::Offline retry=retry />
        }
        .into_any(),
        Gate::Shut => ().into_any(),
    })
}
