//! What operators do to a panel: close it with a message, open it again.

use crate::component::actions::Actions;
use crate::component::trouble::Refusal;
use crate::prefs::lang;
use crate::store::panels::{Panel, panels};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::tenants::Action;
use web::present::problem::Failure;

/// The longest message that the server takes.
const MESSAGE_MAX: usize = 500;

/// The section, for those to whom the server offers either act.
pub(super) fn section(panel: &Panel) -> impl IntoView + use<> {
    let status = panel.status.clone();
    let offered = Memo::new(move |_| {
        status.with(|status| (status.actions.contains(&Action::Suspend), status.actions.contains(&Action::Resume)))
    });
    let panel = panel.clone();
    move || {
        let inner = match offered.get() {
            (true, _) => view! { <SuspendForm panel=panel.clone() /> }.into_any(),
            (_, true) => view! {
                <p>{move || lang().resume_lead()}</p>
                <Actions panel=panel.clone() shown=|action| action == Action::Resume />
            }
            .into_any(),
            _ => return None,
        };
        Some(view! {
            <section class="box">
                <h2>{move || lang().operator_title()}</h2>
                {inner}
            </section>
        })
    }
}

#[component]
fn SuspendForm(panel: Panel) -> impl IntoView {
    let store = panels();
    let (message, busy) = (RwSignal::new(String::new()), RwSignal::new(false));
    let missing = RwSignal::new(false);
    let failed = RwSignal::new(None::<Failure>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = message.get_untracked().trim().to_owned();
        missing.set(text.is_empty());
        if text.is_empty() || busy.get_untracked() {
            return;
        }
        let panel = panel.clone();
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let outcome = store.suspend(&panel, text).await;
            let _ = busy.try_set(false);
            let _ = failed.try_set(outcome.err());
        });
    };
    view! {
        <form novalidate on:submit=submit>
            <p>{move || lang().suspend_lead()}</p>
            <div class="field" class:wrong=move || missing.get()>
                <label for="message">{move || lang().suspend_message()}</label>
                <p class="hint small" id="message-hint">{move || lang().suspend_hint()}</p>
                <textarea
                    id="message"
                    rows="3"
                    maxlength=MESSAGE_MAX.to_string()
                    data-testid="suspend-message"
                    aria-describedby="message-hint message-error"
                    prop:value=move || message.get()
                    on:input:target=move |event| message.set(event.target().value())
                ></textarea>
                <p class="error" id="message-error" role="alert">{move || missing.get().then(|| lang().suspend_need())}</p>
            </div>
            <Refusal failure=failed />
            <button
                type="submit"
                class="button danger"
                data-testid="action-suspend"
                disabled=move || busy.get() || store.offline.get()
            >
                {move || if busy.get() { lang().working() } else { lang().suspend_confirm() }}
            </button>
        </form>
    }
}
