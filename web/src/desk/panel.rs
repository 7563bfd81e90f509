//! What operators do to a panel: close it with a message, open it again.

use crate::component::actions::actions;
use crate::component::badge::badge;
use crate::component::erased::{Part, part, t, told};
use crate::component::heading::heading;
use crate::component::shape::{Button, either, link, para, titled, to};
use crate::component::trouble::refusal;
use crate::i18n::Lang;
use crate::page::wanted::wanted;
use crate::present::face::Face;
use crate::present::problem::Failure;
use crate::store::panels::{Panel, panels};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::tenants::Action;
use shared::ids::TenantId;

/// The longest message that the server takes.
const MESSAGE_MAX: usize = 500;

/// The page.
pub(super) fn page(id: TenantId) -> AnyView {
    wanted(id, Lang::operator_title, ready)
}

fn ready(panel: &Panel) -> AnyView {
    let status = panel.shown();
    let face = Signal::derive(move || Face::of(&status.get()));
    let name = told(status, |_, status| status.name.clone());
    let back = link("", "back", to(format!("/panels/{}", panel.id)), name, None);
    view! {
        <div class="narrow desk">
            <p class="back">{back}</p>
            {heading(name, false)} {badge(face)} {section(panel)}
        </div>
    }
    .into_any()
}

/// The section, for those to whom the server offers either act.
fn section(panel: &Panel) -> Part {
    let (status, panel) = (panel.shown(), panel.clone());
    let may = move |act: Action| status.get().actions.contains(&act);
    let offered = Memo::new(move |_| if may(Action::Suspend) { 2 } else { u8::from(may(Action::Resume)) });
    part(move || {
        let inner = match offered.get() {
            2 => suspend_form(panel.clone()),
            1 => vec![
                para("", t(Lang::resume_lead)),
                actions(panel.clone(), |action| action == Action::Resume).into_any(),
            ]
            .into_any(),
            _ => return ().into_any(),
        };
        titled(Lang::operator_title, inner)
    })
}

fn suspend_form(panel: Panel) -> AnyView {
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
    let words = either(move || busy.get(), Lang::working, Lang::suspend_confirm);
    let button = Button::submit(words).class("button danger").testid("action-suspend");
    let fault = either(move || missing.get(), Lang::suspend_need, |_| "");
    view! {
        <form novalidate on:submit=submit>
            {para("", t(Lang::suspend_lead))} <div class="field" class:wrong=Signal::from(missing)>
                <label for="message">{t(Lang::suspend_message)}</label>
                <p class="hint small" id="message-hint">
                    {t(Lang::suspend_hint)}
                </p>
                <textarea
                    id="message"
                    rows="3"
                    maxlength=MESSAGE_MAX.to_string()
                    data-testid="suspend-message"
                    aria-describedby="message-hint message-error"
                    prop:value=message
                    on:input:target=move |event| message.set(event.target().value())
                ></textarea>
                <p class="error" id="message-error" role="alert">
                    {fault}
                </p>
            </div> {refusal(failed)} {button.off(move || busy.get() || store.offline.get()).draw()}
        </form>
    }
    .into_any()
}
