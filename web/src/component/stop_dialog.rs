//! Stopping a panel, which interrupts the people who work in it: a button, and a dialog that names the effect.

use crate::client::Act;
use crate::component::dialog::Confirm;
use crate::component::erased::{say, told};
use crate::component::trouble::Refusal;
use crate::store::panels::{Panel, panels};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web::i18n::Lang;
use web::present::problem::Failure;

/// The button and its dialog.
#[component]
pub(crate) fn StopPanel(panel: Panel) -> impl IntoView {
    let store = panels();
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let failed = RwSignal::new(None::<Failure>);
    let title = told(panel.shown(), |lang, status| lang.stop_title(&status.name));
    let stop = move |()| {
        let panel = panel.clone();
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let outcome = store.act(&panel, Act::Stop).await;
            let _ = busy.try_set(false);
            let _ = failed.try_set(outcome.err());
        });
    };
    view! {
        <button
            type="button"
            class="button"
            data-testid="action-stop"
            disabled=Signal::derive(move || busy.get() || store.offline.get())
            on:click=move |_| open.set(true)
        >
            {say(move |lang| if busy.get() { lang.working() } else { lang.action_stop() }.to_owned())}
        </button>
        <Refusal failure=failed />
        <Confirm
            open=open
            title=title
            effect=Lang::stop_effect
            verb=Lang::stop_confirm
            testid="confirm-stop"
            confirmed=stop
        />
    }
}
