//! What operators do to a panel: close it with a message, open it again.

use crate::component::actions::Actions;
use crate::component::erased::{Part, part, say, t};
use crate::component::trouble::Refusal;
use crate::store::panels::{Panel, panels};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::tenants::Action;
use web::i18n::Lang;
use web::present::problem::Failure;

/// The longest message that the server takes.
const MESSAGE_MAX: usize = 500;

/// The section, for those to whom the server offers either act.
pub(super) fn section(panel: &Panel) -> Part {
    let status = panel.shown();
    let offered = Memo::new(move |_| {
        let actions = &status.get().actions;
        (actions.contains(&Action::Suspend), actions.contains(&Action::Resume))
    });
    let panel = panel.clone();
    part(move || {
        let inner = match offered.get() {
            (true, _) => view! { <SuspendForm panel=panel.clone() /> }.into_any(),
            (_, true) => view! {
                <p>{t(Lang::resume_lead)}</p>
                <Actions panel=panel.clone() shown=|action| action == Action::Resume />
            }
            .into_any(),
            _ => return ().into_any(),
        };
        view! {
            <section class="box">
                <h2>{t(Lang::operator_title)}</h2>
                {inner}
            </section>
        }
        .into_any()
    })
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
            <p>{t(Lang::suspend_lead)}</p>
            <div class="field" class:wrong=Signal::from(missing)>
                <label for="message">{t(Lang::suspend_message)}</label>
                <p class="hint small" id="message-hint">{t(Lang::suspend_hint)}</p>
                <textarea
                    id="message"
                    rows="3"
                    maxlength=MESSAGE_MAX.to_string()
                    data-testid="suspend-message"
                    aria-describedby="message-hint message-error"
                    prop:value=message
                    on:input:target=move |event| message.set(event.target().value())
                ></textarea>
                <p class="error" id="message-error" role="alert">{say(move |lang| if missing.get() { lang.suspend_need() } else { "" }.to_owned())}</p>
            </div>
            <Refusal failure=failed />
            <button
                type="submit"
                class="button danger"
                data-testid="action-suspend"
                disabled=Signal::derive(move || busy.get() || store.offline.get())
            >
                {say(move |lang| if busy.get() { lang.working() } else { lang.suspend_confirm() }.to_owned())}
            </button>
        </form>
    }
}
