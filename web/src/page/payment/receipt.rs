//! The facts of a payment: reference, amount, time, and what it bought.

use crate::component::erased::{say, t};
use crate::component::shape::fact;
use leptos::prelude::*;
use shared::api::payments::{BoughtCycle, PaymentView};
use web::format::calendar::date_time;
use web::format::{money, whole};
use web::i18n::Lang;

/// The facts, as far as they are known.
pub(super) fn draw(view: PaymentView) -> impl IntoView {
    let PaymentView { reference, amount, method, created_at, settled_at, cycle, .. } = view;
    let at = |term, instant| fact(term, say(move |lang| date_time(lang, instant)));
    let mut facts = vec![fact(Lang::ret_amount, say(move |lang| money(lang, amount)))];
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

fn bought(lang: Lang, cycle: &BoughtCycle) -> String {
    let number = whole(lang, i64::from(cycle.number));
    match (cycle.starts_at, cycle.ends_at) {
        (Some(from), Some(to)) => lang.ret_cycle_dates(&number, &date_time(lang, from), &date_time(lang, to)),
        _ => lang.ret_cycle_waits(&number),
    }
}
