//! The strip of sums above the panels: how many there are, how many have to be paid for soon, what this month came to.

use crate::client::client;
use crate::component::erased::{say, t};
use crate::component::shape::{as_value, holder, marked, to, words};
use crate::format::{NBSP, whole};
use crate::i18n::Lang;
use crate::json;
use crate::present::across::last_month;
use crate::present::totals::Totals;
use crate::session::session;
use crate::wire::Months;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The strip. What was spent is left out as long as nobody can say.
pub(super) fn sums(totals: Memo<Totals>) -> AnyView {
    let spent = RwSignal::new(None::<Months>);
    let account = session().account();
    if let Some(account) = account {
        let client = client();
        spawn_local(async move {
            let Ok(text) = client.shown(format!("/accounts/{account}/spending")).await else { return };
            let months = json::read::<Months>(&text);
            let _ = spent.try_set(months.filter(|spending| !spending.months.is_empty()));
        });
    }
    let number = move |of: fn(&Totals) -> usize| {
        say(move |lang| whole(lang, i64::try_from(totals.with(of)).unwrap_or(i64::MAX)))
    };
    let panels = sum(Lang::totals_panels, number(|totals| totals.count));
    let due = sum(Lang::totals_due, number(|totals| totals.due));
    let month = say(move |lang| {
        let month = spent.with(|spent| last_month(lang, &spent.as_ref()?.months));
        month.unwrap_or_else(|| NBSP.to_string())
    });
    // Its place is kept from the beginning: nothing may move when it comes.
    let known = Signal::derive(move || spent.with(Option::is_some).then(|| "known".to_owned()));
    let spent = vec![words("dt", "small", t(Lang::totals_spent)), words("dd", "", month)];
    let spent = account.map(|_| marked("div", "spent", vec![("data-known", known)], spent));
    let named = vec![("aria-label", as_value(t(Lang::totals_label))), ("data-testid", to("totals"))];
    marked("section", "sums-strip", named, vec![holder("dl", "", vec![panels, due, spent.into_any()])])
}

fn sum(what: fn(Lang) -> &'static str, figure: Signal<String>) -> AnyView {
    holder("div", "", vec![words("dt", "small", t(what)), words("dd", "", figure)])
}
