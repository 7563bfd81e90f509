//! Signing in; in a demonstration also by choosing one of its made-up people.

use crate::client::client;
use crate::component::erased::{part, say, t};
use crate::component::field::{Field, Kind};
use crate::component::heading::Heading;
use crate::page::sign_form::{Faults, FieldFaults, leave_once_signed_in, sibling, summary};
use crate::store::house::house;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::about::DemoSignIn;
use shared::api::auth;
use web::i18n::Lang;

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
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let who = auth::SignIn { email: email.get_untracked().trim().to_owned(), password: password.get_untracked() };
        let mut empty = FieldFaults::new();
        if who.email.is_empty() {
            empty.push(("email", Lang::need_email));
        }
        if who.password.is_empty() {
            empty.push(("password", Lang::need_password));
        }
        if faults.none_among(empty) && !busy.get_untracked() {
            enter(who);
        }
    };
    view! {
        <div class="narrow sign">
            <Heading text=say(|lang| lang.sign_in_title().to_owned()) />
            <p class="lead">{t(Lang::sign_in_lead)}</p>
            <Demo enter=Callback::new(enter) busy=busy />
            <form class="box" novalidate on:submit=submit>
                {summary(faults, &["email", "password"])}
                <Field
                    id="email"
                    kind=Kind::Email
                    autocomplete="username"
                    label=Lang::field_email
                    hint=Lang::hint_email
                    value=email
                    error=faults.of("email")
                />
                <Field
                    id="password"
                    kind=Kind::Password
                    autocomplete="current-password"
                    label=Lang::field_password
                    hint=Lang::hint_password
                    value=password
                    error=faults.of("password")
                />
                <button type="submit" class="button primary wide" data-testid="sign-in" disabled=busy>
                    {say(move |lang| if busy.get() { lang.signing_in() } else { lang.sign_in_button() }.to_owned())}
                </button>
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
#[component]
fn Demo(enter: Callback<auth::SignIn>, busy: RwSignal<bool>) -> impl IntoView {
    let house = house();
    let people = move || house.about().and_then(|about| about.demo).map(|demo| demo.sign_ins);
    part(move || people().map(|people| choice(people, enter, busy)).into_any())
}

fn choice(people: Vec<DemoSignIn>, enter: Callback<auth::SignIn>, busy: RwSignal<bool>) -> impl IntoView {
    let button = move |DemoSignIn { name, email, password }: DemoSignIn| {
        let who = auth::SignIn { email: email.clone(), password };
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
