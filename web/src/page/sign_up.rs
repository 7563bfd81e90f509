//! Opening an account.

use crate::client::client;
use crate::component::erased::{say, t};
use crate::component::field::{Field, Kind};
use crate::component::heading::Heading;
use crate::page::sign_form::{Faults, FieldFaults, leave_once_signed_in, sibling, summary};
use crate::prefs::prefs;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::auth;
use web::i18n::Lang;

/// The page.
pub(crate) fn page() -> AnyView {
    leave_once_signed_in();
    let (client, prefs) = (client(), prefs());
    let name = RwSignal::new(String::new());
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, faults) = (RwSignal::new(false), Faults::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let who = auth::SignUp {
            name: name.get_untracked().trim().to_owned(),
            email: email.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
            language: prefs.lang_now().into(),
        };
        let mut empty = FieldFaults::new();
        if who.name.is_empty() {
            empty.push(("name", Lang::need_name));
        }
        if who.email.is_empty() {
            empty.push(("email", Lang::need_email));
        }
        if who.password.is_empty() {
            empty.push(("password", Lang::need_password));
        }
        if !faults.none_among(empty) || busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let outcome = client.sign_up(&who).await;
            let _ = busy.try_set(false);
            if let Err(failure) = outcome {
                faults.refuse(failure);
            }
        });
    };
    view! {
        <div class="narrow sign">
            <Heading text=say(|lang| lang.sign_up_title().to_owned()) />
            <form class="box" novalidate on:submit=submit>
                {summary(faults, &["name", "email", "password"])}
                <Field
                    id="name"
                    kind=Kind::Text
                    autocomplete="organization"
                    label=Lang::field_name
                    hint=Lang::hint_name
                    value=name
                    error=faults.of("name")
                />
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
                    autocomplete="new-password"
                    label=Lang::field_password
                    hint=Lang::hint_password_new
                    value=password
                    error=faults.of("password")
                />
                <button type="submit" class="button primary wide" data-testid="sign-up" disabled=busy>
                    {say(move |lang| if busy.get() { lang.signing_up() } else { lang.sign_up_button() }.to_owned())}
                </button>
            </form>
            <p>
                {t(Lang::have_account)} " "
                <a href=sibling("/sign-in")>{t(Lang::sign_in_link)}</a>
            </p>
        </div>
    }
    .into_any()
}
