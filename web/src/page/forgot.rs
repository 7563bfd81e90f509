//! Asking for a letter with a link, by which a new password can be set. The answer is the same whoever asks.

use crate::client::client;
use crate::component::erased::{part, say, t};
use crate::component::field::Kind;
use crate::component::heading::heading;
use crate::component::shape::{Button, holder, link, para, to};
use crate::i18n::Lang;
use crate::page::sign_form::{Faults, empty, submit, summary};
use crate::prefs::prefs;
use crate::store::voice::voice;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The page.
pub(crate) fn page() -> AnyView {
    let email = RwSignal::new(String::new());
    let sent = RwSignal::new(None::<String>);
    let shown = part(move || match sent.get() {
        Some(address) => on_its_way(address, sent),
        None => ask(email, sent),
    });
    let back = holder("p", "below", vec![link("", "to-sign-in", to("/sign-in"), t(Lang::back_to_sign_in), None)]);
    holder("div", "narrow sign", vec![heading(t(Lang::forgot_title), false), shown.into_any(), back])
}

fn ask(email: RwSignal<String>, sent: RwSignal<Option<String>>) -> AnyView {
    let (client, voice, prefs) = (client(), voice(), prefs());
    let (busy, faults) = (RwSignal::new(false), Faults::new());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let address = email.get_untracked().trim().to_owned();
        if !faults.none_among(empty(&[("email", &address, Lang::need_email)])) || busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let outcome = client.forgot(&address).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(()) => {
                    voice.answer(prefs.lang_now().forgot_sent(&address));
                    let _ = sent.try_set(Some(address));
                }
                Err(failure) => faults.refuse(failure),
            }
        });
    };
    let address = faults.field("email", Kind::Email, "username", [Lang::field_email, Lang::hint_email], email);
    view! {
        {para("lead", t(Lang::forgot_lead))}
        <form class="box" novalidate on:submit=send>
            {summary(faults, &["email"])} {address} {submit("forgot", busy, Lang::working, Lang::forgot_button)}
        </form>
    }
    .into_any()
}

fn on_its_way(address: String, sent: RwSignal<Option<String>>) -> AnyView {
    let told = say(move |lang| lang.forgot_sent(&address));
    let again = Button::new(t(Lang::forgot_again), move || sent.set(None)).testid("forgot-again").draw();
    let inner = vec![para("", told), para("small", t(Lang::forgot_sent_hint)), again];
    view! { <section class="box" data-testid="forgot-sent">{inner}</section> }.into_any()
}
