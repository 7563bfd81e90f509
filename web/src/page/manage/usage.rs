//! The panel's usage: the cycle's climb towards its allowance, the last days, and the hours of the last week.

use super::cycles::{Newest, turned};
use crate::component::chart::Chart;
use crate::component::erased::{Part, part, say, t, when};
use crate::component::follow::follow;
use crate::component::keep::keep_table;
use crate::component::shape::{holder, para, titled, words};
use crate::format::calendar::date_time;
use crate::i18n::Lang;
use crate::present::{cumulative, hours, usage};
use crate::store::panels::Panel;
use crate::wire::{Hours, Usage, UsageDay};
use leptos::prelude::*;
use shared::api::tenants::PanelStatus;
use shared::time::HOUR;
use std::sync::Arc;

/// Rows of the chart of hours.
const WEEK: usize = 7;

/// Both sections: the climb, and days with hours.
pub(super) fn sections(panel: &Panel, newest: Newest) -> (AnyView, AnyView) {
    let (id, status) = (panel.id, panel.shown());
    let turned = turned(panel);
    // Fetched again with every hour that was accounted, counted or free.
    let counted = Memo::new(move |_| {
        let hours = status.get().as_of.map_or(0, |as_of| as_of.unix() / HOUR);
        turned.get().wrapping_mul(1_000_003).wrapping_add(u32::try_from(hours).unwrap_or_default())
    });
    let cap = Memo::new(move |_| newest.get()??.daily_cap_hours);
    let known = RwSignal::new(None::<Signal<Arc<Usage>>>);
    let days = move |report: Signal<Arc<Usage>>| {
        known.set(Some(report));
        let chart = Chart { id: "usage-days", name: Lang::usage_days, height: "128" };
        let chart = chart.draw(move |lang| report.with(|report| usage::picture(lang, &report.days, cap.get())));
        // How far the figures reach that are drawn, not how far the card has come since.
        let as_of = Memo::new(move |_| {
            report.track();
            status.get_untracked().as_of
        });
        let as_of = say(move |lang| as_of.get().map(|at| lang.across_as_of(&date_time(lang, at))).unwrap_or_default());
        let csv = keep_table(format!("/tenants/{id}/usage.csv"), format!("usage-{id}.csv"), Lang::usage_title);
        let hours = hours_of(format!("/tenants/{id}/usage/hours"), counted.into(), report);
        vec![chart, para("small", as_of), holder("div", "buttons", vec![csv]), hours].into_any()
    };
    let path = Signal::stored(format!("/tenants/{id}/usage"));
    // An order that nobody paid has no day to show.
    let has_days = move || status.get().panel.status != PanelStatus::Pending;
    let days = when(has_days, move || titled(Lang::usage_title, follow(path, counted.into(), days)));
    (climb(panel, known).into_any(), days.into_any())
}

/// The chart of hours, of the last seven days of the `report`.
fn hours_of(path: String, counted: Signal<u32>, report: Signal<Arc<Usage>>) -> AnyView {
    let path = Memo::new(move |_| {
        let of = |day: Option<&UsageDay>| day.map(|day| day.day.clone()).unwrap_or_default();
        report.with(|report| {
            let week = report.days.get(report.days.len().saturating_sub(WEEK)..).unwrap_or_default();
            format!("{path}?from={}&to={}", of(week.first()), of(week.last()))
        })
    });
    let draw = move |of: Signal<Arc<Hours>>| {
        let chart = Chart { id: "usage-hours", name: Lang::hours_name, height: "168" };
        chart.draw(move |lang| report.with(|days| of.with(|of| hours::picture(lang, &days.days, &of.hours))))
    };
    let title = words("h3", "", t(Lang::hours_title));
    holder("div", "hours", vec![title, follow(path.into(), counted, draw)])
}

/// The cycle's climb, once its days are known.
fn climb(panel: &Panel, known: RwSignal<Option<Signal<Arc<Usage>>>>) -> Part {
    let status = panel.shown();
    let there = Memo::new(move |_| {
        let days = known.get()?;
        // Gone for a moment while the days are drawn anew.
        let drawn = days.try_with(|report| cumulative::Climb::of(&status.get(), &report.days).is_some())?;
        drawn.then_some(days)
    });
    part(move || {
        let Some(days) = there.get() else { return ().into_any() };
        let picture = move |lang| days.try_with(|report| cumulative::picture(lang, &status.get(), &report.days))?;
        let chart = Chart { id: "usage-climb", name: Lang::climb_name, height: "160" };
        titled(Lang::climb_title, chart.draw(move |lang| picture(lang).unwrap_or_default()))
    })
}
