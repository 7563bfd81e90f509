//! A panel's card: name and badge, address, figure, meter, state and forecast, limits, buttons, age.

use crate::browser::seconds_since;
use crate::component::actions::Actions;
use crate::component::badge::badge;
use crate::component::erased::{Part, part, say, t};
use crate::component::meter::ruled_meter;
use crate::prefs::lang;
use crate::store::panels::{Panel, panels};
use leptos::prelude::*;
use shared::api::tenants::{Action, TenantStatus};
use web::format::age;
use web::format::calendar::time_of_day;
use web::i18n::Lang;
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
        Signal::derive(move || status.with(write))
    };
    let face_of = panel.status.clone();
    let face = Signal::derive(move || face_of.with(Face::of));
    let (element, tenant) = (panel.element_id(), panel.id.to_string());
    let upper = (figures(&panel), ruled_meter(&panel.status), words(&panel));
    let lower = (limits(&panel), counted(&panel, stale));
    let name = name(&panel, linked);
    view! {
        <article
            id=element
            class="card"
            class:stale=Signal::from(stale)
            data-testid="panel-card"
            data-tenant=tenant
            data-subdomain=read(|status| status.subdomain.clone())
            data-panel=read(|status| panel_name(status.panel.status).to_owned())
            data-billing=read(|status| billing_name(status.billing.state).to_owned())
        >
            <header>{name} {badge(face)}</header>
            <p class="address small" lang="en" translate="no">
                {read(|status| host(&status.url))}
            </p>
            {upper}
            {lower}
            <Actions panel=panel shown=shown />
        </article>
    }
}

/// The address as people say it.
fn host(url: &str) -> String {
    url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned()
}

fn name(panel: &Panel, linked: bool) -> AnyView {
    let status = panel.status.clone();
    let text = Signal::derive(move || status.with(|status| status.name.clone()));
    let href = format!("/panels/{}", panel.id);
    if linked { view! { <h2><a href=href>{text}</a></h2> }.into_any() } else { view! { <h2>{text}</h2> }.into_any() }
}

/// "142 of 360 hours used", the first number large.
fn figures(panel: &Panel) -> Part {
    let status = panel.status.clone();
    part(move || {
        let lang = lang();
        let drawn = |status: &TenantStatus| !matches!(Face::of(status), Face::Pending | Face::Creating | Face::Failed);
        let figure = status.with(|status| figure(lang, status).filter(|_| drawn(status)));
        let Some((used, allowance)) = figure else { return ().into_any() };
        let whole = lang.hours_used(&used, &allowance);
        // In both languages the sentence begins with what was used; that figure grows.
        let (before, after) =
            whole.split_once(used.as_str()).map(|(b, a)| (b.to_owned(), a.to_owned())).unwrap_or_default();
        view! { <p class="figure">{before}<strong>{used}</strong>{after}</p> }.into_any()
    })
}

fn words(panel: &Panel) -> impl IntoView + use<> {
    let (state, forecast) = (panel.status.clone(), panel.status.clone());
    let state = say(move |lang| state.with(|status| state_text(lang, status)));
    let forecast = say(move |lang| forecast.with(|status| sentence(lang, status).unwrap_or_default()));
    view! {
        <p class="state" data-testid="state-text">{state}</p>
        <p class="forecast">{forecast}</p>
    }
}

fn limits(panel: &Panel) -> impl IntoView + use<> {
    let status = panel.status.clone();
    let row = move |term: fn(Lang) -> &'static str, fact: fn(Lang, &TenantStatus) -> String| {
        let status = status.clone();
        let fact = say(move |lang| status.with(|status| fact(lang, status)));
        view! { <div><dt>{t(term)}</dt><dd>{fact}</dd></div> }
    };
    view! {
        <dl class="limits">
            {row(Lang::plan_label, |_, status| status.plan.name.clone())}
            {row(Lang::users_label, |lang, status| users(lang, status.limits.users))}
            {row(Lang::storage_label, |lang, status| storage(lang, status.limits.storage_bytes))}
        </dl>
    }
}

/// Up to when usage is counted; on old figures also how old they are.
fn counted(panel: &Panel, stale: Memo<bool>) -> Part {
    let clock = panels().now_ms;
    let (status, seen) = (panel.status.clone(), panel.seen_ms.clone());
    part(move || {
        let status = status.clone();
        let counted = move |lang| status.with(|status| status.as_of).map(|at| time_of_day(lang, at));
        if stale.get() {
            let seen = seen.clone();
            let aged = say(move |lang| {
                let old = age(lang, seconds_since(seen.get(), clock.get()));
                counted(lang).map_or_else(|| old.clone(), |time| lang.as_of_age(&time, &old))
            });
            view! { <p class="small age" data-testid="age">{aged}</p> }.into_any()
        } else {
            let told = say(move |lang| counted(lang).map(|time| lang.counted_to(&time)).unwrap_or_default());
            view! { <p class="small counted">{told}</p> }.into_any()
        }
    })
}
