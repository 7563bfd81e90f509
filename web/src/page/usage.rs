//! Usage across the account's panels and over time, what was spent, and one panel more closely.

use crate::component::chart::{Chart, chips, table};
use crate::component::erased::{part, say, t};
use crate::component::fetched::{still, written};
use crate::component::follow::follow;
use crate::component::heading::heading;
use crate::component::keep::keep_table;
use crate::component::shape::{holder, para, titled};
use crate::format::calendar::date_time;
use crate::format::whole;
use crate::i18n::Lang;
use crate::page::not_found;
use crate::prefs::prefs;
use crate::present::across::{RANGES, currencies, months_in, multiples, panels_table, path, picture, spending, totals};
use crate::session::session;
use crate::wire::{Across, Months};
use leptos::prelude::*;
use shared::ids::AccountId;
use std::sync::Arc;

mod closer;

/// The test hooks of the charts of spending, one for each currency.
const SPENDING: [&str; 6] = ["spending", "spending-2", "spending-3", "spending-4", "spending-5", "spending-6"];

/// How many days are shown at first; the server's own choice, so that no date has to be known.
const FIRST: u16 = 30;

/// The page. An operator has no account, and so no usage of its own.
pub(crate) fn page() -> AnyView {
    let Some(account) = session().me().and_then(|me| me.account_id) else { return not_found::page() };
    let range = RwSignal::new(FIRST);
    // The server's last day; other ranges are counted back from it.
    let to = RwSignal::new(None::<String>);
    let csv = Memo::new(move |_| path("/usage.csv", range.get(), to.get().as_deref()));
    let report = Memo::new(move |_| path("/usage", range.get(), to.get().filter(|_| range.get() != FIRST).as_deref()));
    let chosen = chips(Lang::across_range, &RANGES, |lang, days| lang.across_days(&whole(lang, days.into())), range);
    let keep = part(move || keep_table(csv.get(), format!("usage-{}.csv", range.get()), Lang::across_all));
    let bar = holder("div", "range", vec![chosen, holder("div", "buttons", vec![keep.into_any()])]);
    let shown = follow(report.into(), still(), move |report: Signal<Arc<Across>>| {
        // Every answer that no date was asked for says anew which day is the last.
        Effect::new(move |_| {
            let last = Some(report.with(|report| report.to.clone()));
            if range.get_untracked() == FIRST && to.with_untracked(|to| *to != last) {
                to.set(last);
            }
        });
        usage(report, account)
    });
    holder("div", "across", vec![heading(t(Lang::across_title), false), bar, shown])
}

/// All that one report shows.
fn usage(report: Signal<Arc<Across>>, account: AccountId) -> AnyView {
    let empty = Memo::new(move |_| report.with(|report| report.panels.is_empty()));
    part(move || {
        let path = format!("/accounts/{account}/spending");
        let csv = format!("{path}.csv");
        let months = follow(Signal::stored(path), still(), move |months| spent(months, &csv));
        let spent = titled(Lang::spent_title, months);
        if empty.get() {
            return holder("div", "", vec![para("box", t(Lang::across_empty)), spent]);
        }
        let chart = Chart { id: "usage-across", name: Lang::usage_days, height: "160" };
        let chart = chart.draw(move |lang| report.with(|report| picture(lang, report)));
        let sums = written("", move |lang| report.with(|report| totals(lang, report)));
        let as_of = say(move |lang| {
            let as_of = report.with(|report| report.as_of);
            as_of.map(|at| lang.across_as_of(&date_time(lang, at))).unwrap_or_default()
        });
        let together = titled(Lang::across_all, vec![chart, sums, para("small", as_of)].into_any());
        let each = written("", move |lang| report.with(|report| multiples(lang, report)));
        let prefs = prefs();
        let all = Signal::derive(move || report.with(|report| panels_table(prefs.lang(), report)));
        let each = titled(Lang::across_each, vec![each, table(t(Lang::across_table), all)].into_any());
        let columns =
            vec![holder("div", "", vec![together, spent]), holder("div", "", vec![each, closer::section(report)])];
        holder("div", "columns", columns)
    })
    .into_any()
}

fn spent(months: Signal<Arc<Months>>, csv: &str) -> AnyView {
    let all = Memo::new(move |_| months.with(|months| currencies(&months.months)));
    let csv = csv.to_owned();
    part(move || {
        let all = all.get();
        if all.is_empty() {
            return para("", t(Lang::spent_empty));
        }
        let chart = |(id, currency)| {
            let chart = Chart { id, name: Lang::spent_name, height: "128" };
            chart.draw(move |lang| months.with(|months| spending(lang, &months_in(currency, &months.months))))
        };
        let table = keep_table(csv.clone(), "spending.csv".to_owned(), Lang::spent_title);
        let mut shown: Vec<AnyView> = SPENDING.into_iter().zip(all).map(chart).collect();
        shown.push(holder("div", "buttons", vec![table]));
        shown.into_any()
    })
    .into_any()
}
