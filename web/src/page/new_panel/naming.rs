//! The first step: the name, and the address, which is asked about while it is typed.

use super::Wizard;
use crate::address::escaped;
use crate::address::host;
use crate::browser::sleep;
use crate::client::client;
use crate::component::erased::{part, say, t};
use crate::component::field::Kind;
use crate::component::shape::{Button, holder, para};
use crate::i18n::Lang;
use crate::json;
use crate::page::sign_form::{empty, summary};
use crate::present::new_panel::{Step, can_be_asked, suggested, tidied, trouble};
use crate::present::problem::Failure;
use crate::way::way;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::panels::{SubdomainTrouble, SubdomainView};
use std::time::Duration;

/// How long nobody types before the server is asked.
const PAUSE: Duration = Duration::from_millis(300);

/// Lets the address follow the name until somebody writes another one.
pub(super) fn follow_name(wizard: Wizard) {
    let Wizard { name, subdomain, by_hand, .. } = wizard;
    Effect::new(move |before: Option<()>| {
        let suggested = suggested(&name.get());
        if before.is_some() && !by_hand.get_untracked() {
            subdomain.set(suggested);
        }
    });
    Effect::new(move |before: Option<()>| {
        let typed = subdomain.get();
        let tidy = tidied(&typed);
        if tidy != typed {
            subdomain.set(tidy.clone());
        }
        if before.is_some() {
            by_hand.set(!tidy.is_empty() && tidy != suggested(&name.get_untracked()));
        }
    });
}

/// Asks about the address once nobody types any more. The last question's answer counts, whatever comes when.
pub(super) fn check(wizard: Wizard) {
    let client = client();
    let turn = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let subdomain = wizard.subdomain.get();
        let mine = turn.get_value().wrapping_add(1);
        turn.set_value(mine);
        wizard.checked.set(None);
        // What was wrong was about another address.
        wizard.faults.clear();
        if subdomain.is_empty() {
            return;
        }
        if !can_be_asked(&subdomain) {
            let trouble = Some(SubdomainTrouble::Format);
            let refused = SubdomainView { subdomain, url: String::new(), trouble, suggestions: Vec::new() };
            return wizard.checked.set(Some(Ok(refused)));
        }
        spawn_local(async move {
            sleep(PAUSE).await;
            let is_last = || turn.try_get_value() == Some(mine);
            if !is_last() {
                return;
            }
            let came = client.shown(format!("/subdomains/{}", escaped(&subdomain))).await;
            let view = came.and_then(|text| json::read::<SubdomainView>(&text).ok_or(Failure::Unreadable));
            if is_last() {
                let _ = wizard.checked.try_set(Some(view));
            }
        });
    });
}

/// Draws it.
pub(super) fn step(wizard: Wizard) -> AnyView {
    let way = way();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (name, subdomain) = (wizard.name.get_untracked(), wizard.subdomain.get_untracked());
        let mut faults =
            empty(&[("name", name.trim(), Lang::new_name_need), ("subdomain", &subdomain, Lang::new_address_need)]);
        if refused(wizard).is_some() {
            faults.push(("subdomain", Lang::address_refused));
        }
        if wizard.faults.none_among(faults) {
            way.go(&Step::Plan.address());
        }
    };
    let name = wizard.faults.field("name", Kind::Text, "off", [Lang::new_name, Lang::new_name_hint], wizard.name);
    // As one types an address: no capitals by themselves.
    let subdomain = wizard.faults.field(
        "subdomain",
        Kind::Plain,
        "off",
        [Lang::new_address, Lang::new_address_hint],
        wizard.subdomain,
    );
    view! {
        <form class="box" novalidate on:submit=send>
            {summary(wizard.faults, &["name", "subdomain"])}
            {name}
            {subdomain}
            {answer(wizard)}
            {para("small", t(Lang::new_draft_kept))}
            <div class="buttons">{Button::submit(t(Lang::new_next)).class("button primary").testid("new-next").draw()}</div>
        </form>
    }
    .into_any()
}

/// Why the address cannot be had, if the server has said so.
fn refused(wizard: Wizard) -> Option<SubdomainTrouble> {
    wizard.checked.with_untracked(|checked| checked.as_ref()?.as_ref().ok()?.trouble)
}

/// What is known about the address, told as it becomes known.
fn answer(wizard: Wizard) -> AnyView {
    let said = part(move || match wizard.checked.get() {
        None if wizard.subdomain.with(String::is_empty) => ().into_any(),
        None => para("small", t(Lang::address_checking)),
        Some(Err(_)) => para("small", t(Lang::address_unasked)),
        Some(Ok(SubdomainView { url, trouble: None, .. })) => {
            para("free-address", say(move |lang| lang.address_free(host(&url))))
        }
        Some(Ok(SubdomainView { trouble: Some(why), .. })) => para("error", t(trouble(why))),
    });
    let others = part(move || {
        let Some(Ok(SubdomainView { suggestions, .. })) = wizard.checked.get() else { return ().into_any() };
        if suggestions.is_empty() {
            return ().into_any();
        }
        let mut inner = vec![para("small", t(Lang::address_others))];
        inner.extend(suggestions.into_iter().map(|other| {
            let words = Signal::stored(other.clone());
            Button::new(words, move || wizard.subdomain.set(other.clone())).testid("suggestion").draw()
        }));
        holder("div", "buttons suggestions", inner)
    });
    view! {
        <div class="answer" role="status" data-testid="address-answer">
            {said}
        </div>
        {others}
    }
    .into_any()
}
