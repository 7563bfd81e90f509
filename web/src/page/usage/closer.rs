//! One panel more closely: two of its cycles side by side, and what another plan would have cost.

use crate::component::chart::choice;
use crate::component::erased::{part, t};
use crate::component::fetched::{Extent, fetched, still, written};
use crate::component::keep::keep_table;
use crate::component::shape::{holder, para, titled, words};
use crate::i18n::Lang;
use crate::json;
use crate::page::new_panel::PLANS;
use crate::prefs::prefs;
use crate::present::compare;
use crate::present::shadow::shadow;
use crate::wire::{Across, Cycle, Cycles, PanelPart, Plans, Shadow};
use leptos::prelude::*;
use std::sync::Arc;

/// Cycles to choose from.
const CYCLES: u8 = 24;
/// How far back another plan is tried.
const DAYS: u8 = 90;

/// The section.
pub(super) fn section(report: Signal<Arc<Across>>) -> AnyView {
    let most = |report: &Arc<Across>| {
        let panel = report.panels.iter().max_by_key(|panel| panel.totals.billable_seconds);
        panel.map(|panel| panel.tenant_id.to_string())
    };
    let first = report.with_untracked(most);
    let chosen = RwSignal::new(first.unwrap_or_default());
    let names = move |_: Lang| {
        let name = |panel: &PanelPart| (panel.tenant_id.to_string(), panel.name.clone());
        report.with(|report| report.panels.iter().map(name).collect::<Vec<_>>())
    };
    // A panel that is not in the report of another range cannot stay chosen: the first is, as its list shows.
    Effect::new(move |_| {
        let ids =
            report.with(|report| report.panels.iter().map(|panel| panel.tenant_id.to_string()).collect::<Vec<_>>());
        if !chosen.with_untracked(|chosen| ids.contains(chosen)) {
            chosen.set(ids.into_iter().next().unwrap_or_default());
        }
    });
    let panel = choice("closer-panel", Lang::closer_panel, names, chosen);
    let shown = part(move || {
        let id = chosen.get();
        if id.is_empty() {
            return ().into_any();
        }
        let kept = keep_table(format!("/tenants/{id}/cycles.csv"), format!("cycles-{id}.csv"), Lang::cycles_title);
        vec![
            words("h3", "", t(Lang::compare_title)),
            cycles(&id),
            holder("div", "buttons", vec![kept]),
            words("h3", "", t(Lang::shadow_title)),
            other_plans(id),
        ]
        .into_any()
    });
    titled(Lang::closer_title, vec![panel, shown.into_any()].into_any())
}

/// Two cycles side by side: at first the last two.
fn cycles(id: &str) -> AnyView {
    let draw = |text: &str| {
        let Cycles { items, .. } = json::read(text)?;
        let [newest, before, ..] = items.as_slice() else { return Some(para("", t(Lang::compare_too_few))) };
        let one = RwSignal::new(before.number.to_string());
        let other = RwSignal::new(newest.number.to_string());
        let items = Arc::new(items);
        let names = |items: Arc<Vec<Cycle>>| {
            move |lang: Lang| {
                let name = |cycle: &Cycle| (cycle.number.to_string(), compare::name(lang, cycle));
                items.iter().map(name).collect::<Vec<_>>()
            }
        };
        let first = choice("compare-one", Lang::compare_one, names(items.clone()), one);
        let second = choice("compare-other", Lang::compare_other, names(items.clone()), other);
        let prefs = prefs();
        let compared = Signal::derive(move || {
            let find = |number: String| items.iter().find(|cycle| cycle.number.to_string() == number);
            match (find(one.get()), find(other.get())) {
                (Some(one), Some(other)) => compare::table(prefs.lang(), one, other),
                _ => String::new(),
            }
        });
        let shown = view! {
            <div
                class="scroll outcome"
                role="group"
                tabindex="0"
                aria-label=t(Lang::compare_title)
                data-testid="compared"
                inner_html=compared
            ></div>
        };
        Some(vec![holder("div", "pair", vec![first, second]), shown.into_any()].into_any())
    };
    fetched(format!("/tenants/{id}/cycles?limit={CYCLES}"), still(), Extent::Inside, Box::new(draw))
}

/// What each of the plans would have cost.
fn other_plans(id: String) -> AnyView {
    let draw = move |text: &str| {
        let Plans { items } = json::read(text)?;
        let Some(first) = items.first() else { return Some(para("", t(Lang::new_plan_none))) };
        let chosen = RwSignal::new(first.id.to_string());
        let names =
            move |_: Lang| items.iter().map(|plan| (plan.id.to_string(), plan.name.clone())).collect::<Vec<_>>();
        let plan = choice("shadow-plan", Lang::shadow_plan, names, chosen);
        let id = id.clone();
        let shown = part(move || {
            let (path, asked) =
                (format!("/tenants/{id}/shadow-bill"), format!("?plan_id={}&days={DAYS}", chosen.get()));
            let (csv, panel) = (format!("{path}.csv{asked}"), id.clone());
            let draw = move |text: &str| {
                let bill: Shadow = json::read(text)?;
                if bill.cycles.is_empty() {
                    return Some(para("", t(Lang::shadow_none)));
                }
                let table = keep_table(csv.clone(), format!("shadow-bill-{panel}.csv"), Lang::shadow_title);
                let bill = written("", move |lang| shadow(lang, &bill));
                Some(vec![bill, holder("div", "buttons", vec![table])].into_any())
            };
            fetched(format!("{path}{asked}"), still(), Extent::Inside, Box::new(draw))
        });
        Some(vec![plan, holder("div", "outcome", vec![shown.into_any()])].into_any())
    };
    fetched(PLANS.to_owned(), still(), Extent::Inside, Box::new(draw))
}
