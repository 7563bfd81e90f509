//! The bar on every page: whose house, where to, language, theme, the way out.

use crate::client::client;
use crate::live::live;
use crate::prefs::{lang, prefs};
use crate::session::{Standing, session};
use crate::store::house::house;
use crate::store::inbox::inbox;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use leptos_router::hooks::use_location;
use web::address::sign_in_to;
use web::format::whole;

/// The header. On a phone its navigation is a bar at the lower edge.
#[component]
pub(crate) fn Header() -> impl IntoView {
    let (session, house) = (session(), house());
    let someone = Memo::new(move |_| session.me().is_some());
    view! {
        <header class="top">
            <A href="/" attr:class="brand">
                {move || house.name()}
            </A>
            <Show when=move || someone.get()>
                <Navigation />
            </Show>
            <div class="switches">
                <LanguageSwitch />
                <ThemeSwitch />
                <Show when=move || someone.get()>
                    <SignOut />
                </Show>
            </div>
        </header>
        <Interruptions />
    }
}

#[component]
fn Navigation() -> impl IntoView {
    let inbox = inbox();
    let unread = move || i64::try_from(inbox.unread()).unwrap_or(i64::MAX);
    let spoken = move || match unread() {
        0 => lang().nav_notices().to_owned(),
        count => lang().nav_notices_unread(&whole(lang(), count)),
    };
    view! {
        <nav aria-label=move || lang().nav_label()>
            <A href="/" exact=true>
                {move || lang().nav_panels()}
            </A>
            <A href="/notices" attr:data-testid="nav-notices">
                <span class="vh">{spoken}</span>
                <span aria-hidden="true">{move || lang().nav_notices()}</span>
                {move || (unread() > 0).then(|| view! { <span class="count" aria-hidden="true">{whole(lang(), unread())}</span> })}
            </A>
        </nav>
    }
}

#[component]
fn LanguageSwitch() -> impl IntoView {
    let prefs = prefs();
    let offered = move || prefs.lang().other();
    view! {
        <button
            type="button"
            class="button quiet label-face"
            data-testid="language"
            lang=move || offered().tag()
            on:click=move |_| prefs.switch_lang()
        >
            {move || offered().endonym()}
        </button>
    }
}

#[component]
fn ThemeSwitch() -> impl IntoView {
    let prefs = prefs();
    view! {
        <button
            type="button"
            class="button quiet icon-button"
            data-testid="theme"
            aria-label=move || if prefs.is_dark() { lang().theme_light() } else { lang().theme_dark() }
            title=move || if prefs.is_dark() { lang().theme_light() } else { lang().theme_dark() }
            on:click=move |_| prefs.switch_theme()
        >
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                <path fill-rule="evenodd" d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.8v10.4A5.2 5.2 0 0 1 8 2.8z"></path>
            </svg>
        </button>
    }
}

#[component]
fn SignOut() -> impl IntoView {
    let client = client();
    view! {
        <button
            type="button"
            class="button quiet sign-out"
            data-testid="sign-out"
            title=move || lang().sign_out()
            on:click=move |_| spawn_local(client.sign_out())
        >
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                <path d="M2 2h7v2H4v8h5v2H2zM10.5 4.5 14 8l-3.5 3.5-1.2-1.2L10.8 9H6V7h4.8L9.3 5.7z"></path>
            </svg>
            <span>{move || lang().sign_out()}</span>
        </button>
    }
}

/// What stands between the visitor and fresh figures: an ended sign-in, no network, a silent connection.
#[component]
fn Interruptions() -> impl IntoView {
    let (session, live, offline) = (session(), live(), crate::store::panels::panels().offline);
    let location = use_location();
    let ended = Memo::new(move |_| matches!(session.standing(), Standing::Ended(_)));
    let here = move || sign_in_to(&format!("{}{}", location.pathname.get(), query(&location.search.get())));
    view! {
        <Show when=move || ended.get()>
            <p class="banner" role="alert">
                <span>{move || lang().session_ended()}</span>
                <A href=here.clone() attr:class="button primary" attr:data-testid="sign-in-again">
                    {move || lang().sign_in_again()}
                </A>
            </p>
        </Show>
        <Show when=move || offline.get() && session.me().is_some()>
            <p class="banner" data-testid="offline">
                {move || lang().offline_banner()}
            </p>
        </Show>
        <Show when=move || live.is_silent() && !offline.get()>
            <p class="banner quiet" data-testid="not-live">
                <span class="badge grey">{move || lang().not_live()}</span>
                {move || lang().not_live_hint()}
            </p>
        </Show>
    }
}

fn query(search: &str) -> String {
    match search.trim_start_matches('?') {
        "" => String::new(),
        query => format!("?{query}"),
    }
}
