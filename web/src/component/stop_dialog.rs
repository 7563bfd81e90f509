//! Stopping a panel, which interrupts the people who work in it: a button, and a dialog that names the effect.

use crate::client::Act;
use crate::component::dialog::Confirm;
use crate::component::erased::told;
use crate::component::shape::{Button, either};
use crate::component::trouble::refusal;
use crate::i18n::Lang;
use crate::present::problem::Failure;
use crate::store::panels::{Panel, panels};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The button and its dialog.
pub(crate) fn stop_panel(panel: Panel) -> impl IntoView {
    let store = panels();
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let failed = RwSignal::new(None::<Failure>);
    let title = told(panel.shown(), |lang, status| lang.stop_title(&status.name));
    let stop = move || {
        let panel = panel.clone();
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let outcome = store.act(&panel, Act::Stop).await;
            let _ = busy.try_set(false);
            let _ = failed.try_set(outcome.err());
        });
    };
    let words = either(move || busy.get(), Lang::working, Lang::action_stop);
    let button = Button::new(words, move || open.set(true)).testid("action-stop");
    view! {
        {button.off(move || busy.get() || store.offline.get()).draw()}
        {refusal(failed)}
        {Confirm { open, title, effect: Lang::stop_effect, verb: Lang::stop_confirm, testid: "confirm-stop" }.draw(stop)}
    }
}
