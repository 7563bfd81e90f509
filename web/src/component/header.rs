//! The bar on every page: whose house, where to, language, theme, the way out.

use crate::address::sign_in_to;
use crate::client::client;
use crate::component::erased::{say, t, when};
use crate::component::shape::{link, words};
use crate::format::whole;
use crate::i18n::Lang;
use crate::live::live;
use crate::prefs::prefs;
use crate::session::{Standing, session};
use crate::store::house::house;
use crate::store::inbox::inbox;
use crate::store::panels::panels;
use crate::way::way;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The header. On a phone its navigation is a bar at the lower edge.
pub(crate) fn header() -> impl IntoView {
    let (session, house) = (session(), house());
    let someone = move || session.me().is_some();
    view! {
        <header class="top">
            <a href="/" class="brand">
                {Signal::derive(move || house.name())}
            </a>
            {when(someone, navigation)}
            <div class="switches">
                {language_switch()}
                {theme_switch()}
                {when(someone, sign_out)}
            </div>
        </header>
        {interruptions()}
    }
}

fn navigation() -> AnyView {
    let (inbox, way, session) = (inbox(), way(), session());
    let unread = move || i64::try_from(inbox.unread()).unwrap_or(i64::MAX);
    let spoken = say(move |lang| match unread() {
        0 => lang.nav_notices().to_owned(),
        count => lang.nav_notices_unread(&whole(lang, count)),
    });
    let here = move |of: &'static str| Signal::derive(move || (way.path() == of).then_some("page"));
    let below = Signal::derive(move || way.path().starts_with("/account").then_some("page"));
    let count = say(move |lang| whole(lang, unread()));
    view! {
        <nav aria-label=t(Lang::nav_label)>
            <a href="/" aria-current=here("/")>
                {t(Lang::nav_panels)}
            </a>
            <a href="/invoices" aria-current=here("/invoices") data-testid="nav-invoices">
                {t(Lang::nav_invoices)}
            </a>
            <a href="/notices" aria-current=here("/notices") data-testid="nav-notices">
                <span class="vh">{spoken}</span>
                <span aria-hidden="true">{t(Lang::nav_notices)}</span>
                {when(
                    move || { unread() > 0 },
                    move || view! { <span class="count" aria-hidden="true">{count}</span> }.into_any(),
                )}
            </a>
            <a href="/account" aria-current=below data-testid="nav-account">
                {t(Lang::nav_account)}
            </a>
            {when(
                move || session.is_operator(),
                || view! { <a href="/operator" data-testid="nav-operator">{t(Lang::operator_title)}</a> }.into_any(),
            )}
        </nav>
    }
    .into_any()
}

/// Switches to the other language.
pub(crate) fn language_switch() -> impl IntoView {
    let prefs = prefs();
    view! {
        <button
            type="button"
            class="button quiet label-face"
            data-testid="language"
            lang=t(|lang| lang.other().tag())
            on:click=move |_| prefs.switch_lang()
        >
            {t(|lang| lang.other().endonym())}
        </button>
    }
}

/// Switches to the other theme.
pub(crate) fn theme_switch() -> impl IntoView {
    let prefs = prefs();
    let offered = say(move |lang| if prefs.is_dark() { lang.theme_light() } else { lang.theme_dark() }.to_owned());
    view! {
        <button
            type="button"
            class="button quiet icon-button"
            data-testid="theme"
            aria-label=offered
            title=offered
            on:click=move |_| prefs.switch_theme()
        >
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                <path fill-rule="evenodd" d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.8v10.4A5.2 5.2 0 0 1 8 2.8z"></path>
            </svg>
        </button>
    }
}

/// The way out.
pub(crate) fn sign_out() -> AnyView {
    let client = client();
    view! {
        <button
            type="button"
            class="button quiet sign-out"
            data-testid="sign-out"
            title=t(Lang::sign_out)
            on:click=move |_| spawn_local(client.sign_out())
        >
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                <path d="M2 2h7v2H4v8h5v2H2zM10.5 4.5 14 8l-3.5 3.5-1.2-1.2L10.8 9H6V7h4.8L9.3 5.7z"></path>
            </svg>
            <span>{t(Lang::sign_out)}</span>
        </button>
    }
    .into_any()
}

/// What stands between the visitor and fresh figures: an ended sign-in, no network, a silent connection.
pub(crate) fn interruptions() -> impl IntoView {
    let (session, live, offline) = (session(), live(), panels().offline);
    let way = way();
    let here = Signal::derive(move || Some(sign_in_to(&way.address())));
    let ended = move || {
        let again = link("button primary", "sign-in-again", here, t(Lang::sign_in_again), None);
        banner("banner", "session-ended", Some("alert"), vec![words("span", "", t(Lang::session_ended)), again])
    };
    let no_network = || banner("banner", "offline", None, vec![words("span", "", t(Lang::offline_banner))]);
    let silent = || {
        let said = vec![words("span", "badge grey", t(Lang::not_live)), words("span", "", t(Lang::not_live_hint))];
        banner("banner quiet", "not-live", None, said)
    };
    view! {
        {when(move || matches!(session.standing(), Standing::Ended(_)), ended)}
        {when(move || offline.get() && session.me().is_some(), no_network)}
        {when(move || live.is_silent() && !offline.get(), silent)}
    }
}

fn banner(class: &'static str, testid: &'static str, role: Option<&'static str>, inner: Vec<AnyView>) -> AnyView {
    view! {
        <p class=class role=role data-testid=testid>
            {inner}
        </p>
    }
    .into_any()
}
