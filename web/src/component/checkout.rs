//! The button that leads to where one pays, and the request before it.

use crate::browser;
use crate::component::erased::{part, say, t};
use crate::component::shape::{Button, either, marked, para, to};
use crate::component::trouble::refusal;
use crate::i18n::Lang;
use crate::present::problem::Failure;
use crate::store::panels::panels;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::payments::Checkout;

/// The button with these words. `ask` opens the payment under the key that it gets: the same while the same click is retried, so
/// that the server continues the payment that it may have opened.
pub(crate) fn checkout<F: Future<Output = Result<Checkout, Failure>> + 'static>(
    class: &'static str,
    testid: &'static str,
    words: Signal<String>,
    ask: impl Fn(String) -> F + 'static,
) -> AnyView {
    let offline = panels().offline;
    let (opening, failed) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let key = StoredValue::new(browser::fresh_key());
    // Who comes back from there finds the page as it was left, and pays anew.
    let back = window_event_listener(ev::Custom::<web_sys::Event>::new("pageshow"), move |_| {
        let _ = key.try_update_value(|key| *key = browser::fresh_key());
        let _ = opening.try_set(false);
    });
    on_cleanup(move || back.remove());
    let go = move || {
        opening.set(true);
        failed.set(None);
        let asked = ask(key.get_value());
        spawn_local(async move {
            match asked.await {
                // The button stays as it is until the browser has left.
                Ok(checkout) => browser::leave_to(&checkout.redirect_url),
                Err(failure) => {
                    if failure.is_decided() {
                        let _ = key.try_update_value(|key| *key = browser::fresh_key());
                    }
                    let _ = failed.try_set(Some(failure));
                    let _ = opening.try_set(false);
                }
            }
        });
    };
    let said = say(move |lang| if opening.get() { lang.pay_opening().to_owned() } else { words.get() });
    let refused = part(move || {
        if matches!(failed.get(), Some(Failure::Slow | Failure::Offline)) {
            marked("p", "refusal", vec![("role", to("alert"))], vec![t(Lang::pay_no_answer).into_any()])
        } else {
            refusal(failed).into_any()
        }
    });
    let button = Button::new(said, go).class(class).testid(testid);
    vec![
        button.off(move || opening.get() || offline.get()).draw(),
        para("small", either(move || offline.get(), Lang::offline_reason, |_| "")),
        refused.into_any(),
    ]
    .into_any()
}
