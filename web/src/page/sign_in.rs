//! Signing in; in a demonstration also by choosing one of its made-up people.

use crate::client::client;
use crate::component::erased::{Part, part, t};
use crate::component::field::{Field, Kind, field};
use crate::component::heading::heading;
use crate::i18n::Lang;
use crate::page::sign_form::{Faults, empty, leave_once_signed_in, sibling, submit, summary};
use crate::store::house::house;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::about::DemoSignIn;
use shared::api::auth;

/// The page.
pub(crate) fn page() -> AnyView {
    leave_once_signed_in();
    let client = client();
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, faults) = (RwSignal::new(false), Faults::new());
    let enter = move |who: auth::SignIn| {
        busy.set(true);
        spawn_local(async move {
            let outcome = client.sign_in(&who).await;
            let _ = busy.try_set(false);
            if let Err(failure) = outcome {
                faults.refuse(failure);
            }
        });
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let who = auth::SignIn { email: email.get_untracked().trim().to_owned(), password: password.get_untracked(), code: None };
        let empty = empty(&[("email", &who.email, Lang::need_email), ("password", &who.password, Lang::need_password)]);
        if faults.none_among(empty) && !busy.get_untracked() {
            enter(who);
        }
    };
    view! {
        <div class="narrow sign">
            {heading(t(Lang::sign_in_title), false)}
            <p class="lead">{t(Lang::sign_in_lead)}</p>
            {demo(Callback::new(enter), busy)}
            <form class="box" novalidate on:submit=send>
                {summary(faults, &["email", "password"])}
                {field(Field {
                    id: "email",
                    kind: Kind::Email,
                    autocomplete: "username",
                    label: Lang::field_email,
                    hint: Lang::hint_email,
                    value: email,
                    error: faults.of("email"),
                })}
                {field(Field {
                    id: "password",
                    kind: Kind::Password,
                    autocomplete: "current-password",
                    label: Lang::field_password,
                    hint: Lang::hint_password,
                    value: password,
                    error: faults.of("password"),
                })}
                {submit("sign-in", busy, Lang::signing_in, Lang::sign_in_button)}
            </form>
            <p>
                {t(Lang::no_account)} " "
                <a href=sibling("/sign-up")>{t(Lang::sign_up_link)}</a>
            </p>
        </div>
    }
    .into_any()
}

/// The made-up people of a demonstration, one tap each.
fn demo(enter: Callback<auth::SignIn>, busy: RwSignal<bool>) -> Part {
    let house = house();
    let people = move || house.about().and_then(|about| about.demo).map(|demo| demo.sign_ins);
    part(move || people().map(|people| choice(people, enter, busy)).into_any())
}

fn choice(people: Vec<DemoSignIn>, enter: Callback<auth::SignIn>, busy: RwSignal<bool>) -> impl IntoView {
    let button = move |DemoSignIn { name, email, password }: DemoSignIn| {
        let who = auth::SignIn { email: email.clone(), password, code: None };
        view! {
            <button
                type="button"
                class="button"
                data-testid="demo-sign-in"
                data-email=email.clone()
                disabled=busy
                on:click=move |_| enter.run(who.clone())
            >
                <span>{name}</span>
                <span class="small" lang="en" translate="no">
                    {email.clone()}
                </span>
            </button>
        }
    };
    view! {
        <section class="box demo">
            <h2>{t(Lang::demo_choose)}</h2>
            <p>{t(Lang::demo_money)}</p>
            <div class="people">{people.into_iter().map(button).collect_view()}</div>
        </section>
    }
}
