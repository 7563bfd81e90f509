//! A list of databases that become panels, and what became of each of them.

use crate::client::client;
use crate::component::erased::{part, t};
use crate::component::fetched::written;
use crate::component::shape::{Button, either, para};
use crate::component::trouble::refusal;
use crate::i18n::Lang;
use crate::json;
use crate::present::problem::Failure;
use crate::present::servers::{imported, list};
use crate::store::panels::panels;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::servers::Imported;
use shared::ids::ServerId;

/// What goes on in the form.
#[derive(Clone, Copy)]
struct Now {
    typed: RwSignal<String>,
    busy: RwSignal<bool>,
    faulty: RwSignal<bool>,
    failed: RwSignal<Option<Failure>>,
    answer: RwSignal<Option<String>>,
}

/// The form of one server, folded away. The answer stays until the next list is sent.
pub(super) fn import(id: ServerId) -> AnyView {
    let now = Now {
        typed: RwSignal::new(String::new()),
        busy: RwSignal::new(false),
        faulty: RwSignal::new(false),
        failed: RwSignal::new(None),
        answer: RwSignal::new(None),
    };
    let answer = part(move || {
        let read = now.answer.get().map(|text| json::read::<Imported>(&text));
        match read {
            None => ().into_any(),
            Some(None) => para("error", t(Lang::load_failed)),
            Some(Some(done)) => written("imported", move |lang| imported(lang, &done)),
        }
    });
    view! {
        <details data-testid=format!("import-{id}")>
            <summary>{t(Lang::server_import)}</summary>
            {para("", t(Lang::server_import_lead))} {form(now, id)} <div role="status">{answer}</div>
        </details>
    }
    .into_any()
}

fn form(now: Now, id: ServerId) -> AnyView {
    let (client, offline) = (client(), panels().offline);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if now.busy.get_untracked() {
            return;
        }
        let body = list(&now.typed.get_untracked());
        now.faulty.set(body.is_none());
        now.failed.set(None);
        let Some(body) = body else { return };
        now.busy.set(true);
        spawn_local(async move {
            let outcome = client.told(format!("/servers/{id}/import"), body).await;
            let _ = now.busy.try_set(false);
            match outcome {
                Ok(text) => {
                    let _ = now.answer.try_set(Some(text));
                }
                Err(failure) => {
                    let _ = now.failed.try_set(Some(failure));
                }
            }
        });
    };
    let field = format!("import-list-{id}");
    let (hint, error) = (format!("{field}-hint"), format!("{field}-error"));
    let fault = either(move || now.faulty.get(), Lang::server_import_fault, |_| "");
    let words = either(move || now.busy.get(), Lang::working, Lang::server_import);
    let button = Button::submit(words).testid(format!("import-go-{id}"));
    view! {
        <form novalidate on:submit=send>
            <div class="field" class:wrong=Signal::from(now.faulty)>
                <label for=field.clone()>{t(Lang::server_import_list)}</label>
                <p class="hint small" id=hint.clone()>
                    {t(Lang::server_import_hint)}
                </p>
                <textarea
                    id=field.clone()
                    rows="6"
                    spellcheck="false"
                    data-testid=field
                    aria-describedby=format!("{hint} {error}")
                    prop:value=now.typed
                    on:input:target=move |event| now.typed.set(event.target().value())
                ></textarea>
                <p class="error" id=error role="alert">
                    {fault}
                </p>
            </div>
            {refusal(now.failed)} {button.off(move || now.busy.get() || offline.get()).draw()}
        </form>
    }
    .into_any()
}
