//! What will be paid, before anything is: panel, plan, period, total, and what happens if it fails. One button.

use crate::address::host;
use crate::browser;
use crate::client::client;
use crate::component::erased::{part, say, t, told};
use crate::component::fetched::{Extent, fetched, still, written};
use crate::component::heading::heading;
use crate::component::shape::{Button, either, fact, link, para, titled, to};
use crate::component::trouble::refusal;
use crate::format::calendar::date_time;
use crate::format::{money, whole};
use crate::i18n::Lang;
use crate::json;
use crate::page::wanted::wanted;
use crate::present::buttons::pays;
use crate::present::invoices::order;
use crate::present::problem::Failure;
use crate::session::session;
use crate::store::panels::{Panel, Shown, panels};
use crate::wire::{Balances, Order};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::payments::Checkout;
use shared::api::problem::ErrorCode;
use shared::api::tenants::{BillingState, TenantStatus};
use shared::ids::TenantId;
use shared::money::Money;

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
        let credit = RwSignal::new(None::<Money>);
        vec![
            bill(status),
            next_order(id, status),
            has_credit(credit, status),
            go(id, status, credit),
            para("", t(Lang::pay_how)),
            para("", t(Lang::pay_if_fails)),
        ]
        .into_any()
    });
    let name = told(status, |_, status| status.name.clone());
    view! {
        <div class="narrow">
            <p class="back">{link("", "back", to(format!("/panels/{id}")), name, None)}</p>
            {heading(t(Lang::pay_title), false)}
            {shown}
        </div>
    }
    .into_any()
}

fn nothing_due(status: Shown) -> AnyView {
    let until = told(status, |lang, status| {
        let cycle = status.billing.cycle.as_ref();
        cycle.map(|cycle| lang.pay_nothing_until(&date_time(lang, cycle.ends_at))).unwrap_or_default()
    });
    view! { <section class="box">{para("", t(Lang::pay_nothing_due))} {para("", until)}</section> }.into_any()
}

fn bill(status: Shown) -> AnyView {
    view! {
        <dl class="facts bill box">
            {fact(Lang::pay_panel, told(status, |_, status| status.name.clone()))}
            <div>
                <dt>{t(Lang::pay_address)}</dt>
                <dd lang="en" translate="no">
                    {told(status, |_, status| host(&status.url).to_owned())}
                </dd>
            </div>
            {fact(Lang::pay_plan, told(status, |_, status| status.plan.name.clone()))}
            {fact(Lang::pay_period, told(status, period))}
        </dl>
    }
    .into_any()
}

/// The lines and sums that the server will charge; asked for again when what is due changes.
fn next_order(id: TenantId, status: Shown) -> AnyView {
    let due = Memo::new(move |_| {
        let minor = status.get().billing.amount_due.map_or(0, |due| due.minor);
        u32::try_from(minor).unwrap_or(u32::MAX)
    });
    let draw = |text: &str| {
        let next: Order = json::read(text)?;
        Some(titled(Lang::pay_order, written("order", move |lang| order(lang, &next))))
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

/// What the account has, in the currency of what is due: the order will use it first. How much of it, the server says.
fn has_credit(credit: RwSignal<Option<Money>>, status: Shown) -> AnyView {
    let Some(account) = session().me().and_then(|me| me.account_id) else { return ().into_any() };
    let draw = move |text: &str| {
        let Balances { balances } = json::read(text)?;
        let currency = status.get_untracked().billing.amount_due.map(|due| due.currency);
        let has = balances.into_iter().find(|has| Some(has.currency) == currency && has.minor > 0);
        credit.set(has);
        Some(has.map(|has| para("", say(move |lang| lang.pay_credit_first(&money(lang, has))))).into_any())
    };
    fetched(format!("/accounts/{account}/credit?limit=1"), still(), Extent::Inside, Box::new(draw))
}

/// The order is opened, and credit has paid a part of it: what is left, before the browser leaves for it.
fn rest(checkout: Checkout) -> AnyView {
    let Checkout { amount, credit_used, redirect_url, .. } = checkout;
    let said = say(move |lang| lang.pay_credit_pays(&money(lang, credit_used), &money(lang, amount)));
    let words = say(move |lang| lang.pay_go(&money(lang, amount)));
    vec![para("", said), link("button primary wide", "checkout-rest", to(redirect_url), words, None)].into_any()
}

fn go(id: TenantId, status: Shown, credit: RwSignal<Option<Money>>) -> AnyView {
    let (client, offline) = (client(), panels().offline);
    let opening = RwSignal::new(false);
    let failed = RwSignal::new(None::<Failure>);
    let opened = RwSignal::new(None::<Checkout>);
    // The same key while the same click is retried: the server then continues the payment that it may have opened.
    let key = StoredValue::new(browser::fresh_key());
    let go = move || {
        opening.set(true);
        failed.set(None);
        spawn_local(async move {
            match client.checkout(id, key.get_value()).await {
                Ok(checkout) if checkout.credit_used.minor > 0 && checkout.amount.minor > 0 => {
                    let _ = opened.try_set(Some(checkout));
                }
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
    let words = say(move |lang| match (opening.get(), credit.get()) {
        (true, None) => lang.pay_opening().to_owned(),
        (true, Some(_)) => lang.working().to_owned(),
        (false, None) => lang.pay_go(&price(lang, &status.get())),
        (false, Some(_)) => lang.pay_credit_go(&price(lang, &status.get())),
    });
    let refused = part(move || {
        if failed.get() == Some(Failure::Slow) {
            view! { <p class="refusal" role="alert">{t(Lang::pay_slow)}</p> }.into_any()
        } else {
            refusal(failed).into_any()
        }
    });
    let go = Callback::new(move |()| go());
    let button = part(move || match opened.get() {
        Some(checkout) => rest(checkout),
        None => {
            let button = Button::new(words, move || go.run(())).class("button primary wide").testid("checkout-go");
            button.off(move || opening.get() || offline.get()).draw()
        }
    });
    vec![
        button.into_any(),
        para("small", either(move || offline.get(), Lang::offline_reason, |_| "")),
        refused.into_any(),
    ]
    .into_any()
}
