//! The facts of the running or last cycle, exactly as the server states them.

use crate::component::fetched::written;
use crate::component::shape::titled;
use crate::format::calendar::date_time;
use crate::format::{hours_minutes, whole};
use crate::i18n::Lang;
use crate::present::cycles::ended;
use crate::present::markup::Markup;
use crate::store::panels::Panel;
use leptos::prelude::*;
use shared::api::tenants::{CycleView, TenantStatus};

/// The section.
pub(super) fn facts(panel: &Panel) -> AnyView {
    let status = panel.shown();
    let shown = written("", move |lang| {
        let mut out = Markup::default();
        let rows = rows(lang, &status.get());
        if rows.is_empty() {
            out.within("<p>", lang.cycle_none(), "</p>");
        }
        out.tags("<dl class=\"facts\">");
        for (term, stated) in rows {
            out.fact(term, &stated);
        }
        out.tags("</dl>");
        out.done()
    });
    titled(Lang::cycle_title, shown)
}

fn rows(lang: Lang, status: &TenantStatus) -> Vec<(&'static str, String)> {
    let Some(cycle) = &status.billing.cycle else { return Vec::new() };
    let mut rows = of_cycle(lang, cycle);
    let billing = &status.billing;
    if let Some(at) = billing.runs_out_at {
        rows.push((lang.cycle_runs_out(), date_time(lang, at)));
    }
    if let Some(at) = billing.grace_ends_at {
        rows.push((lang.cycle_grace(), date_time(lang, at)));
    }
    rows.push((lang.cycle_queued(), whole(lang, i64::from(billing.queued_cycles))));
    rows.push((lang.in_status_since(), date_time(lang, status.panel.since)));
    rows
}

fn of_cycle(lang: Lang, cycle: &CycleView) -> Vec<(&'static str, String)> {
    let ended = cycle.ended_reason.map(|reason| ended(lang, reason));
    let ends = if ended.is_some() { lang.cycle_ended() } else { lang.cycle_ends() };
    let mut rows = vec![
        (lang.cycle_number(), whole(lang, i64::from(cycle.number))),
        (lang.cycle_starts(), date_time(lang, cycle.starts_at)),
        (ends, date_time(lang, cycle.ends_at)),
    ];
    match ended {
        Some(why) => rows.push((lang.cycle_why_ended(), why.to_owned())),
        None => rows.push((lang.cycle_days_left(), whole(lang, i64::from(cycle.days_left)))),
    }
    rows.push((lang.cycle_used(), hours_minutes(lang, cycle.used_seconds)));
    rows.push((lang.cycle_left(), hours_minutes(lang, cycle.remaining_seconds)));
    rows
}
