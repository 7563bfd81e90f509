//! The root of the customer's four programs: stores, heartbeat, and the frame of every page. Which page stands in it, the
//! program says.

use crate::address::Place;
use crate::browser;
use crate::client::{self, client};
use crate::component::clock_bar::clock_bar;
use crate::component::erased::{part, say, t, when};
use crate::component::header::header;
use crate::component::heading::Visited;
use crate::component::meter::stripes;
use crate::component::shape::{link, para, to};
use crate::format::fixed;
use crate::i18n::Lang;
use crate::live::{Live, live};
use crate::prefs::{Prefs, prefs};
use crate::session::{Standing, session};
use crate::store::house::{House, house};
use crate::store::inbox::{Inbox, inbox};
use crate::store::panels::{Panels, panels};
use crate::store::voice::{Voice, voice};
use crate::way::{Way, way};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::ids::UserId;
use shared::pages::Program;
use std::time::Duration;

/// How often `/about` is asked again in a demonstration, whose clock others may move.
const ABOUT_EVERY: Duration = Duration::from_secs(30);

/// How long the sign-in page is held back for the first answer of `/about`.
const ABOUT_PATIENCE: Duration = Duration::from_secs(2);

/// How often what could not be loaded at all is tried again by itself.
const RECOVER_EVERY: Duration = Duration::from_secs(15);

mod account;
mod dashboard;
mod details;
mod figures;

pub use account::start as start_account;
pub use dashboard::start as start_dashboard;
pub use details::start as start_details;
pub use figures::start as start_figures;

/// The page of a place.
type Page = fn(Place) -> AnyView;

/// Mounts `program` beside the shell that its page shows while it loads; the first heading takes that away. A place that is not
/// its own is nowhere.
fn start(program: Program, page: Page) {
    leptos::mount::mount_to_body(move || app(program, page));
}

fn app(program: Program, page: Page) -> impl IntoView {
    provide(program);
    heartbeat();
    follow_session();
    let house = house();
    spawn_local(house.refresh());
    spawn_local(async move {
        browser::sleep(ABOUT_PATIENCE).await;
        house.settle();
    });
    spawn_local(client().resume());
    frame(page)
}

fn provide(program: Program) {
    Prefs::provide();
    prefs().recall_zone();
    Way::provide(match program {
        Program::Details => |path| Program::of(path) == Program::Details && Place::of(path) != Place::Nowhere,
        Program::Account => |path| Program::of(path) == Program::Account && Place::of(path) != Place::Nowhere,
        Program::Figures => |path| Program::of(path) == Program::Figures && Place::of(path) != Place::Nowhere,
        _ => |path| Program::of(path) == Program::Dashboard && Place::of(path) != Place::Nowhere,
    });
    client::provide();
    let voice = Voice::new();
    provide_context(voice);
    provide_context(Visited::new());
    provide_context(House::new(client()));
    provide_context(Inbox::new(client()));
    provide_context(Panels::new(client(), voice, prefs()));
    provide_context(Live::new(client(), session(), panels(), inbox()));
}

/// One second's beat for ages and polls; and the browser's own signs that it is time to look again.
fn heartbeat() {
    let (panels, live, house) = (panels(), live(), house());
    set_interval(
        move || {
            panels.tick();
            live.tick();
        },
        Duration::from_secs(1),
    );
    set_interval(
        move || {
            if house.is_demo() && !browser::is_hidden() {
                spawn_local(house.refresh());
            }
        },
        ABOUT_EVERY,
    );
    let (client, session, inbox) = (client(), session(), inbox());
    let recover = move || {
        if session.is_unreachable() {
            spawn_local(client.resume());
        }
        if panels.has_failed() {
            spawn_local(panels.load());
        }
        // A page without panels has nothing that would notice that the server is back.
        if panels.offline.get_untracked() && browser::is_online() {
            spawn_local(async move {
                if client.about().await.is_ok() {
                    panels.set_offline(false);
                }
            });
        }
    };
    set_interval(recover, RECOVER_EVERY);
    let look_again = move || {
        recover();
        panels.all_due();
        panels.tick();
        inbox.looked_at();
    };
    window_event_listener(ev::online, move |_| look_again());
    window_event_listener(ev::offline, move |_| panels.set_offline(true));
    window_event_listener(ev::Custom::<web_sys::Event>::new("visibilitychange"), move |_| look_again());
    // `visibilitychange` is fired at the document and bubbles to the window.
}

/// Connects when somebody signs in, and forgets what they saw when they leave.
fn follow_session() {
    let (session, prefs) = (session(), prefs());
    let (panels, inbox, live) = (panels(), inbox(), live());
    Effect::new(move |before: Option<Option<UserId>>| match session.standing() {
        Standing::In(me) => {
            // Another tab may have signed in somebody else: what the first one saw is none of their business.
            if before.flatten().is_some_and(|before| before != me.user_id) {
                panels.clear();
                inbox.clear();
                spawn_local(panels.load());
            }
            prefs.adopt(&me);
            live.start();
            spawn_local(inbox.refresh());
            Some(me.user_id)
        }
        Standing::Out => {
            live.stop();
            panels.clear();
            inbox.clear();
            prefs.follow_zone("");
            None
        }
        Standing::Ended(me) => {
            live.stop();
            Some(me.user_id)
        }
        // Without a network, what this device saw last is shown with its age.
        Standing::Unreachable => before.flatten().or_else(|| panels.recall()),
        Standing::Resuming => before.flatten(),
    });
}

fn frame(page: Page) -> impl IntoView {
    let (way, house, voice, session) = (way(), house(), voice(), session());
    let place = Memo::new(move |_| Place::of(&way.path()));
    let page = part(move || page(place.get()));
    view! {
        <a class="skip" href="#main">
            {t(Lang::skip_to_content)}
        </a>
        {stripes()}
        {header()}
        {when(move || house.is_demo() && session.is_operator(), clock_bar)}
        <main id="main" tabindex="-1">
            {page}
        </main>
        {foot()}
        <p class="vh" role="status" data-testid="voice">
            {Signal::derive(move || voice.said())}
        </p>
    }
}

fn foot() -> impl IntoView {
    let (house, prefs) = (house(), prefs());
    let zone = say(move |lang| match &*prefs.zone() {
        "" => fixed(lang.zone_note()),
        zone => lang.zone_note_of(zone),
    });
    let help = part(move || {
        let Some(address) = house.support_email() else { return ().into_any() };
        let href = format!("mailto:{address}");
        link("", "help", to(href), say(move |lang| lang.help_write(&address)), None)
    });
    view! {
        <footer class="foot small">
            {para("", zone)}
            {help}
            {when(move || house.is_demo(), || para("", t(Lang::demo_money)))}
        </footer>
    }
}
