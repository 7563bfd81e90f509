//! Where the link of an invitation leads: who asks, as what, and a form to join by.

use crate::client::client;
use crate::component::erased::{part, say, t, when};
use crate::component::field::Kind;
use crate::component::heading::heading;
use crate::component::loading::loading;
use crate::component::shape::{holder, link, para, to};
use crate::component::trouble::load_failed;
use crate::i18n::Lang;
use crate::page::sign_form::{Faults, empty, submit, summary};
use crate::prefs::prefs;
use crate::present::people::{role, role_means};
use crate::present::problem::Failure;
use crate::session::session;
use crate::way::way;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::people::{InvitedTo, Join};
use shared::api::problem::ErrorCode;

/// What was found at the link.
type Found = RwSignal<Option<Result<InvitedTo, Failure>>>;

/// The page.
pub(crate) fn page() -> AnyView {
    let client = client();
    let token = way().query("token").unwrap_or_default();
    let found: Found = RwSignal::new(None);
    let asked = token.clone();
    let load = Callback::new(move |()| {
        let token = asked.clone();
        spawn_local(async move {
            let came = client.look(&token).await;
            let _ = found.try_set(Some(came));
        });
    });
    load.run(());
    let shown = part(move || match found.get() {
        None => loading(1, load),
        Some(Err(failure)) => match failure.code() {
            Some(ErrorCode::LinkSpent | ErrorCode::NotFound | ErrorCode::Invalid) => spent_link(),
            _ => load_failed(failure, load),
        },
        Some(Ok(invited)) => invited_to(&token, invited, found),
    });
    holder("div", "narrow sign", vec![heading(t(Lang::join_title), true), shown.into_any()])
}

/// Only who asked can ask again.
fn spent_link() -> AnyView {
    let sign_in = link("button", "to-sign-in", to("/sign-in"), t(Lang::sign_in_link), None);
    let inner = vec![para("", t(Lang::join_spent)), sign_in];
    view! { <section class="box" role="alert" data-testid="link-spent">{inner}</section> }.into_any()
}

fn invited_to(token: &str, invited: InvitedTo, found: Found) -> AnyView {
    let InvitedTo { account_name, email, role: as_what } = invited;
    let asks = say(move |lang| lang.join_asks(&account_name, role(as_what)(lang)));
    let session = session();
    let here = say(move |lang| session.me().map(|me| lang.join_signed_in(&me.email)).unwrap_or_default());
    let note = when(move || session.is_in(), move || para("small", here));
    let lead = vec![para("lead", asks), para("small", t(role_means(as_what))), note.into_any()];
    vec![holder("div", "", lead), form(token.to_owned(), email, found)].into_any()
}

fn form(token: String, email: String, found: Found) -> AnyView {
    let (client, prefs, way) = (client(), prefs(), way());
    let (email, name) = (RwSignal::new(email), RwSignal::new(String::new()));
    let password = RwSignal::new(String::new());
    let (busy, faults) = (RwSignal::new(false), Faults::new());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let who = Join {
            token: token.clone(),
            name: name.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
            // That of the page: who wants another switches it above.
            language: prefs.lang_now().into(),
        };
        let left =
            empty(&[("name", &who.name, Lang::need_own_name), ("password", &who.password, Lang::need_new_password)]);
        if !faults.none_among(left) || busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let outcome = client.join(&who).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(()) => way.replace("/"),
                Err(failure) if failure.code() == Some(ErrorCode::LinkSpent) => {
                    let _ = found.try_set(Some(Err(failure)));
                }
                Err(failure) => faults.refuse(failure),
            }
        });
    };
    view! {
        <form class="box" novalidate on:submit=send>
            {summary(faults, &["name", "password"])} {fields(faults, email, name, password)}
            {submit("join", busy, Lang::joining, Lang::join_button)}
        </form>
    }
    .into_any()
}

fn fields(faults: Faults, email: RwSignal<String>, name: RwSignal<String>, password: RwSignal<String>) -> Vec<AnyView> {
    vec![
        faults.field("email", Kind::Fixed, "username", [Lang::field_email, Lang::join_email_hint], email),
        faults.field("name", Kind::Text, "name", [Lang::own_name, Lang::own_name_hint], name),
        faults.field(
            "password",
            Kind::Password,
            "new-password",
            [Lang::field_password, Lang::hint_password_new],
            password,
        ),
    ]
}
