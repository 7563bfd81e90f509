//! What will be paid, before anything is: panel, plan, period, total, and what happens if it fails. One button.

use crate::address::host;
use crate::client::client;
use crate::component::checkout::checkout;
use crate::component::erased::{part, say, t, told, when};
use crate::component::fetched::{Extent, fetched, written};
use crate::component::heading::heading;
use crate::component::shape::{holder, link, para, titled, to};
use crate::format::calendar::date_time;
use crate::format::{money, whole};
use crate::i18n::Lang;
use crate::json;
use crate::page::wanted::wanted;
use crate::present::buttons::pays;
use crate::present::invoices::order;
use crate::present::markup::Markup;
use crate::session::session;
use crate::store::panels::{Panel, Shown};
use crate::wire::Order;
use leptos::prelude::*;
use shared::api::tenants::{BillingState, PanelStatus, TenantStatus};
use shared::ids::TenantId;
use shared::money::Money;

/// What is left to pay once credit has paid its part.
type Rest = Money;

/// The page.
pub(crate) fn page(id: TenantId) -> AnyView {
    wanted(id, Lang::pay_title, review)
}

fn review(panel: &Panel) -> AnyView {
    panel.watch();
    let (status, id, session) = (panel.shown(), panel.id, session());
    // The button and its state outlive every refreshed status; only whether something is due decides what is drawn.
    let due = Memo::new(move |_| status.get().billing.amount_due.is_some());
    let may_pay = Memo::new(move |_| status.get().actions.iter().any(|action| pays(*action)));
    let shown = part(move || {
        if !due.get() {
            return nothing_due(id, status);
        }
        if !may_pay.get() {
            return para("box", t(if session.may_order() { Lang::pay_not_now } else { Lang::pay_not_yours }));
        }
        let credit = RwSignal::new(None::<Rest>);
        // Where credit pays all of it, nobody goes to the gateway.
        let goes = move || credit.get().is_none_or(|left| left.minor > 0);
        let gateway = when(goes, || vec![para("", t(Lang::pay_how)), para("", t(Lang::pay_if_fails))].into_any());
        vec![bill(status), next_order(id, status, credit), go(id, status, credit), gateway.into_any()].into_any()
    });
    let name = told(status, |_, status| status.name.clone());
    let back = link("", "back", to(format!("/panels/{id}")), name, None);
    let inner = vec![holder("p", "back", vec![back]), heading(t(Lang::pay_title), false), shown.into_any()];
    holder("div", "narrow", inner)
}

fn nothing_due(id: TenantId, status: Shown) -> AnyView {
    let session = session();
    // Whoever waits for a renewal that is not offered holds more than the plan includes: nothing else stands in its way.
    let waits = Memo::new(move |_| {
        let status = status.get();
        let there = !matches!(status.panel.status, PanelStatus::Deleting | PanelStatus::Deleted);
        there && matches!(status.billing.state, BillingState::Grace | BillingState::Expired)
    });
    let until = told(status, |lang, status| {
        let cycle = status.billing.cycle.as_ref().filter(|cycle| cycle.ended_reason.is_none());
        cycle.map(|cycle| lang.pay_nothing_until(&date_time(lang, cycle.ends_at))).unwrap_or_default()
    });
    part(move || {
        if !waits.get() {
            return holder("section", "box", vec![para("", t(Lang::pay_nothing_due)), para("", until)]);
        }
        let plans = || link("button", "larger-plan", to(format!("/panels/{id}#plan")), t(Lang::larger_plan_see), None);
        let plans = holder("div", "buttons", vec![session.may_order().then(plans).into_any()]);
        holder("section", "box", vec![para("", t(Lang::pay_over_limit)), plans])
    })
    .into_any()
}

fn bill(status: Shown) -> AnyView {
    written("", move |lang| {
        let status = status.get();
        let mut out = Markup::default();
        out.tags("<dl class=\"facts bill box\">").fact(lang.pay_panel(), &status.name);
        out.within("<div><dt>", lang.pay_address(), "</dt><dd lang=\"en\" translate=\"no\">")
            .within("", host(&status.url), "</dd></div>")
            .fact(lang.pay_plan(), &status.plan.name)
            .fact(lang.pay_period(), &period(lang, &status))
            .tags("</dl>");
        out.done()
    })
}

/// The lines and sums that the server will charge; asked for again when what is due changes.
fn next_order(id: TenantId, status: Shown, rest: RwSignal<Option<Rest>>) -> AnyView {
    let due = Memo::new(move |_| {
        let minor = status.get().billing.amount_due.map_or(0, |due| due.minor);
        u32::try_from(minor).unwrap_or(u32::MAX)
    });
    let draw = move |text: &str| {
        let next: Order = json::read(text)?;
        let (credit, left) = (next.credit, next.due);
        rest.set((credit.minor > 0).then_some(left));
        let pays = move |lang: Lang| lang.pay_credit_pays(&money(lang, credit), &money(lang, left));
        let paid = (credit.minor > 0).then(|| para("", say(pays)));
        let held = next.held_payment_id.map(|payment| {
            let see = link("button", "held", to(format!("/pay/{payment}")), t(Lang::pay_held_see), None);
            holder("section", "box", vec![para("", t(Lang::pay_held)), holder("div", "buttons", vec![see])])
        });
        let bill = titled(Lang::pay_order, written("order", move |lang| order(lang, &next)));
        Some(vec![held.into_any(), bill, paid.into_any()].into_any())
    };
    fetched(format!("/tenants/{id}/next-order"), due.into(), Extent::Box, Box::new(draw))
}

fn price(lang: Lang, status: &TenantStatus) -> String {
    status.billing.amount_due.map(|due| money(lang, due)).unwrap_or_default()
}

/// When the paid cycle will begin, in the rule's own words.
fn period(lang: Lang, status: &TenantStatus) -> String {
    let billing = &status.billing;
    match (billing.state, billing.queued_cycles, &billing.cycle) {
        (BillingState::None, ..) => lang.period_first().to_owned(),
        (BillingState::Grace, ..) => lang.period_grace().to_owned(),
        (BillingState::Expired, ..) | (_, 0, None) => lang.period_now().to_owned(),
        (_, 0, Some(cycle)) => lang.period_after_early(&date_time(lang, cycle.ends_at)),
        (_, queued, _) => lang.period_after_queue(&whole(lang, i64::from(queued))),
    }
}

fn go(id: TenantId, status: Shown, rest: RwSignal<Option<Rest>>) -> AnyView {
    let client = client();
    let words = say(move |lang| match rest.get() {
        // Credit pays all of it, and the browser stays.
        Some(left) if left.minor == 0 => lang.pay_credit_go().to_owned(),
        Some(left) => lang.pay_go(&money(lang, left)),
        None => lang.pay_go(&price(lang, &status.get())),
    });
    checkout("button primary wide", "checkout-go", words, move |key| client.checkout(id, key))
}
