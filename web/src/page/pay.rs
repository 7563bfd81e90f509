//! What will be paid, before anything is: panel, plan, period, total, and what happens if it fails. One button.

use crate::address::host;
use crate::browser;
use crate::client::client;
use crate::component::erased::{part, say, t, told};
use crate::component::fetched::{Extent, fetched, written};
use crate::component::heading::heading;
use crate::component::shape::{Button, either, holder, link, marked, para, titled, to, words};
use crate::component::trouble::refusal;
use crate::format::calendar::date_time;
use crate::format::{money, whole};
use crate::i18n::Lang;
use crate::json;
use crate::page::wanted::wanted;
use crate::present::buttons::pays;
use crate::present::invoices::order;
use crate::present::markup::Markup;
use crate::present::problem::Failure;
use crate::store::panels::{Panel, Shown, panels};
use crate::wire::Order;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::problem::ErrorCode;
use shared::api::tenants::{BillingState, TenantStatus};
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
    let (status, id) = (panel.shown(), panel.id);
    // The button and its state outlive every refreshed status; only whether something is due decides what is drawn.
    let due = Memo::new(move |_| status.get().billing.amount_due.is_some());
    let may_pay = Memo::new(move |_| status.get().actions.iter().any(|action| pays(*action)));
    let shown = part(move || {
        if !due.get() {
            return nothing_due(status);
        }
        if !may_pay.get() {
            return para("box", t(Lang::pay_not_yours));
        }
        let credit = RwSignal::new(None::<Rest>);
        vec![
            bill(status),
            next_order(id, status, credit),
            go(id, status, credit),
            para("", t(Lang::pay_how)),
            para("", t(Lang::pay_if_fails)),
        ]
        .into_any()
    });
    let name = told(status, |_, status| status.name.clone());
    let back = link("", "back", to(format!("/panels/{id}")), name, None);
    let inner = vec![holder("p", "back", vec![back]), heading(t(Lang::pay_title), false), shown.into_any()];
    holder("div", "narrow", inner)
}

fn nothing_due(status: Shown) -> AnyView {
    let until = told(status, |lang, status| {
        let cycle = status.billing.cycle.as_ref();
        cycle.map(|cycle| lang.pay_nothing_until(&date_time(lang, cycle.ends_at))).unwrap_or_default()
    });
    holder("section", "box", vec![para("", t(Lang::pay_nothing_due)), para("", until)])
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
        let bill = titled(Lang::pay_order, written("order", move |lang| order(lang, &next)));
        Some(vec![bill, paid.into_any()].into_any())
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
    let (client, offline) = (client(), panels().offline);
    let opening = RwSignal::new(false);
    let failed = RwSignal::new(None::<Failure>);
    // The same key while the same click is retried: the server then continues the payment that it may have opened.
    let key = StoredValue::new(browser::fresh_key());
    let go = move || {
        opening.set(true);
        failed.set(None);
        spawn_local(async move {
            match client.checkout(id, key.get_value()).await {
                // The button stays as it is until the browser has left.
                Ok(checkout) => browser::leave_to(&checkout.redirect_url),
                Err(failure) => {
                    let running = failure.code() == Some(ErrorCode::IdempotencyInFlight);
                    if !running && !matches!(failure, Failure::Slow | Failure::Offline) {
                        // Answered, and refused: the next click is a new attempt.
                        let _ = key.try_update_value(|key| *key = browser::fresh_key());
                    }
                    let _ = failed.try_set(Some(failure));
                    let _ = opening.try_set(false);
                }
            }
        });
    };
    let said = say(move |lang| match (opening.get(), rest.get()) {
        (true, _) => lang.pay_opening().to_owned(),
        // Credit pays all of it, and the browser stays.
        (false, Some(left)) if left.minor == 0 => lang.pay_credit_go().to_owned(),
        (false, Some(left)) => lang.pay_go(&money(lang, left)),
        (false, None) => lang.pay_go(&price(lang, &status.get())),
    });
    let refused = part(move || {
        if failed.get() == Some(Failure::Slow) {
            marked("p", "refusal", vec![("role", to("alert"))], vec![words("span", "", t(Lang::pay_slow))])
        } else {
            refusal(failed).into_any()
        }
    });
    let button = Button::new(said, go).class("button primary wide").testid("checkout-go");
    vec![
        button.off(move || opening.get() || offline.get()).draw(),
        para("small", either(move || offline.get(), Lang::offline_reason, |_| "")),
        refused.into_any(),
    ]
    .into_any()
}
