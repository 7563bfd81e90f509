//! Refunds of all accounts, newest first; those that no gateway pays out are marked as paid by hand here.

use super::ask::{Ask, Blank, Request, turning};
use crate::component::erased::t;
use crate::component::fetched::written;
use crate::component::heading::heading;
use crate::component::paged::{Drawn, paged};
use crate::component::shape::para;
use crate::i18n::Lang;
use crate::json::{self, object};
use crate::present::desk::refund;
use leptos::prelude::*;
use shared::api::refunds::{RefundPage, RefundState, RefundView};
use std::sync::Arc;

/// The page.
pub(super) fn page() -> AnyView {
    let (turned, turn) = turning();
    let draw = move |text: &str, is_first: bool| {
        let RefundPage { items, next_cursor: next } = json::read(text)?;
        if is_first && items.is_empty() {
            return Some(Drawn { rows: para("box", t(Lang::desk_refunds_empty)), next });
        }
        let rows: Vec<AnyView> = items.into_iter().map(|item| row(item, turn)).collect();
        Some(Drawn { rows: view! { <ul class="rows">{rows}</ul> }.into_any(), next })
    };
    let list = paged("/refunds", turned, Arc::new(draw));
    view! {
        <div class="narrow desk">
            {heading(t(Lang::desk_refunds), false)} {para("lead", t(Lang::desk_refunds_lead))}
            <div class="boxed">{list}</div>
        </div>
    }
    .into_any()
}

fn row(item: RefundView, turn: Callback<()>) -> AnyView {
    let is_open = matches!(item.state, RefundState::Requested | RefundState::Processing);
    let act = is_open.then(|| paid_out(&item).draw(turn));
    view! {
        <li data-testid="refund-row">
            {written("", move |lang| refund(lang, &item))} <div class="buttons">{act}</div>
        </li>
    }
    .into_any()
}

fn paid_out(item: &RefundView) -> Ask {
    let path = format!("/refunds/{}/paid-out", item.refund_id);
    let reference = Blank {
        id: "reference",
        label: Lang::desk_reference,
        hint: Lang::desk_reference_hint,
        first: String::new(),
        most: 80,
        needed: true,
        secret: None,
    };
    let make = move |typed: &[String]| {
        let reference = typed.first().map(String::as_str).unwrap_or_default();
        let body = object(&[("reference", reference)]);
        Ok(Request { path: path.clone(), body: Some(body), keyed: false, tag: None })
    };
    Ask {
        act: Lang::desk_paid_out,
        effect: Lang::desk_paid_out_effect,
        testid: format!("paid-out-{}", item.refund_id),
        class: "button",
        blanks: vec![reference],
        make: Arc::new(make),
    }
}
