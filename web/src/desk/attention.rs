//! What a person has to look at: what our books say, what the gateway says, and what can be done with one click.

use super::ask::{Ask, Blank, Request, turning};
use crate::component::erased::{part, say, t};
use crate::component::fetched::written;
use crate::component::heading::heading;
use crate::component::paged::{Drawn, paged};
use crate::component::shape::para;
use crate::i18n::Lang;
use crate::json::{self, object};
use crate::present::desk::{alert, alert_kind, remedy, remedy_effect};
use leptos::prelude::*;
use shared::api::alerts::{AlertPage, AlertView, Remedy};
use std::sync::Arc;

/// The page.
pub(super) fn page() -> AnyView {
    let history = RwSignal::new(false);
    let tab = move |words: fn(Lang) -> &'static str, all: bool, testid: &'static str| {
        let pressed = Signal::derive(move || if history.get() == all { "true" } else { "false" });
        view! {
            <button type="button" class="button" data-testid=testid aria-pressed=pressed on:click=move |_| history.set(all)>
                {t(words)}
            </button>
        }
    };
    let list = part(move || {
        let path = if history.get() { "/alerts" } else { "/alerts?open=true" };
        alerts(path, Lang::desk_attention_empty)
    });
    view! {
        <div class="narrow desk">
            {heading(t(Lang::desk_attention), false)} {para("lead", t(Lang::desk_attention_lead))}
            <div class="buttons tabs">
                {tab(Lang::desk_open, false, "tab-open")} {tab(Lang::desk_history, true, "tab-all")}
            </div> {list}
        </div>
    }
    .into_any()
}

/// The alerts at an address, with their remedies.
pub(super) fn alerts(path: &str, empty: fn(Lang) -> &'static str) -> AnyView {
    let (turned, turn) = turning();
    let draw = move |text: &str, is_first: bool| {
        let AlertPage { items, next_cursor: next, .. } = json::read(text)?;
        if is_first && items.is_empty() {
            return Some(Drawn { rows: para("box", t(empty)), next });
        }
        let rows: Vec<AnyView> = items.into_iter().map(|item| row(item, turn)).collect();
        Some(Drawn { rows: view! { <ul class="cards alerts">{rows}</ul> }.into_any(), next })
    };
    paged(path, turned, Arc::new(draw))
}

fn row(item: AlertView, turn: Callback<()>) -> AnyView {
    let (kind, id) = (item.kind, item.alert_id);
    let acts: Vec<AnyView> = item.remedies.iter().map(|remedy| act(&item, *remedy).draw(turn)).collect();
    let name = kind.name();
    let state = if item.resolved_at.is_some() { "resolved" } else { "open" };
    view! {
        <li>
            <article class="box" data-testid="alert" data-kind=name data-state=state id=id.to_string()>
                <h2>{say(move |lang| alert_kind(lang, kind).to_owned())}</h2>
                {written("", move |lang| alert(lang, &item))}
                <div class="buttons">{acts}</div>
            </article>
        </li>
    }
    .into_any()
}

fn act(item: &AlertView, remedy_: Remedy) -> Ask {
    let needed = matches!(remedy_, Remedy::Acknowledge | Remedy::Refund);
    let note = Blank {
        id: "note",
        label: Lang::desk_note,
        hint: if remedy_ == Remedy::Refund { Lang::desk_reason_hint } else { Lang::desk_note_hint },
        first: String::new(),
        most: 255,
        needed,
        secret: None,
    };
    let path = format!("/alerts/{}/resolve", item.alert_id);
    let make = move |typed: &[String]| {
        let note = typed.first().map(String::as_str).unwrap_or_default();
        let body = object(&[("remedy", remedy_.name()), ("note", note)]);
        Ok(Request { path: path.clone(), body: Some(body), keyed: false, tag: None })
    };
    Ask {
        act: remedy(remedy_),
        effect: remedy_effect(remedy_),
        testid: format!("remedy-{}-{}", remedy_.name(), item.alert_id),
        class: if remedy_ == Remedy::Acknowledge { "button quiet" } else { "button" },
        blanks: vec![note],
        make: Arc::new(make),
    }
}
