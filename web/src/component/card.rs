//! A panel's card: name and badge, address, figure, meter, state and forecast, limits, buttons, age.

use crate::address::host;
use crate::browser::seconds_since;
use crate::component::actions::actions;
use crate::component::badge::badge;
use crate::component::erased::{Part, part, say, told};
use crate::component::fetched::written;
use crate::component::meter::ruled_meter;
use crate::component::shape::{holder, link, marked, para, to, words};
use crate::format::age;
use crate::present::card::{counted_until, figures, limits, state_text};
use crate::present::face::{Face, billing_name, panel_name};
use crate::present::forecast::sentence;
use crate::present::jobs::progress;
use crate::session::session;
use crate::store::house::house;
use crate::store::panels::{Panel, Shown, panels};
use leptos::prelude::*;
use shared::api::tenants::Action;

/// A card. In a list its name leads to the panel's page; on that page it is the `linked=false` one.
pub(crate) fn card(panel: Panel, shown: fn(Action) -> bool, linked: bool) -> AnyView {
    panel.watch();
    let (offline, house, session) = (panels().offline, house(), session());
    let trouble = panel.trouble.clone();
    let stale = Memo::new(move |_| offline.get() || trouble.with(Option::is_some));
    let status = panel.shown();
    let face = Signal::derive(move || Face::of(&status.get()));
    // Only a card in a list rests while it is off the screen: a panel's page is about that panel, wherever it is scrolled to.
    let (element, tenant) = (linked.then(|| panel.element_id()), panel.id.to_string());
    let href = linked.then(|| format!("/panels/{}", panel.id));
    let counted = counted(&panel, stale);
    view! {
        <article
            id=element
            class="card"
            class:stale=Signal::from(stale)
            data-testid="panel-card"
            data-tenant=tenant
            data-subdomain=told(status, |_, status| status.subdomain.clone())
            data-panel=told(status, |_, status| panel_name(status.panel.status).to_owned())
            data-billing=told(status, |_, status| billing_name(status.billing.state).to_owned())
        >
            <header>{name(status, href)} {badge(face)}</header>
            <p class="address small" lang="en" translate="no">
                {told(status, |_, status| host(&status.url).to_owned())}
            </p>
            {written("", move |lang| figures(lang, &status.get()))}
            {ruled_meter(status)}
            {written("job", move |lang| progress(lang, &status.get()))}
            <p class="state" data-testid="state-text">{told(status, state_text)}</p>
            {para("forecast", told(status, |lang, status| sentence(lang, status).unwrap_or_default()))}
            {written("", move |lang| {
                limits(lang, &status.get(), session.may_order(), house.support_email().as_deref())
            })}
            {counted}
            {actions(panel, shown)}
        </article>
    }
    .into_any()
}

fn name(status: Shown, href: Option<String>) -> AnyView {
    let text = told(status, |_, status| status.name.clone());
    match href {
        Some(href) => holder("h2", "", vec![link("", "name", to(href), text, None)]),
        None => words("h2", "", text),
    }
}

/// Up to when usage is counted; on old figures also how old they are.
fn counted(panel: &Panel, stale: Memo<bool>) -> Part {
    let clock = panels().now_ms;
    let (status, seen) = (panel.shown(), panel.seen_ms.clone());
    let (house, asked) = (house(), panel.seen_ms.clone());
    // Told by the moment of the last answer: that is also the moment at which it is drawn anew.
    let time = move |lang| counted_until(lang, &status.get(), house.billing_now(asked.get()));
    let fresh = time.clone();
    let aged = say(move |lang| {
        let old = age(lang, seconds_since(seen.get(), clock.get()));
        time(lang).map_or_else(|| old.clone(), |time| lang.as_of_age(&time, &old))
    });
    let told = say(move |lang| fresh(lang).map(|time| lang.counted_to(&time)).unwrap_or_default());
    part(move || {
        if stale.get() {
            marked("p", "small age", vec![("data-testid", to("age"))], vec![words("span", "", aged)])
        } else {
            para("small counted", told)
        }
    })
}
