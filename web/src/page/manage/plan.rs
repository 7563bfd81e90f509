//! The panel's plan: which other ones are sold, what a change to one of them comes to before anything is confirmed, and what
//! renewing early adds.

use super::cycles::Newest;
use crate::browser;
use crate::client::client;
use crate::component::ask::{Ask, Request, landing, turning};
use crate::component::checkout::checkout;
use crate::component::erased::{Part, part, say, t, when};
use crate::component::fetched::{Extent, fetched, still, written};
use crate::component::shape::{holder, link, para, titled, titled_at, to, words};
use crate::component::unfold::unfold;
use crate::format::{money, whole};
use crate::i18n::Lang;
use crate::json::{self, object};
use crate::page::new_panel::PLANS;
use crate::present::invoices::order;
use crate::present::plans::{change, change_order, current, is_other, offer, sold};
use crate::session::session;
use crate::store::panels::Panel;
use crate::wire::{Order, Plan, PlanChange, Plans};
use leptos::prelude::*;
use shared::api::invoices::LineWhat;
use shared::api::plans::ChangeEffect;
use shared::api::tenants::{Action, PanelStatus};
use shared::ids::TenantId;
use std::sync::Arc;

/// The id of the section's title: a card's link leads here, `/panels/{id}#plan`.
const TITLE: &str = "plan";

/// The section.
pub(super) fn section(panel: &Panel, newest: Newest, done: Callback<()>) -> AnyView {
    let (status, session) = (panel.shown(), session());
    // Until it is known on which plan the panel is, none is named: the next order's may be another.
    let running = Memo::new(move |_| newest.get().map(|cycle| cycle.and_then(|cycle| cycle.plan)));
    let mine = say(move |lang| {
        let running = running.get().map(|running| current(lang, running.as_ref(), &status.get().plan));
        running.unwrap_or_default()
    });
    let next = Memo::new(move |_| status.get().plan.clone());
    let there = move || !matches!(status.get().panel.status, PanelStatus::Deleting | PanelStatus::Deleted);
    let may = Memo::new(move |_| there() && session.may_order());
    let panel = panel.clone();
    let draw = move |text: &str| {
        let Plans { items } = json::read(text)?;
        let panel = panel.clone();
        let others = part(move || {
            if !may.get() {
                return ().into_any();
            }
            let (running, next) = (running.get().flatten(), next.get());
            let others = items.iter().filter(|plan| is_other(plan.id, running.as_ref(), &next));
            let others: Vec<AnyView> = others.map(|other| card(&panel, other.clone(), done)).collect();
            if others.is_empty() {
                return para("small", t(Lang::change_none));
            }
            vec![words("h3", "", t(Lang::change_others)), holder("ul", "rows", others)].into_any()
        });
        Some(others.into_any())
    };
    let others = fetched(PLANS.to_owned(), still(), Extent::Inside, Box::new(draw));
    // The browser looked for it before it was drawn.
    if browser::fragment().strip_prefix('#') == Some(TITLE) {
        request_animation_frame(|| browser::focus(TITLE));
    }
    titled_at(TITLE, Lang::change_title, vec![para("", mine), others].into_any())
}

fn card(panel: &Panel, other: Plan, done: Callback<()>) -> AnyView {
    let Some(terms) = sold(&other).map(|version| version.terms.clone()) else { return ().into_any() };
    let (name, id) = (other.name.clone(), other.id.to_string());
    let spoken = say(move |lang| lang.change_see_of(&name));
    let (panel, plan) = (panel.clone(), id.clone());
    let draw = move || comes_to(&panel, &plan, done);
    let (see, seen) = unfold(format!("see-{id}"), Lang::change_see, spoken, draw);
    let head = words("h4", "", Signal::stored(other.name));
    let facts = written("plan", move |lang| offer(lang, &terms));
    holder("li", "", vec![head, facts, holder("div", "buttons", vec![see]), seen])
}

/// What the change comes to now, and the ways to confirm it.
fn comes_to(panel: &Panel, plan: &str, done: Callback<()>) -> AnyView {
    let path = format!("/tenants/{}/plan-change?plan_id={plan}", panel.id);
    let (panel, plan) = (panel.clone(), plan.to_owned());
    let draw = move |text: &str| {
        let view: PlanChange = json::read(text)?;
        let mut parts = Vec::new();
        let (bill, now, due) = (change_order(&view), view.effect == ChangeEffect::UpgradeNow, view.amount_due);
        parts.push(written("", move |lang| change(lang, &view)));
        if let Some(bill) = bill {
            parts.push(written("order", move |lang| order(lang, &bill)));
        }
        if now {
            let price = say(move |lang| lang.action_priced(lang.change_now_go(), &money(lang, due)));
            parts.push(upgrade(panel.id, &plan, price));
        }
        parts.push(with_next_cycle(&panel, &plan, done));
        Some(holder("div", "change", parts))
    };
    fetched(path, still(), Extent::Inside, Box::new(draw))
}

/// Opens the payment of an upgrade.
fn upgrade(id: TenantId, plan: &str, price: Signal<String>) -> AnyView {
    let (client, change) = (client(), object(&[("plan_id", plan), ("when", "now")]));
    checkout("button primary", "upgrade-go", price, move |key| client.upgrade(id, change.clone(), key))
}

/// Puts the next order on the other plan.
fn with_next_cycle(panel: &Panel, plan: &str, done: Callback<()>) -> AnyView {
    let path = format!("/tenants/{}/plan-change", panel.id);
    let body = object(&[("plan_id", plan), ("when", "next_cycle")]);
    let make = move |_: &[String]| Ok(Request { path: path.clone(), body: Some(body.clone()), keyed: true, tag: None });
    let ask = Ask {
        act: Lang::change_next,
        effect: Lang::change_next_effect,
        testid: format!("next-{plan}"),
        class: "button",
        blanks: Vec::new(),
        make: Arc::new(make),
    };
    ask.draw(landing(done, TITLE))
}

/// What renewing early would add, while it is offered.
pub(super) fn early(panel: &Panel) -> AnyView {
    let (id, status) = (panel.id, panel.shown());
    let (turned, turn) = turning();
    // Another plan, or another price of it, is another order.
    Effect::new(move |before: Option<_>| {
        let status = status.get();
        let now = (status.plan.version, status.billing.amount_due);
        if before.is_some_and(|before| before != now) {
            turn.run(());
        }
        now
    });
    let draw = move |text: &str| {
        let next: Order = json::read(text)?;
        let base = next.lines.iter().find_map(|line| match line.what {
            LineWhat::BasePrice { cycle_days, included_hours, .. } => Some((cycle_days, included_hours)),
            _ => None,
        });
        let (days, hours) = base?;
        let adds = move |lang: Lang| lang.early_adds(&whole(lang, i64::from(days)), &whole(lang, i64::from(hours)));
        let due = next.gross;
        let words = say(move |lang| lang.action_priced(lang.action_renew_early(), &money(lang, due)));
        let pay = link("button", "early-pay", to(format!("/panels/{id}/pay")), words, None);
        Some(vec![para("", say(adds)), holder("div", "buttons", vec![pay])].into_any())
    };
    let section = move || {
        let inner = fetched(format!("/tenants/{id}/next-order"), turned, Extent::Inside, Box::new(draw));
        titled(Lang::early_title, inner)
    };
    let offered: Part = when(move || status.get().actions.contains(&Action::RenewEarly), section);
    offered.into_any()
}
