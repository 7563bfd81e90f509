//! One payment: its facts, what was charged under it, what goes back, and what was posted about it.

use super::ask::{Ask, Blank, Request, turning};
use super::inbox_rows::inbox_rows;
use crate::component::erased::{say, t};
use crate::component::fetched::{Extent, fetched, written};
use crate::component::heading::heading;
use crate::component::shape::{link, para, titled, to};
use crate::format::typed_amount;
use crate::i18n::Lang;
use crate::json::{self, object};
use crate::present::desk::{payment_facts, receipt, refunds};
use leptos::prelude::*;
use shared::api::payments::{PaymentView, ReceiptState, ReceiptView};
use shared::api::refunds::RefundPage;
use shared::ids::PaymentId;
use std::sync::Arc;

/// The page.
pub(super) fn page(id: PaymentId) -> AnyView {
    let (turned, turn) = turning();
    let back = link("", "back", to("/operator/payments"), t(Lang::desk_payments), None);
    let draw = move |text: &str| {
        let view: PaymentView = json::read(text)?;
        let reference = view.reference.clone();
        let receipts: Vec<AnyView> = view.receipts.iter().map(|receipt| charge(receipt, turn)).collect();
        let receipts = if receipts.is_empty() {
            para("", t(Lang::desk_receipts_empty))
        } else {
            view! { <ul class="rows">{receipts}</ul> }.into_any()
        };
        let facts = written("box", move |lang| payment_facts(lang, &view));
        let page = view! {
            {heading(say(move |_| reference.clone()), false)} {facts} {titled(Lang::desk_receipts, receipts)}
        };
        Some(page.into_any())
    };
    let main = fetched(format!("/payments/{id}"), turned, Extent::Page(Lang::desk_payments), Box::new(draw));
    let back_again = move |text: &str| {
        let RefundPage { items, .. } = json::read(text)?;
        let own: Vec<_> = items.into_iter().filter(|refund| refund.payment_id == id).collect();
        let none = || para("", t(Lang::desk_refunds_none));
        Some(if own.is_empty() { none() } else { written("", move |lang| refunds(lang, &own)) })
    };
    // The newest hundred of all accounts: the API lists refunds of one payment nowhere.
    let refunds = fetched("/refunds?limit=100".to_owned(), turned, Extent::Inside, Box::new(back_again));
    view! {
        <div class="narrow desk">
            <p class="back">{back}</p>
            <div class="stack">{main}</div>
            {titled(Lang::desk_refunds, refunds)}
            {titled(Lang::desk_inbox, inbox_rows(id))}
        </div>
    }
    .into_any()
}

fn charge(view: &ReceiptView, turn: Callback<()>) -> AnyView {
    let mut acts = Vec::new();
    if view.state == ReceiptState::Held && view.charged.is_some() {
        acts.push(accept(view).draw(turn));
    }
    let left = view.charged.zip(view.refunded).and_then(|(charged, back)| charged.checked_sub(back).ok());
    if view.state != ReceiptState::Returned && left.is_some_and(|left| left.minor > 0) {
        acts.push(send_back(view).draw(turn));
    }
    let said = view.clone();
    view! {
        <li data-testid="receipt">
            {written("", move |lang| receipt(lang, &said))} <div class="buttons">{acts}</div>
        </li>
    }
    .into_any()
}

fn accept(view: &ReceiptView) -> Ask {
    let path = format!("/receipts/{}/accept", view.receipt_id);
    Ask {
        act: Lang::remedy_accept,
        effect: Lang::effect_accept,
        testid: "accept".to_owned(),
        class: "button",
        blanks: Vec::new(),
        make: Arc::new(move |_| Ok(Request { path: path.clone(), body: None, keyed: false, tag: None })),
    }
}

fn send_back(view: &ReceiptView) -> Ask {
    let amount = Blank {
        id: "amount",
        label: Lang::desk_amount,
        hint: Lang::desk_amount_hint,
        first: String::new(),
        most: 20,
        needed: false,
        secret: None,
    };
    let reason = Blank {
        id: "reason",
        label: Lang::desk_reason,
        hint: Lang::desk_reason_hint,
        first: String::new(),
        most: 255,
        needed: true,
        secret: None,
    };
    let (path, charged) = (format!("/receipts/{}/refunds", view.receipt_id), view.charged);
    let make = move |typed: &[String]| {
        let [amount, reason] = typed else { return Err(Lang::desk_needed as fn(Lang) -> &'static str) };
        let read = charged.and_then(|charged| typed_amount(amount, charged.currency));
        let minor = match (amount.is_empty(), read) {
            (true, _) => "null".to_owned(),
            (false, Some(read)) => read.minor.to_string(),
            (false, None) => return Err(Lang::desk_amount_bad),
        };
        let reason = object(&[("reason", reason)]);
        let body = reason.replacen('{', &format!("{{\"amount_minor\":{minor},"), 1);
        Ok(Request { path: path.clone(), body: Some(body), keyed: true, tag: None })
    };
    Ask {
        act: Lang::remedy_refund,
        effect: Lang::effect_refund,
        testid: "refund".to_owned(),
        class: "button",
        blanks: vec![amount, reason],
        make: Arc::new(make),
    }
}
