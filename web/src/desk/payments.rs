//! Payments of all accounts, newest first, or only those in one state.

use crate::component::erased::{part, t};
use crate::component::heading::heading;
use crate::component::paged::documents;
use crate::i18n::Lang;
use crate::json;
use crate::present::desk::{PAYMENT_STATES, payment_state, payments};
use leptos::prelude::*;
use shared::api::payments::PaymentPage;

/// The page.
pub(super) fn page() -> AnyView {
    let state = RwSignal::new(String::new());
    let options: Vec<AnyView> = PAYMENT_STATES
        .into_iter()
        .map(|state| view! { <option value=state.name()>{t(payment_state(state))}</option> }.into_any())
        .collect();
    let list = part(move || {
        let state = state.get();
        let path = if state.is_empty() { "/payments".to_owned() } else { format!("/payments?state={state}") };
        let read = |text: &str| json::read(text).map(|PaymentPage { items, next_cursor }| (items, next_cursor));
        documents(&path, Lang::desk_payments_empty, read, payments)
    });
    view! {
        <div class="narrow desk">
            {heading(t(Lang::desk_payments), false)} <div class="field search">
                <label for="state">{t(Lang::desk_state)}</label>
                <select id="state" data-testid="state" on:change:target=move |event| state.set(event.target().value())>
                    <option value="">{t(Lang::desk_all)}</option>
                    {options}
                </select>
            </div> {list}
        </div>
    }
    .into_any()
}
