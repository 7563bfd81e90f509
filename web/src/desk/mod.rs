//! The operator's desk: its frame, and the page of every address below `/operator`.

use crate::address::Desk;
use crate::browser;
use crate::client::{self, client};
use crate::component::ask;
use crate::component::clock_bar::clock_bar;
use crate::component::erased::{part, t, when};
use crate::component::guard::guarded;
use crate::component::heading::Visited;
use crate::component::shape::para;
use crate::component::trouble::Wording;
use crate::i18n::Lang;
use crate::live::Live;
use crate::page::not_found;
use crate::prefs::{Prefs, prefs};
use crate::present::desk::trouble;
use crate::session::session;
use crate::store::house::{House, house};
use crate::store::inbox::{Inbox, inbox};
use crate::store::panels::{Panels, panels};
use crate::store::voice::{Voice, voice};
use crate::way::{Way, way};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

mod attention;
mod header;
mod import;
mod inbox_rows;
mod manual;
mod panel;
mod payment;
mod payments;
mod reconciliation;
mod reconciliations;
mod record;
mod refunds;
mod servers;

/// How often what could not be loaded is tried again, and the demonstration's clock is read.
const AGAIN_EVERY: Duration = Duration::from_secs(15);

/// Mounts the desk in place of the shell that its page shows while this program loads.
pub fn start() {
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
    leptos::mount::mount_to_body(desk);
}

fn desk() -> impl IntoView {
    provide();
    let (house, client, panels, session, prefs) = (house(), client(), panels(), session(), prefs());
    spawn_local(house.refresh());
    spawn_local(client.resume());
    set_interval(move || panels.now_ms.set(browser::now_ms()), Duration::from_secs(1));
    set_interval(
        move || {
            if session.is_unreachable() {
                spawn_local(client.resume());
            }
            if !browser::is_hidden() && (house.is_demo() || panels.offline.get_untracked()) {
                spawn_local(async move {
                    if client.about().await.is_ok() {
                        panels.set_offline(false);
                    }
                    house.refresh().await;
                });
            }
        },
        AGAIN_EVERY,
    );
    window_event_listener(ev::offline, move |_| panels.set_offline(true));
    window_event_listener(ev::online, move |_| panels.set_offline(false));
    Effect::new(move |_| {
        if let Some(me) = session.me() {
            prefs.adopt(&me);
        }
    });
    frame()
}

fn provide() {
    Prefs::provide();
    Way::provide(|path| Desk::of(path).is_some());
    client::provide();
    let voice = Voice::new();
    provide_context(voice);
    provide_context(Visited::new());
    provide_context(Wording(trouble));
    provide_context(House::new(client()));
    provide_context(Inbox::new(client()));
    provide_context(Panels::new(client(), voice, prefs()));
    provide_context(Live::new(client(), session(), panels(), inbox()));
}

fn frame() -> impl IntoView {
    let (way, house, voice, session) = (way(), house(), voice(), session());
    let place = Memo::new(move |_| Desk::of(&way.path()).unwrap_or(Desk::Nowhere));
    let is_operator = Memo::new(move |_| session.is_operator());
    // Whoever is not of the operator learns nothing here, not even that there is something.
    let page =
        guarded(move || part(move || if is_operator.get() { page(place.get()) } else { not_found::page() }).into_any());
    view! {
        <a class="skip" href="#main">
            {t(Lang::skip_to_content)}
        </a>
        {header::header()}
        {when(move || house.is_demo() && is_operator.get(), clock_bar)}
        <main id="main" tabindex="-1">
            {page}
        </main>
        <footer class="foot small">
            <p>{t(Lang::zone_note)}</p>
            {when(move || house.is_demo(), || para("", t(Lang::demo_money)))}
        </footer>
        <p class="vh" role="status" data-testid="voice">
            {Signal::derive(move || voice.said())}
        </p>
    }
}

fn page(place: Desk) -> AnyView {
    match place {
        Desk::Attention => attention::page(),
        Desk::Payments => payments::page(),
        Desk::Payment(id) => payment::page(id),
        Desk::Panel(id) => panel::page(id),
        Desk::Refunds => refunds::page(),
        Desk::ManualPayments => manual::page(),
        Desk::Servers => servers::page(),
        Desk::Reconciliations => reconciliations::page(),
        Desk::Reconciliation(id) => reconciliation::page(id),
        Desk::Nowhere => not_found::page(),
    }
}
