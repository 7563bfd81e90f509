//! Signing in; in a demonstration also by choosing one of its made-up people.

use crate::client::client;
use crate::component::field::{Field, Kind};
use crate::component::heading::Heading;
use crate::page::sign_form::{Faults, Summary, leave_once_signed_in, sibling};
use crate::prefs::lang;
use crate::store::house::house;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use shared::api::auth;
use web::i18n::Lang;

/// The page.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
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
        let mut empty: Vec<(&'static str, fn(Lang) -> &'static str)> = Vec::new();
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
            <Heading text=Signal::derive(move || lang().sign_in_title().to_owned()) />
            <p class="lead">{move || lang().sign_in_lead()}</p>
            <Demo enter=Callback::new(enter) busy=busy />
            <form class="box" novalidate on:submit=submit>
                <Summary faults=faults fields=&["email", "password"] />
                <Field
                    id="email"
                    kind=Kind::Email
                    autocomplete="username"
                    label=Signal::derive(move || lang().field_email())
                    hint=Signal::derive(move || lang().hint_email())
                    value=email
                    error=faults.of("email")
                />
                <Field
                    id="password"
                    kind=Kind::Password
                    autocomplete="current-password"
                    label=Signal::derive(move || lang().field_password())
                    hint=Signal::derive(move || lang().hint_password())
                    value=password
                    error=faults.of("password")
                />
                <button type="submit" class="button primary wide" data-testid="sign-in" disabled=move || busy.get()>
                    {move || if busy.get() { lang().signing_in() } else { lang().sign_in_button() }}
                </button>
            </form>
            <p>
                {move || lang().no_account()} " "
                <A href=sibling("/sign-up")>{move || lang().sign_up_link()}</A>
            </p>
        </div>
    }
}

/// The made-up people of a demonstration, one tap each.
#[component]
fn Demo(enter: Callback<auth::SignIn>, busy: RwSignal<bool>) -> impl IntoView {
    let house = house();
    let people = move || house.about().and_then(|about| about.demo).map(|demo| demo.sign_ins);
    move || {
        people().map(|people| {
            let buttons = people
                .into_iter()
                .map(|person| {
                    let address = person.email.clone();
                    let who = auth::SignIn { email: person.email.clone(), password: person.password.clone() };
                    view! {
                        <button
                            type="button"
                            class="button"
                            data-testid="demo-sign-in"
                            data-email=address
                            disabled=move || busy.get()
                            on:click=move |_| enter.run(who.clone())
                        >
                            <span>{person.name}</span>
                            <span class="small" lang="en" translate="no">
                                {person.email}
                            </span>
                        </button>
                    }
                })
                .collect_view();
            view! {
                <section class="box demo">
                    <h2>{move || lang().demo_choose()}</h2>
                    <p>{move || lang().demo_money()}</p>
                    <div class="people">{buttons}</div>
                </section>
            }
        })
    }
}
