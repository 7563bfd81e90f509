//! What will be paid, before anything is: panel, plan, period, total, and what happens if it fails. One button.

use crate::browser;
use crate::client::client;
use crate::component::heading::Heading;
use crate::component::loading::Loading;
use crate::component::trouble::{LoadFailed, Refusal};
use crate::page::manage::want;
use crate::page::not_found::NotFound;
use crate::page::tenant_in_path;
use crate::prefs::lang;
use crate::store::panels::{Panel, panels};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use shared::api::problem::ErrorCode;
use shared::api::tenants::{BillingState, TenantStatus};
use shared::ids::TenantId;
use web::format::calendar::date_time;
use web::format::{money, whole};
use web::i18n::Lang;
use web::present::buttons::pays;
use web::present::problem::Failure;

/// The page.
pub(crate) fn page() -> AnyView {
    match tenant_in_path() {
        Some(id) => view! { <Pay id=id /> }.into_any(),
        None => view! { <NotFound /> }.into_any(),
    }
}

#[component]
fn Pay(id: TenantId) -> impl IntoView {
    let (wanted, load) = want(id);
    move || match wanted.get() {
        None => view! { <div class="narrow"><Loading count=1 retry=load /></div> }.into_any(),
        Some(Err(failure)) if failure.code() == Some(ErrorCode::NotFound) => view! { <NotFound /> }.into_any(),
        Some(Err(failure)) => view! {
            <div class="narrow">
                <Heading text=Signal::derive(move || lang().pay_title().to_owned()) />
                <LoadFailed failure=failure retry=load />
            </div>
        }
        .into_any(),
        Some(Ok(panel)) => view! { <Review panel=panel /> }.into_any(),
    }
}

#[component]
fn Review(panel: Panel) -> impl IntoView {
    panel.watch();
    let (watched, id) = (panel.status.clone(), panel.id);
    let status = Memo::new(move |_| watched.get());
    // The button and its state outlive every refreshed status; only whether something is due decides what is drawn.
    let due = Memo::new(move |_| status.with(|status| status.billing.amount_due.is_some()));
    let may_pay = Memo::new(move |_| status.with(|status| status.actions.iter().any(|action| pays(*action))));
    view! {
        <div class="narrow">
            <p class="back">
                <A href=format!("/panels/{id}")>{move || status.with(|status| status.name.clone())}</A>
            </p>
            <Heading text=Signal::derive(move || lang().pay_title().to_owned()) />
            {move || {
                if !due.get() {
                    nothing_due(status).into_any()
                } else if !may_pay.get() {
                    view! { <p class="box">{move || lang().pay_not_yours()}</p> }.into_any()
                } else {
                    view! {
                        {bill(status)}
                        <Go id=id status=status />
                        <p>{move || lang().pay_how()}</p>
                        <p>{move || lang().pay_if_fails()}</p>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

fn nothing_due(status: Memo<TenantStatus>) -> impl IntoView {
    let until = move || {
        let ends_at = status.with(|status| status.billing.cycle.as_ref().map(|cycle| cycle.ends_at));
        ends_at.map(|at| view! { <p>{lang().pay_nothing_until(&date_time(lang(), at))}</p> })
    };
    view! {
        <section class="box">
            <p>{move || lang().pay_nothing_due()}</p>
            {until}
        </section>
    }
}

fn bill(status: Memo<TenantStatus>) -> impl IntoView {
    let price = move || status.with(|status| status.billing.amount_due.map(|due| money(lang(), due)));
    view! {
        <dl class="facts bill box">
            <div>
                <dt>{move || lang().pay_panel()}</dt>
                <dd>{move || status.with(|status| status.name.clone())}</dd>
            </div>
            <div>
                <dt>{move || lang().pay_address()}</dt>
                <dd lang="en" translate="no">
                    {move || status.with(|status| status.url.clone())}
                </dd>
            </div>
            <div>
                <dt>{move || lang().pay_plan()}</dt>
                <dd>{move || status.with(|status| status.plan.name.clone())}</dd>
            </div>
            <div>
                <dt>{move || lang().pay_period()}</dt>
                <dd>{move || status.with(|status| period(lang(), status))}</dd>
            </div>
            <div class="total">
                <dt>{move || lang().pay_total()}</dt>
                <dd data-testid="total">{price}</dd>
            </div>
        </dl>
    }
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
fn Go(id: TenantId, status: Memo<TenantStatus>) -> impl IntoView {
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
    let words = move || {
        if opening.get() {
            return lang().pay_opening().to_owned();
        }
        let price = status.with(|status| status.billing.amount_due.map(|due| money(lang(), due)));
        lang().pay_go(&price.unwrap_or_default())
    };
    let slow = move || failed.get() == Some(Failure::Slow);
    view! {
        <button
            type="button"
            class="button primary wide"
            data-testid="checkout-go"
            disabled=move || opening.get() || offline.get()
            on:click=go
        >
            {words}
        </button>
        <p class="small">{move || offline.get().then(|| lang().offline_reason())}</p>
        <Show
            when=slow
            fallback=move || view! { <Refusal failure=failed /> }
        >
            <p class="refusal" role="alert">{move || lang().pay_slow()}</p>
        </Show>
    }
}
