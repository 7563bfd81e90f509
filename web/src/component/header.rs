//! The bar on every page: whose house, where to, language, theme, the way out.

use crate::address::sign_in_to;
use crate::client::client;
use crate::component::erased::{part, say, t, when};
use crate::component::shape::{as_value, either, holder, link, marked, to, words};
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

/// A page, in words.
type Entry = (&'static str, fn(Lang) -> &'static str, &'static str);

const PANELS: Entry = ("/", Lang::nav_panels, "nav-panels");
const USAGE: Entry = ("/usage", Lang::nav_usage, "nav-usage");
const INVOICES: Entry = ("/invoices", Lang::nav_invoices, "nav-invoices");
const OPERATOR: Entry = ("/operator", Lang::operator_title, "nav-operator");
/// On a phone: what the header of a wide window has besides.
const MORE: Entry = ("/more", Lang::nav_more, "nav-more");

const BELL: &str = r#"<svg class="icon" viewBox="0 0 16 16"><path d="M8 1a1 1 0 0 1 1 1v.6A4.5 4.5 0 0 1 12.5 7v3L14 12v1H2v-1l1.5-2V7A4.5 4.5 0 0 1 7 2.6V2a1 1 0 0 1 1-1zM6 14h4a2 2 0 0 1-4 0z"/></svg>"#;

/// The header. On a phone its navigation is a bar of four at the lower edge.
pub(crate) fn header() -> impl IntoView {
    let (session, house, panels) = (session(), house(), panels());
    // Without a network there may be nobody, and yet figures to walk among.
    let someone = move || session.me().is_some() || panels.has_any();
    view! {
        <header class="top">
            <a href="/" class="brand">
                {Signal::derive(move || house.name())}
            </a>
            {when(someone, navigation)}
            <div class="switches">
                {when(someone, bell)}
                {language_switch()}
                {theme_switch()}
                {when(someone, || link("button quiet wide-only", "nav-account", to("/account"), t(Lang::nav_account), None))}
                {when(someone, || holder("span", "wide-only", vec![sign_out()]))}
            </div>
        </header>
        {interruptions()}
    }
}

fn navigation() -> AnyView {
    let session = session();
    let entries = part(move || {
        let second = if session.is_operator() { OPERATOR } else { USAGE };
        [PANELS, second, INVOICES, MORE].map(entry).into_iter().collect::<Vec<_>>().into_any()
    });
    marked("nav", "", vec![("aria-label", as_value(t(Lang::nav_label)))], vec![entries.into_any()])
}

fn entry((path, name, testid): Entry) -> AnyView {
    let way = way();
    // A panel's page, and the way to a new one, belong to the panels.
    let here = Signal::derive(move || {
        let at = way.path();
        let below = if path == PANELS.0 { at.starts_with("/panels/") || at == "/new" } else { at.starts_with(path) };
        (at == path).then_some("page").or(below.then_some("true")).map(str::to_owned)
    });
    let class = if path == MORE.0 { "phone-only" } else { "" };
    let said = vec![("href", to(path)), ("aria-current", here), ("data-testid", to(testid))];
    marked("a", class, said, vec![words("span", "", t(name))])
}

/// Notices, and how many the reader has not read.
fn bell() -> AnyView {
    let (inbox, way) = (inbox(), way());
    let unread = move || i64::from(inbox.unread());
    let spoken = say(move |lang| match unread() {
        0 => lang.nav_notices().to_owned(),
        count => lang.nav_notices_unread(&whole(lang, count)),
    });
    let here = Signal::derive(move || (way.path() == "/notices").then(|| "page".to_owned()));
    let count = say(move |lang| whole(lang, unread()));
    let said = vec![
        ("href", to("/notices")),
        ("aria-label", as_value(spoken)),
        ("title", as_value(spoken)),
        ("aria-current", here),
        ("data-testid", to("nav-notices")),
    ];
    let icon = marked("span", "", vec![("html", to(BELL)), ("aria-hidden", to("true"))], vec![]);
    let count = when(move || unread() > 0, move || words("span", "count", count));
    marked("a", "button quiet icon-button", said, vec![icon, count.into_any()])
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
    let (client, offline) = (client(), panels().offline);
    // Without a network the sign-in would outlive it, in a cookie that no page can take away.
    view! {
        <button
            type="button"
            class="button quiet sign-out"
            data-testid="sign-out"
            title=either(move || offline.get(), Lang::offline_reason, Lang::sign_out)
            disabled=offline
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
    let (session, live, panels, way) = (session(), live(), panels(), way());
    let offline = panels.offline;
    let here = Signal::derive(move || Some(sign_in_to(&way.address())));
    let ended = move || {
        let again = link("button primary", "sign-in-again", here, t(Lang::sign_in_again), None);
        banner("banner", "session-ended", "alert", vec![words("span", "", t(Lang::session_ended)), again])
    };
    let no_network = || banner("banner", "offline", "status", vec![words("span", "", t(Lang::offline_banner))]);
    let silent = || {
        let said = vec![words("span", "badge grey", t(Lang::not_live)), words("span", "", t(Lang::not_live_hint))];
        banner("banner quiet", "not-live", "status", said)
    };
    view! {
        {when(move || matches!(session.standing(), Standing::Ended(_)), ended)}
        {when(move || offline.get() && (session.me().is_some() || panels.has_any()), no_network)}
        {when(move || live.is_silent() && !offline.get(), silent)}
    }
}

fn banner(class: &'static str, testid: &'static str, role: &'static str, inner: Vec<AnyView>) -> AnyView {
    marked("p", class, vec![("role", to(role)), ("data-testid", to(testid))], inner)
}
