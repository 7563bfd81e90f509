//! Payments that came past the gateway: one person records what arrived, another approves or rejects it.

use super::ask::{Ask, Request, turning};
use super::record::record;
use crate::component::erased::t;
use crate::component::fetched::written;
use crate::component::heading::heading;
use crate::component::paged::{Drawn, paged};
use crate::component::shape::para;
use crate::i18n::Lang;
use crate::json;
use crate::present::desk::manual;
use leptos::prelude::*;
use shared::api::manual::{ManualPaymentPage, ManualPaymentView, ManualState};
use std::sync::Arc;

/// The page.
pub(super) fn page() -> AnyView {
    let (turned, turn) = turning();
    let draw = move |text: &str, is_first: bool| {
        let ManualPaymentPage { items, next_cursor: next } = json::read(text)?;
        if is_first && items.is_empty() {
            return Some(Drawn { rows: para("box", t(Lang::desk_manual_empty)), next });
        }
        let rows: Vec<AnyView> = items.into_iter().map(|item| row(item, turn)).collect();
        Some(Drawn { rows: view! { <ul class="rows">{rows}</ul> }.into_any(), next })
    };
    let list = paged("/manual-payments", turned, Arc::new(draw));
    view! {
        <div class="narrow desk">
            {heading(t(Lang::desk_manual), false)} {para("lead", t(Lang::desk_manual_lead))} {record(turn)}
            <div class="boxed">{list}</div>
        </div>
    }
    .into_any()
}

fn row(item: ManualPaymentView, turn: Callback<()>) -> AnyView {
    let waits = item.state == ManualState::Recorded;
    let decide = |approve: bool| {
        let verb = if approve { "approve" } else { "reject" };
        let path = format!("/manual-payments/{}/{verb}", item.manual_payment_id);
        let ask = Ask {
            act: if approve { Lang::desk_approve } else { Lang::desk_reject },
            effect: if approve { Lang::desk_approve_effect } else { Lang::desk_reject_effect },
            testid: format!("{verb}-{}", item.manual_payment_id),
            class: "button",
            blanks: Vec::new(),
            make: Arc::new(move |_| Ok(Request { path: path.clone(), body: None, keyed: false, tag: None })),
        };
        ask.draw(turn)
    };
    let acts = if waits && item.can_decide { vec![decide(true), decide(false)] } else { Vec::new() };
    let other = (waits && !item.can_decide).then(|| para("small", t(Lang::desk_other_person)));
    view! {
        <li data-testid="manual-payment">
            {written("", move |lang| manual(lang, &item))} {other} <div class="buttons">{acts}</div>
        </li>
    }
    .into_any()
}
