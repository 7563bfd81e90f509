//! The facts of a payment: reference, amount, time, what it bought, and what was charged under it.

use crate::component::fetched::written;
use crate::component::shape::titled;
use crate::format::calendar::date_time;
use crate::format::{money, whole};
use crate::i18n::Lang;
use crate::present::markup::Markup;
use crate::present::payments::paid_with;
use leptos::prelude::*;
use shared::api::payments::{BoughtCycle, PaymentView, ReceiptState, ReceiptView};

/// The facts, as far as they are known.
pub(super) fn draw(view: PaymentView) -> AnyView {
    written("", move |lang| facts(lang, &view))
}

fn facts(lang: Lang, view: &PaymentView) -> String {
    let mut out = Markup::default();
    out.within("<dl class=\"facts box\"><div><dt>", lang.ret_reference(), "</dt>")
        .within(
            "<dd lang=\"en\" translate=\"no\" class=\"reference\" data-testid=\"reference\">",
            &view.reference,
            "</dd></div>",
        )
        .fact(lang.ret_amount(), &money(lang, view.amount));
    if view.credit_used.minor > 0 {
        out.fact(lang.ret_credit_used(), &money(lang, view.credit_used));
    }
    if view.gateway == "credit" {
        out.fact(lang.ret_method(), lang.ret_by_credit());
    }
    if let Some(method) = &view.method {
        out.fact(lang.ret_method(), paid_with(lang, method));
    }
    out.fact(lang.ret_started(), &date_time(lang, view.created_at));
    if let Some(at) = view.settled_at {
        out.fact(lang.ret_booked(), &date_time(lang, at));
    }
    if let Some(cycle) = &view.cycle {
        out.fact(lang.ret_cycle(), &bought(lang, cycle));
    }
    out.tags("</dl>");
    out.done()
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
