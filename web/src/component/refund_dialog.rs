//! Having the money back of a panel that never came up: a button, and a dialog that names the effect.

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
pub(crate) fn refund_panel(panel: Panel) -> impl IntoView {
    let store = panels();
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let failed = RwSignal::new(None::<Failure>);
    let title = told(panel.shown(), |lang, status| lang.refund_title(&status.name));
    let refund = move || {
        let panel = panel.clone();
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let outcome = store.act(&panel, Act::Refund).await;
            let _ = busy.try_set(false);
            let _ = failed.try_set(outcome.err());
        });
    };
    let words = either(move || busy.get(), Lang::working, Lang::action_refund);
    let button = Button::new(words, move || open.set(true)).testid("action-refund");
    view! {
        {button.off(move || busy.get() || store.offline.get()).draw()}
        {refusal(failed)}
        {Confirm { open, title, effect: Lang::refund_effect, verb: Lang::refund_confirm, testid: "confirm-refund" }.draw(refund)}
    }
}
