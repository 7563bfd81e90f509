//! The last step: all of it once more, with the sum; then the order, and the way to its payment or its trial.

use super::Wizard;
use super::planning::{PLANS, onward};
use crate::address::host;
use crate::browser;
use crate::client::{Act, client};
use crate::component::erased::{part, say, t};
use crate::component::fetched::{Extent, fetched, still, written};
use crate::component::shape::{Button, either, holder, link, para, titled, to, words};
use crate::component::trouble::refusal;
use crate::format::whole;
use crate::i18n::Lang;
use crate::json;
use crate::present::invoices::order;
use crate::present::markup::Markup;
use crate::present::new_panel::{Draft, Step};
use crate::present::plans::{find, first_order, vat};
use crate::present::problem::Failure;
use crate::session::session;
use crate::store::panels::panels;
use crate::way::{Way, way};
use crate::wire::{Offer, Plans};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::auth::Role;
use shared::api::problem::ErrorCode;
use shared::ids::TenantId;

/// What goes on.
#[derive(Clone, Copy)]
struct Now {
    busy: RwSignal<bool>,
    failed: RwSignal<Option<Failure>>,
    /// The panel is ordered; only its trial is not begun.
    ordered: RwSignal<Option<TenantId>>,
}

/// Draws it.
pub(super) fn step(wizard: Wizard) -> AnyView {
    let draw = move |text: &str| {
        let plans: Plans = json::read(text)?;
        let draft = untrack(|| wizard.draft());
        let Some((plan, terms)) = find(&plans, &draft.plan) else {
            wizard.plan.set(String::new());
            return Some(holder("div", "box", vec![para("", t(Lang::plan_gone)), change(Step::Plan)]));
        };
        let bill = first_order(&plan.name, terms)?;
        let rate = terms.vat;
        let sums = vec![
            written("order", move |lang| order(lang, &bill)),
            para("small", say(move |lang| vat(lang, rate))),
            para("small", t(Lang::new_after)),
        ];
        let sums = titled(Lang::pay_order, sums.into_any());
        Some(vec![facts(wizard, draft, plan.name.clone()), sums, act(wizard, terms)].into_any())
    };
    fetched(PLANS.to_owned(), still(), Extent::Box, Box::new(draw))
}

/// What was filled in, each with the way to change it.
fn facts(wizard: Wizard, draft: Draft, plan: String) -> AnyView {
    let shown = written("", move |lang| {
        let checked = wizard.checked.get().and_then(Result::ok).map(|view| host(&view.url).to_owned());
        let address = checked.filter(|url| !url.is_empty()).unwrap_or_else(|| draft.subdomain.clone());
        let mut out = Markup::default();
        out.tags("<dl class=\"facts\">").fact(lang.new_name(), draft.name.trim());
        out.within("<div><dt>", lang.new_address(), "</dt><dd lang=\"en\" translate=\"no\">").put(&address);
        out.tags("</dd></div>").fact(lang.pay_plan(), &plan).tags("</dl>");
        out.done()
    });
    let changes = holder("p", "buttons", vec![change(Step::Name), change(Step::Plan)]);
    holder("section", "box", vec![words("h2", "vh", t(Lang::new_step_review)), shown, changes])
}

fn change(step: Step) -> AnyView {
    let words = say(move |lang| lang.new_change_what(step.title(lang)));
    link("button", format!("change-{}", step.tag()), to(step.address()), words, None)
}

fn act(wizard: Wizard, terms: &Offer) -> AnyView {
    let now = Now { busy: RwSignal::new(false), failed: RwSignal::new(None), ordered: RwSignal::new(None) };
    let (offline, session) = (panels().offline, session());
    let off = move || now.busy.get() || offline.get();
    let days = i64::from(terms.trial_days);
    let buttons = part(move || {
        if let Some(id) = now.ordered.get() {
            let pay = link("button primary", "new-pay", to(format!("/panels/{id}/pay")), t(Lang::new_pay), None);
            return vec![para("", t(Lang::new_ordered)), holder("div", "buttons", vec![pay])].into_any();
        }
        let words = either(move || now.busy.get(), Lang::new_ordering, Lang::new_order);
        let go = Button::new(words, move || order_it(wizard, now, false)).class("button primary");
        let go = onward(Step::Plan, go.testid("new-order").off(off));
        // Who may begin a trial, the server says; this keeps the button from those who never may.
        if days == 0 || !session.me().is_some_and(|me| me.role == Role::Owner) {
            return go;
        }
        let words = say(move |lang| lang.new_trial(&whole(lang, days)));
        let trial = Button::new(words, move || order_it(wizard, now, true)).testid("new-trial").off(off).draw();
        vec![go, holder("div", "buttons", vec![trial]), para("small", t(Lang::new_trial_after))].into_any()
    });
    let refused = part(move || {
        let known = now.failed.with(|failed| failed.as_ref().and_then(wording));
        match known.filter(|_| now.ordered.get().is_none()) {
            Some(words) => view! { <p class="refusal" role="alert">{t(words)}</p> }.into_any(),
            None => refusal(now.failed).into_any(),
        }
    });
    let why = para("small", either(move || offline.get(), Lang::offline_reason, |_| ""));
    holder("div", "acts", vec![refused.into_any(), buttons.into_any(), why])
}

/// Orders the panel, and goes on to its payment, or begins its trial.
fn order_it(wizard: Wizard, now: Now, trial: bool) {
    let (client, way, panels) = (client(), way(), panels());
    let (order, key) = (untrack(|| wizard.draft()).order(), wizard.key.get_value());
    now.busy.set(true);
    now.failed.set(None);
    spawn_local(async move {
        let id = match client.order_panel(order, key).await {
            Ok(status) => status.tenant_id,
            Err(failure) => return refuse(wizard, way, now, failure),
        };
        Wizard::forget();
        panels.hint(id);
        if !trial {
            return way.replace(&format!("/panels/{id}/pay"));
        }
        match client.act(id, Act::StartTrial).await {
            Ok(_) => way.replace(&format!("/panels/{id}")),
            Err(failure) => {
                let _ = now.failed.try_set(Some(failure));
                let _ = now.ordered.try_set(Some(id));
                let _ = now.busy.try_set(false);
            }
        }
    });
}

/// What the server says is wrong with a field is said at the step where it can be mended.
fn refuse(wizard: Wizard, way: Way, now: Now, failure: Failure) {
    if failure.is_decided() {
        let _ = wizard.key.try_update_value(|key| *key = browser::fresh_key());
    }
    let _ = now.busy.try_set(false);
    if failure.fields().iter().any(|fault| matches!(fault.pointer.as_str(), "/name" | "/subdomain")) {
        way.go(&Step::Name.address());
        return wizard.faults.refuse(failure);
    }
    let _ = now.failed.try_set(Some(failure));
}

/// Why an order was refused, where that has words of its own.
fn wording(failure: &Failure) -> Option<fn(Lang) -> &'static str> {
    if failure.code() == Some(ErrorCode::WrongState) {
        return Some(Lang::new_too_many);
    }
    failure.fields().iter().any(|fault| fault.pointer == "/plan_id").then_some(Lang::plan_gone)
}
