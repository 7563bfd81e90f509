//! The facts of a payment: reference, amount, time, what it bought, and what was charged under it.

use crate::component::erased::{say, t};
use crate::component::fetched::written;
use crate::component::shape::{fact, titled};
use crate::format::calendar::date_time;
use crate::format::{money, whole};
use crate::i18n::Lang;
use crate::present::markup::Markup;
use leptos::prelude::*;
use shared::api::payments::{BoughtCycle, PaymentView, ReceiptState, ReceiptView};

/// The facts, as far as they are known.
pub(super) fn draw(view: PaymentView) -> impl IntoView {
    let PaymentView { reference, amount, credit_used, gateway, method, created_at, settled_at, cycle, .. } = view;
    let at = |term, instant| fact(term, say(move |lang| date_time(lang, instant)));
    let mut facts = vec![fact(Lang::ret_amount, say(move |lang| money(lang, amount)))];
    if credit_used.minor > 0 {
        facts.push(fact(Lang::ret_credit_used, say(move |lang| money(lang, credit_used))));
    }
    if gateway == "credit" {
        facts.push(fact(Lang::ret_method, t(Lang::ret_by_credit)));
    }
    facts.extend(method.map(|method| fact(Lang::ret_method, say(move |_| method.clone()))));
    facts.push(at(Lang::ret_started, created_at));
    facts.extend(settled_at.map(|booked| at(Lang::ret_booked, booked)));
    facts.extend(cycle.map(|cycle| fact(Lang::ret_new_cycle, say(move |lang| bought(lang, &cycle)))));
    view! {
        <dl class="facts box">
            <div>
                <dt>{t(Lang::ret_reference)}</dt>
                <dd lang="en" translate="no" class="reference" data-testid="reference">
                    {reference}
                </dd>
            </div>
            {facts}
        </dl>
    }
}

/// What was charged, if it was more than once or part of it went back.
pub(super) fn charges(receipts: Vec<ReceiptView>) -> Option<AnyView> {
    let back = |receipt: &ReceiptView| receipt.refunded.filter(|back| back.minor > 0);
    if receipts.len() < 2 && !receipts.iter().any(|receipt| back(receipt).is_some()) {
        return None;
    }
    let list = written("", move |lang| {
        let mut out = Markup::default();
        out.tags("<ul class=\"rows\">");
        for receipt in &receipts {
            let charged = receipt.charged.map(|charged| money(lang, charged)).unwrap_or_default();
            out.within("<li><strong>", &charged, "</strong> ").within("", became(lang, receipt.state), "");
            if let Some(back) = back(receipt) {
                out.within(" · ", &lang.ret_charge_back(&money(lang, back)), "");
            }
            out.within("<p class=\"small\">", &date_time(lang, receipt.at), "</p></li>");
        }
        out.tags("</ul>");
        out.done()
    });
    Some(titled(Lang::ret_charges, list))
}

const fn became(lang: Lang, state: ReceiptState) -> &'static str {
    match state {
        ReceiptState::Settled => lang.ret_charge_settled(),
        ReceiptState::Credited => lang.ret_charge_credited(),
        ReceiptState::Held => lang.ret_charge_held(),
        ReceiptState::Returned => lang.ret_charge_returned(),
    }
}

fn bought(lang: Lang, cycle: &BoughtCycle) -> String {
    let number = whole(lang, i64::from(cycle.number));
    match (cycle.starts_at, cycle.ends_at) {
        (Some(from), Some(to)) => lang.ret_cycle_dates(&number, &date_time(lang, from), &date_time(lang, to)),
        _ => lang.ret_cycle_waits(&number),
    }
}
