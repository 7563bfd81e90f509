//! Where the link of a letter leads: a new password. Afterwards one signs in with it.

use crate::client::client;
use crate::component::erased::{part, t};
use crate::component::field::Kind;
use crate::component::heading::heading;
use crate::component::shape::{holder, link, para, to};
use crate::i18n::Lang;
use crate::page::sign_form::{Faults, empty, submit, summary};
use crate::way::way;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::problem::ErrorCode;

/// The page.
pub(crate) fn page() -> AnyView {
    let token = way().query("token").filter(|token| !token.is_empty());
    let spent = RwSignal::new(token.is_none());
    let token = token.unwrap_or_default();
    let (client, asked) = (client(), token.clone());
    // While the form stands there already: most links are good, and what could not be asked is found out later.
    spawn_local(async move {
        if asked.is_empty() {
            return;
        }
        let came = client.look_at_reset(&asked).await;
        if came.is_err_and(|failure| failure.code() == Some(ErrorCode::LinkSpent)) {
            let _ = spent.try_set(true);
        }
    });
    let shown = part(move || if spent.get() { spent_link() } else { ask(token.clone(), spent) });
    holder("div", "narrow sign", vec![heading(t(Lang::reset_title), true), shown.into_any()])
}

/// The link is of no use any more; a new one is one tap away.
fn spent_link() -> AnyView {
    let again = link("button primary", "new-link", to("/forgot"), t(Lang::reset_new_link), None);
    let inner = vec![para("", t(Lang::err_link_spent)), para("small", t(Lang::reset_spent_hint)), again];
    view! { <section class="box" role="alert" data-testid="link-spent">{inner}</section> }.into_any()
}

fn ask(token: String, spent: RwSignal<bool>) -> AnyView {
    let (client, way) = (client(), way());
    let password = RwSignal::new(String::new());
    let (busy, faults) = (RwSignal::new(false), Faults::new());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (token, new) = (token.clone(), password.get_untracked());
        if !faults.none_among(empty(&[("password", &new, Lang::need_new_password)])) || busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let outcome = client.reset(&token, &new).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(()) => way.replace("/sign-in?reset=done"),
                Err(failure) if failure.code() == Some(ErrorCode::LinkSpent) => {
                    let _ = spent.try_set(true);
                }
                Err(failure) => faults.refuse(failure),
            }
        });
    };
    let new = faults.field(
        "password",
        Kind::Password,
        "new-password",
        [Lang::new_password, Lang::hint_password_new],
        password,
    );
    view! {
        {para("lead", t(Lang::reset_lead))}
        <form class="box" novalidate on:submit=send>
            {summary(faults, &["password"])} {new} {submit("reset", busy, Lang::working, Lang::reset_button)}
        </form>
    }
    .into_any()
}
