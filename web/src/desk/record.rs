//! The form that records a payment for a panel.

use crate::browser;
use crate::client::client;
use crate::component::erased::{part, say, t};
use crate::component::field::{Field, Kind, field};
use crate::component::shape::{Button, either, para, titled};
use crate::component::trouble::refusal;
use crate::format::{money, typed_amount};
use crate::i18n::Lang;
use crate::json::object;
use crate::prefs::lang;
use crate::present::problem::Failure;
use crate::store::panels::{Panel, Panels, panels};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::money::Currency;

/// What is filled in.
#[derive(Clone, Copy)]
struct Typed {
    panel: RwSignal<String>,
    method: RwSignal<String>,
    amount: RwSignal<String>,
    reference: RwSignal<String>,
    tried: RwSignal<bool>,
}

/// The form. `done` is called once it is on record.
pub(super) fn record(done: Callback<()>) -> AnyView {
    let (client, panels) = (client(), panels());
    spawn_local(panels.load());
    let typed = Typed {
        panel: RwSignal::new(String::new()),
        method: RwSignal::new("bank_transfer".to_owned()),
        amount: RwSignal::new(String::new()),
        reference: RwSignal::new(String::new()),
        tried: RwSignal::new(false),
    };
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let key = StoredValue::new(browser::fresh_key());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        typed.tried.set(true);
        let Some((path, body)) = typed.request(panels).filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let outcome = client.decide(path, Some(body), Some(("Idempotency-Key", key.get_value()))).await;
            let _ = busy.try_set(false);
            if !matches!(outcome, Err(Failure::Slow | Failure::Offline)) {
                // Answered: the next click is another payment.
                let _ = key.try_update_value(|key| *key = browser::fresh_key());
            }
            if outcome.is_ok() {
                typed.clear();
                done.run(());
            }
            let _ = failed.try_set(outcome.err());
        });
    };
    let words = either(move || busy.get(), Lang::working, Lang::desk_record);
    let button = Button::submit(words).class("button primary").testid("record");
    let offline = panels.offline;
    let form = view! {
        <form novalidate on:submit=send>
            {fields(typed, panels)} {refusal(failed)} {button.off(move || busy.get() || offline.get()).draw()}
        </form>
    };
    titled(Lang::desk_record_title, form.into_any())
}

fn fields(typed: Typed, panels: Panels) -> Vec<AnyView> {
    let options = part(move || {
        let option = |panel: Panel| {
            let status = panel.status.get_untracked();
            let words = format!("{} ({})", status.name, status.subdomain);
            view! { <option value=panel.id.to_string()>{words}</option> }
        };
        panels.list().into_iter().map(option).collect_view().into_any()
    });
    let wrong = move |is_wrong: fn(Typed) -> bool, fault: fn(Lang) -> &'static str| {
        Signal::derive(move || (typed.tried.get() && is_wrong(typed)).then(|| fault(lang()).to_owned()))
    };
    let due = say(move |lang| {
        let due = typed.chosen(panels).and_then(|panel| panel.status.get().billing.amount_due);
        due.map(|due| lang.desk_due(&money(lang, due))).unwrap_or_default()
    });
    let text = |id, label, hint, value, error| {
        field(Field { id, kind: Kind::Text, autocomplete: "off", label, hint, value, error })
    };
    let bad_amount = |typed: Typed| typed_amount(&typed.amount.get(), Currency::Bdt).is_none();
    let panel = view! {
        <div class="field">
            <label for="panel">{t(Lang::desk_panel)}</label>
            <select id="panel" data-testid="panel" on:change:target=move |event| typed.panel.set(event.target().value())>
                <option value="">{t(Lang::desk_choose)}</option>
                {options}
            </select>
            {para("small", due)}
        </div>
    };
    let method = view! {
        <div class="field">
            <label for="method">{t(Lang::desk_method)}</label>
            <select id="method" data-testid="method" on:change:target=move |event| typed.method.set(event.target().value())>
                <option value="bank_transfer">{t(Lang::method_bank)}</option>
                <option value="cash">{t(Lang::method_cash)}</option>
            </select>
        </div>
    };
    vec![
        panel.into_any(),
        method.into_any(),
        text(
            "amount",
            Lang::desk_amount,
            Lang::desk_arrived_hint,
            typed.amount,
            wrong(bad_amount, Lang::desk_amount_bad),
        ),
        text(
            "reference",
            Lang::desk_reference,
            Lang::desk_reference_hint,
            typed.reference,
            wrong(|typed| typed.reference.get().trim().is_empty(), Lang::desk_needed),
        ),
    ]
}

impl Typed {
    fn chosen(self, panels: Panels) -> Option<Panel> {
        let wanted = self.panel.get();
        panels.list().into_iter().find(|panel| panel.id.to_string() == wanted)
    }

    /// The request, if everything is filled in. The amount is in the currency of the panel's plan.
    fn request(self, panels: Panels) -> Option<(String, String)> {
        let panel = untrack(|| self.chosen(panels))?;
        let due = panel.status.get_untracked().billing.amount_due;
        let currency = due.map_or(Currency::Bdt, |due| due.currency);
        let amount = typed_amount(&self.amount.get_untracked(), currency)?;
        let reference = self.reference.get_untracked();
        let reference = Some(reference.trim()).filter(|reference| !reference.is_empty())?;
        let texts = object(&[("method", &self.method.get_untracked()), ("reference", reference)]);
        let body = texts.replacen('{', &format!("{{\"amount_minor\":{},", amount.minor), 1);
        Some((format!("/tenants/{}/manual-payments", panel.id), body))
    }

    fn clear(self) {
        let _ = self.tried.try_set(false);
        let _ = self.amount.try_set(String::new());
        let _ = self.reference.try_set(String::new());
    }
}
