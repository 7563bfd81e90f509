//! What will be paid, before anything is: panel, plan, period, total, and what happens if it fails. One button.

use crate::browser;
use crate::client::client;
use crate::component::erased::{part, say, t, told};
use crate::component::heading::Heading;
use crate::component::loading::Loading;
use crate::component::trouble::{LoadFailed, Refusal};
use crate::page::manage::want;
use crate::page::not_found;
use crate::store::panels::{Panel, Shown, panels};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::problem::ErrorCode;
use shared::api::tenants::{BillingState, TenantStatus};
use shared::ids::TenantId;
use web::format::calendar::date_time;
use web::format::{money, whole};
use web::i18n::Lang;
use web::present::buttons::pays;
use web::present::problem::Failure;

/// The page.
pub(crate) fn page(id: TenantId) -> AnyView {
    view! { <Pay id=id /> }.into_any()
}

#[component]
fn Pay(id: TenantId) -> impl IntoView {
    let (wanted, load) = want(id);
    part(move || match wanted.get() {
        None => view! { <div class="narrow"><Loading count=1 retry=load /></div> }.into_any(),
        Some(Err(failure)) if failure.code() == Some(ErrorCode::NotFound) => not_found::page(),
        Some(Err(failure)) => view! {
            <div class="narrow">
                <Heading text=say(|lang| lang.pay_title().to_owned()) />
                <LoadFailed failure=failure retry=load />
            </div>
        }
        .into_any(),
        Some(Ok(panel)) => view! { <Review panel=panel /> }.into_any(),
    })
}

#[component]
fn Review(panel: Panel) -> impl IntoView {
    panel.watch();
    let (status, id) = (panel.shown(), panel.id);
    // The button and its state outlive every refreshed status; only whether something is due decides what is drawn.
    let due = Memo::new(move |_| status.get().billing.amount_due.is_some());
    let may_pay = Memo::new(move |_| status.get().actions.iter().any(|action| pays(*action)));
    let shown = part(move || {
        if !due.get() {
            return nothing_due(status).into_any();
        }
        if !may_pay.get() {
            return view! { <p class="box">{t(Lang::pay_not_yours)}</p> }.into_any();
        }
        view! {
            {bill(status)}
            <Go id=id status=status />
            <p>{t(Lang::pay_how)}</p>
            <p>{t(Lang::pay_if_fails)}</p>
        }
        .into_any()
    });
    view! {
        <div class="narrow">
            <p class="back">
                <a href=format!("/panels/{id}")>{told(status, |_, status| status.name.clone())}</a>
            </p>
            <Heading text=say(|lang| lang.pay_title().to_owned()) />
            {shown}
        </div>
    }
}

fn nothing_due(status: Shown) -> impl IntoView {
    let until = told(status, |lang, status| {
        let cycle = status.billing.cycle.as_ref();
        cycle.map(|cycle| lang.pay_nothing_until(&date_time(lang, cycle.ends_at))).unwrap_or_default()
    });
    view! {
        <section class="box">
            <p>{t(Lang::pay_nothing_due)}</p>
            <p>{until}</p>
        </section>
    }
}

fn bill(status: Shown) -> impl IntoView {
    let row = move |term: fn(Lang) -> &'static str, write: fn(Lang, &TenantStatus) -> String| {
        view! { <div><dt>{t(term)}</dt><dd>{told(status, write)}</dd></div> }
    };
    view! {
        <dl class="facts bill box">
            {row(Lang::pay_panel, |_, status| status.name.clone())}
            <div>
                <dt>{t(Lang::pay_address)}</dt>
                <dd lang="en" translate="no">
                    {told(status, |_, status| status.url.clone())}
                </dd>
            </div>
            {row(Lang::pay_plan, |_, status| status.plan.name.clone())}
            {row(Lang::pay_period, period)}
            <div class="total">
                <dt>{t(Lang::pay_total)}</dt>
                <dd data-testid="total">{told(status, price)}</dd>
            </div>
        </dl>
    }
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

#[component]
fn Go(id: TenantId, status: Shown) -> impl IntoView {
    let (client, offline) = (client(), panels().offline);
    let opening = RwSignal::new(false);
    let failed = RwSignal::new(None::<Failure>);
    // The same key while the same click is retried: the server then continues the payment that it may have opened.
    let key = StoredValue::new(browser::fresh_key());
    let go = move |_| {
        opening.set(true);
        failed.set(None);
        spawn_local(async move {
            match client.checkout(id, key.get_value()).await {
                // The button stays as it is until the browser has left.
                Ok(checkout) => browser::leave_to(&checkout.redirect_url),
                Err(failure) => {
                    if !matches!(failure, Failure::Slow | Failure::Offline) {
                        // Answered, and refused: the next click is a new attempt.
                        let _ = key.try_update_value(|key| *key = browser::fresh_key());
                    }
                    let _ = failed.try_set(Some(failure));
                    let _ = opening.try_set(false);
                }
            }
        });
    };
    let words =
        say(
            move |lang| {
                if opening.get() {
                    lang.pay_opening().to_owned()
                } else {
                    lang.pay_go(&price(lang, &status.get()))
                }
            },
        );
    let refusal = part(move || {
        if failed.get() == Some(Failure::Slow) {
            view! { <p class="refusal" role="alert">{t(Lang::pay_slow)}</p> }.into_any()
        } else {
            view! { <Refusal failure=failed /> }.into_any()
        }
    });
    view! {
        <button
            type="button"
            class="button primary wide"
            data-testid="checkout-go"
            disabled=Signal::derive(move || opening.get() || offline.get())
            on:click=go
        >
            {words}
        </button>
        <p class="small">{say(move |lang| if offline.get() { lang.offline_reason() } else { "" }.to_owned())}</p>
        {refusal}
    }
}
