//! Who pays: what stands on invoices, and where the account's days begin.

use super::form::Form;
use crate::component::erased::t;
use crate::component::fetched::{Extent, fetched, still, written};
use crate::component::field::{Kind, described};
use crate::component::shape::{holder, para, titled};
use crate::i18n::Lang;
use crate::json::{self, object};
use crate::page::sign_form::{Faults, empty, summary};
use crate::prefs::prefs;
use crate::present::markup::Markup;
use crate::present::people::{ZONES, may_edit, typed_code};
use crate::wire::Account;
use leptos::prelude::*;
use shared::api::auth::Me;

/// The section. An operator has no account.
pub(super) fn section(me: &Me) -> AnyView {
    let Some(account) = me.account_id else { return ().into_any() };
    let path = format!("/accounts/{account}");
    let may = may_edit(me.role);
    let typed = Typed::default();
    let draw = {
        let path = path.clone();
        move |text: &str| {
            let came: Account = json::read(text)?;
            Some(if may { edited(path.clone(), typed.begun(came)) } else { read_only(came) })
        }
    };
    fetched(path, still(), Extent::Box, Box::new(draw))
}

fn read_only(came: Account) -> AnyView {
    let facts = written("", move |lang| facts(lang, &came));
    titled(Lang::details_title, vec![para("small", t(Lang::details_read_only)), facts].into_any())
}

fn facts(lang: Lang, account: &Account) -> String {
    let mut out = Markup::default();
    let or_none = |text: &str| if text.is_empty() { lang.details_none().to_owned() } else { text.to_owned() };
    out.tags("<dl class=\"facts\">")
        .fact(lang.field_name(), &account.name)
        .fact(lang.details_address(), &or_none(&account.address))
        .fact(lang.details_bin(), &or_none(account.bin.as_deref().unwrap_or_default()))
        .fact(lang.details_zone(), &account.zone)
        .tags("</dl>");
    out.done()
}

/// What stands in the fields. It outlives a later answer: what is being typed is not lost to one.
#[derive(Clone, Copy, Default)]
struct Typed {
    begun: StoredValue<bool>,
    name: RwSignal<String>,
    address: RwSignal<String>,
    bin: RwSignal<String>,
    zone: RwSignal<String>,
}

impl Typed {
    /// With what came first.
    fn begun(self, came: Account) -> Self {
        if !self.begun.get_value() {
            self.begun.set_value(true);
            self.name.set(came.name);
            self.address.set(came.address);
            self.bin.set(came.bin.unwrap_or_default());
            self.zone.set(came.zone);
        }
        self
    }
}

fn edited(path: String, typed: Typed) -> AnyView {
    let (form, prefs) = (Form::new("details-summary"), prefs());
    let Typed { name, address, bin, zone, .. } = typed;
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (name, address) = (name.get_untracked().trim().to_owned(), address.get_untracked().trim().to_owned());
        let (bin, zone) = (typed_code(&bin.get_untracked()), zone.get_untracked().trim().to_owned());
        if !form.faults.none_among(empty(&[("name", &name, Lang::need_name), ("zone", &zone, Lang::zone_unknown)])) {
            return;
        }
        let mut fields = vec![("name", name.as_str()), ("address", &address), ("zone", &zone)];
        if !bin.is_empty() {
            fields.push(("bin", &bin));
        }
        form.put(path.clone(), object(&fields), Lang::saved, move || prefs.follow_zone(&zone));
    };
    let fields = fields(form.faults, typed);
    let inner = view! {
        <form novalidate on:submit=send>
            {summary(form.faults, &["name", "address", "bin", "zone"])} {fields}
            <div class="buttons">{form.button("save-details", "button primary", Lang::save)} {form.mark()}</div>
        </form>
    };
    titled(Lang::details_title, vec![para("small", t(Lang::details_lead)), inner.into_any()].into_any())
}

fn fields(faults: Faults, typed: Typed) -> AnyView {
    let Typed { name, address, bin, zone, .. } = typed;
    let name = faults.field("name", Kind::Text, "organization", [Lang::field_name, Lang::hint_name], name);
    let bin = faults.field("bin", Kind::Code, "off", [Lang::details_bin, Lang::details_bin_hint], bin);
    holder("div", "", vec![name, lines(faults, address), bin, zones(faults, zone)])
}

fn lines(faults: Faults, value: RwSignal<String>) -> AnyView {
    let error = faults.of("address");
    let wrong = Signal::derive(move || error.get().is_some());
    view! {
        <div class="field" class:wrong=wrong>
            <label for="address">{t(Lang::details_address)}</label>
            <p class="hint small" id="address-hint">{t(Lang::details_address_hint)}</p>
            <textarea
                id="address"
                data-testid="address"
                rows="3"
                autocomplete="street-address"
                aria-invalid=Signal::derive(move || wrong.get().then_some("true"))
                aria-describedby=described("address", error)
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            ></textarea>
            <p class="error" id="address-error">{Signal::derive(move || error.get().unwrap_or_default())}</p>
        </div>
    }
    .into_any()
}

fn zones(faults: Faults, value: RwSignal<String>) -> AnyView {
    let error = faults.of("zone");
    let wrong = Signal::derive(move || error.get().is_some());
    let names = ZONES.into_iter().map(|name| view! { <option value=name></option> }).collect_view();
    view! {
        <div class="field" class:wrong=wrong>
            <label for="zone">{t(Lang::details_zone)}</label>
            <p class="hint small" id="zone-hint">{t(Lang::details_zone_hint)}</p>
            <input
                id="zone"
                data-testid="zone"
                list="zones"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                lang="en"
                translate="no"
                aria-invalid=Signal::derive(move || wrong.get().then_some("true"))
                aria-describedby=described("zone", error)
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            />
            <datalist id="zones">{names}</datalist>
            <p class="error" id="zone-error">{Signal::derive(move || error.get().unwrap_or_default())}</p>
        </div>
    }
    .into_any()
}
