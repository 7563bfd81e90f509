//! Opening an account.

use crate::client::client;
use crate::component::erased::t;
use crate::component::field::Kind;
use crate::component::heading::heading;
use crate::i18n::Lang;
use crate::page::sign_form::{Faults, empty, leave_once_signed_in, sibling, submit, summary};
use crate::prefs::prefs;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::auth;

/// The page.
pub(crate) fn page() -> AnyView {
    leave_once_signed_in();
    let (client, prefs) = (client(), prefs());
    let name = RwSignal::new(String::new());
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, faults) = (RwSignal::new(false), Faults::new());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let who = auth::SignUp {
            name: name.get_untracked().trim().to_owned(),
            email: email.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
            language: prefs.lang_now().into(),
        };
        let empty = empty(&[
            ("name", &who.name, Lang::need_name),
            ("email", &who.email, Lang::need_email),
            ("password", &who.password, Lang::need_password),
        ]);
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
            {heading(t(Lang::sign_up_title), false)}
            <form class="box" novalidate on:submit=send>
                {summary(faults, &["name", "email", "password"])}
                {fields(faults, name, email, password)}
                {submit("sign-up", busy, Lang::signing_up, Lang::sign_up_button)}
            </form>
            <p>
                {t(Lang::have_account)} " "
                <a href=sibling("/sign-in")>{t(Lang::sign_in_link)}</a>
            </p>
        </div>
    }
    .into_any()
}

fn fields(faults: Faults, name: RwSignal<String>, email: RwSignal<String>, password: RwSignal<String>) -> Vec<AnyView> {
    vec![
        faults.field("name", Kind::Text, "organization", [Lang::field_name, Lang::hint_name], name),
        faults.field("email", Kind::Email, "username", [Lang::field_email, Lang::hint_email], email),
        faults.field(
            "password",
            Kind::Password,
            "new-password",
            [Lang::field_password, Lang::hint_password_new],
            password,
        ),
    ]
}
