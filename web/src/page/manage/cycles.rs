//! The panel's last cycles, each with the way from its figures back to what was seen.

use crate::component::erased::{say, t, when};
use crate::component::fetched::{Extent, fetched, still, written};
use crate::component::keep::{keep, keep_table};
use crate::component::paged::{Drawn, paged_inside};
use crate::component::shape::{holder, para, titled};
use crate::component::unfold::unfold;
use crate::format::whole;
use crate::i18n::Lang;
use crate::json;
use crate::present::cycles::{facts, sentences};
use crate::store::panels::Panel;
use crate::wire::{Cycle, Cycles, Explained};
use leptos::prelude::*;
use shared::ids::TenantId;
use shared::time::HOUR;
use std::sync::Arc;

/// The newest cycle, once it is known; inside, `None` if there is none.
pub(super) type Newest = RwSignal<Option<Option<Cycle>>>;

/// A number that turns when a cycle began, grew by an upgrade, or ended.
pub(super) fn turned(panel: &Panel) -> Memo<u32> {
    let status = panel.shown();
    Memo::new(move |_| {
        let status = status.get();
        status.billing.cycle.as_ref().map_or(0, |cycle| {
            let hours = u32::try_from(cycle.allowance_seconds / HOUR).unwrap_or_default();
            let half = cycle.number * 2 + u32::from(cycle.ended_reason.is_some());
            hours.wrapping_mul(4_096).wrapping_add(half)
        })
    })
}

/// The section. It tells `newest` which cycle is the newest.
pub(super) fn section(panel: &Panel, newest: Newest) -> AnyView {
    let (id, turned) = (panel.id, turned(panel));
    let draw = move |text: &str, is_first: bool| {
        let Cycles { items, next_cursor: next } = json::read(text)?;
        if is_first {
            newest.set(Some(items.first().cloned()));
        }
        if items.is_empty() {
            return Some(Drawn { rows: para("", t(Lang::cycles_empty)), next });
        }
        let rows = holder("ul", "rows", items.into_iter().map(|cycle| row(id, cycle)).collect());
        Some(Drawn { rows, next })
    };
    let rows = paged_inside(&format!("/tenants/{id}/cycles?limit=6"), turned.into(), Arc::new(draw));
    let table = move || {
        let table = keep_table(format!("/tenants/{id}/cycles.csv"), format!("cycles-{id}.csv"), Lang::cycles_title);
        holder("div", "buttons", vec![table])
    };
    let table = when(move || newest.with(|newest| matches!(newest, Some(Some(_)))), table);
    titled(Lang::cycles_title, vec![rows, table.into_any()].into_any())
}

fn row(id: TenantId, cycle: Cycle) -> AnyView {
    let number = cycle.number;
    let named = move |lang, text: fn(Lang, &str) -> String| text(lang, &whole(lang, i64::from(number)));
    let spoken = say(move |lang| named(lang, Lang::cycles_why_of));
    let (ask, why) = unfold(format!("why-{number}"), Lang::cycles_why, spoken, move || explained(id, number));
    let mut buttons = vec![ask];
    buttons.extend(cycle.has_export.then(|| {
        let spoken = say(move |lang| named(lang, Lang::cycles_proof_of));
        let path = format!("/tenants/{id}/cycles/{number}/export");
        keep(path, format!("cycle-{number}.json"), t(Lang::cycles_proof), Some(spoken))
    }));
    let figures = written("", move |lang| facts(lang, &cycle));
    holder("li", "", vec![figures, holder("div", "buttons", buttons), why])
}

fn explained(id: TenantId, number: u32) -> AnyView {
    let draw = |text: &str| {
        let Explained { steps } = json::read(text)?;
        Some(written("steps small", move |lang| sentences(lang, &steps)))
    };
    fetched(format!("/tenants/{id}/cycles/{number}/explain"), still(), Extent::Inside, Box::new(draw))
}
