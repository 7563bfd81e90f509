//! A panel's card: name and badge, address, figure, meter, state and forecast, limits, buttons, age.

use crate::browser::seconds_since;
use crate::component::actions::Actions;
use crate::component::badge::Badge;
use crate::component::meter::RuledMeter;
use crate::prefs::lang;
use crate::store::panels::{Panel, panels};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::api::tenants::{Action, TenantStatus};
use web::format::age;
use web::format::calendar::time_of_day;
use web::present::card::{figure, state_text, storage, users};
use web::present::face::{Face, billing_name, panel_name};
use web::present::forecast::sentence;

/// A card. In a list its name leads to the panel's page; on that page it is the `linked=false` one.
#[component]
pub(crate) fn Card(panel: Panel, shown: fn(Action) -> bool, #[prop(default = true)] linked: bool) -> impl IntoView {
    panel.watch();
    let offline = panels().offline;
    let trouble = panel.trouble.clone();
    let stale = Memo::new(move |_| offline.get() || trouble.with(Option::is_some));
    let status = panel.status.clone();
    let read = move |write: fn(&TenantStatus) -> String| {
        let status = status.clone();
        Memo::new(move |_| status.with(write))
    };
    let (panel_state, billing_state) = (read(panel_code), read(billing_code));
    let (subdomain, address) = (read(|s| s.subdomain.clone()), read(|s| host(&s.url)));
    let face_of = panel.status.clone();
    let face = Memo::new(move |_| face_of.with(Face::of));
    view! {
        <article
            id=panel.element_id()
            class="card"
            class:stale=move || stale.get()
            data-testid="panel-card"
            data-tenant=panel.id.to_string()
            data-subdomain=move || subdomain.get()
            data-panel=move || panel_state.get()
            data-billing=move || billing_state.get()
        >
            <header>
                {name(&panel, linked)}
                <Badge face=face />
            </header>
            <p class="address small" lang="en" translate="no">{move || address.get()}</p>
            {figures(&panel)}
            <RuledMeter status=panel.status.clone() />
            {words(&panel)}
            {limits(&panel)}
            {counted(&panel, stale)}
            <Actions panel=panel.clone() shown=shown />
        </article>
    }
}

fn panel_code(status: &TenantStatus) -> String {
    panel_name(status.panel.status).to_owned()
}

fn billing_code(status: &TenantStatus) -> String {
    billing_name(status.billing.state).to_owned()
}

/// The address as people say it.
fn host(url: &str) -> String {
    url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned()
}

fn name(panel: &Panel, linked: bool) -> AnyView {
    let status = panel.status.clone();
    let text = move || status.with(|status| status.name.clone());
    let href = format!("/panels/{}", panel.id);
    if linked { view! { <h2><A href=href>{text}</A></h2> }.into_any() } else { view! { <h2>{text}</h2> }.into_any() }
}

/// "142 of 360 hours used", the first number large.
fn figures(panel: &Panel) -> impl IntoView + use<> {
    let status = panel.status.clone();
    let shown = Memo::new(move |_| {
        status.with(|status| {
            let drawn = !matches!(Face::of(status), Face::Pending | Face::Creating | Face::Failed);
            figure(lang(), status).filter(|_| drawn)
        })
    });
    move || {
        shown.get().map(|(used, allowance)| {
            let whole = lang().hours_used(&used, &allowance);
            // In both languages the sentence begins with what was used; that figure grows.
            let (before, after) =
                whole.split_once(used.as_str()).map(|(b, a)| (b.to_owned(), a.to_owned())).unwrap_or_default();
            view! { <p class="figure">{before}<strong>{used}</strong>{after}</p> }
        })
    }
}

fn words(panel: &Panel) -> impl IntoView + use<> {
    let (state, forecast) = (panel.status.clone(), panel.status.clone());
    let forecast = Memo::new(move |_| forecast.with(|status| sentence(lang(), status)));
    view! {
        <p class="state" data-testid="state-text">{move || state.with(|status| state_text(lang(), status))}</p>
        {move || forecast.get().map(|text| view! { <p class="forecast">{text}</p> })}
    }
}

fn limits(panel: &Panel) -> impl IntoView + use<> {
    let (plan, people, space) = (panel.status.clone(), panel.status.clone(), panel.status.clone());
    view! {
        <dl class="limits">
            <div>
                <dt>{move || lang().plan_label()}</dt>
                <dd>{move || plan.with(|status| status.plan.name.clone())}</dd>
            </div>
            <div>
                <dt>{move || lang().users_label()}</dt>
                <dd>{move || people.with(|status| users(lang(), status.limits.users))}</dd>
            </div>
            <div>
                <dt>{move || lang().storage_label()}</dt>
                <dd>{move || space.with(|status| storage(lang(), status.limits.storage_bytes))}</dd>
            </div>
        </dl>
    }
}

/// Up to when usage is counted; on old figures also how old they are.
fn counted(panel: &Panel, stale: Memo<bool>) -> impl IntoView + use<> {
    let clock = panels().now_ms;
    let (status, seen) = (panel.status.clone(), panel.seen_ms.clone());
    move || {
        let counted = status.with(|status| status.as_of).map(|at| time_of_day(lang(), at));
        if stale.get() {
            let seen = seen.clone();
            let aged = move || {
                let old = age(lang(), seconds_since(seen.get(), clock.get()));
                counted.as_ref().map_or_else(|| old.clone(), |time| lang().as_of_age(time, &old))
            };
            view! { <p class="small age" data-testid="age">{aged}</p> }.into_any()
        } else {
            counted.map(|time| view! { <p class="small counted">{lang().counted_to(&time)}</p> }).into_any()
        }
    }
}
