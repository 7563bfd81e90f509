//! The facts of a payment: reference, amount, time, and what it bought.

use crate::prefs::lang;
use leptos::prelude::*;
use shared::api::payments::{BoughtCycle, PaymentView};
use web::format::calendar::date_time;
use web::format::{money, whole};
use web::i18n::Lang;

/// The facts, as far as they are known.
pub(super) fn draw(view: PaymentView) -> impl IntoView {
    let PaymentView { reference, amount, method, created_at, settled_at, cycle, .. } = view;
    let fact =
        |term: fn(Lang) -> &'static str, fact: String| view! { <div><dt>{term(lang())}</dt><dd>{fact}</dd></div> };
    let at = |instant| date_time(lang(), instant);
    view! {
        <dl class="facts box">
            <div>
                <dt>{lang().ret_reference()}</dt>
                <dd lang="en" translate="no" class="reference" data-testid="reference">
                    {reference}
                </dd>
            </div>
            {fact(Lang::ret_amount, money(lang(), amount))}
            {method.map(|method| fact(Lang::ret_method, method))}
            {fact(Lang::ret_started, at(created_at))}
            {settled_at.map(|booked| fact(Lang::ret_booked, at(booked)))}
            {cycle.map(|cycle| fact(Lang::ret_new_cycle, bought(lang(), &cycle)))}
        </dl>
    }
}

fn bought(lang: Lang, cycle: &BoughtCycle) -> String {
    let number = whole(lang, i64::from(cycle.number));
    match (cycle.starts_at, cycle.ends_at) {
        (Some(from), Some(to)) => lang.ret_cycle_dates(&number, &date_time(lang, from), &date_time(lang, to)),
        _ => lang.ret_cycle_waits(&number),
    }
}
