//! All panels of the account; for an operator, of all accounts.

use crate::component::card::Card;
use crate::component::erased::{part, say, t, when};
use crate::component::heading::Heading;
use crate::component::loading::Loading;
use crate::component::meter::notch_sample;
use crate::component::trouble::LoadFailed;
use crate::prefs::lang;
use crate::session::session;
use crate::store::house::house;
use crate::store::panels::{Panel, Panels, Phase, panels};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web::address::mail_to;
use web::format::whole;
use web::i18n::Lang;
use web::present::buttons::on_card;
use web::present::forecast::strip;
use web::present::meter::Meter;
use web::present::order::{matches, needs_attention};

/// Cards that are drawn before somebody asks for more.
const DRAWN: usize = 60;
/// From this many on a search field helps.
const SEARCH_FROM: usize = 9;

/// The page.
pub(crate) fn page() -> AnyView {
    view! { <PanelsPage /> }.into_any()
}

#[component]
fn PanelsPage() -> impl IntoView {
    let panels = panels();
    let load = move |()| spawn_local(panels.load());
    load(());
    let phase = Memo::new(move |_| panels.phase());
    let shown = part(move || match phase.get() {
        Phase::Loading => view! { <Loading retry=load /> }.into_any(),
        Phase::Failed(failure) => view! { <LoadFailed failure=failure retry=load /> }.into_any(),
        Phase::Ready => view! { <Ready panels=panels /> }.into_any(),
    });
    view! {
        <Heading text=say(|lang| lang.panels_title().to_owned()) />
        {shown}
    }
}

#[component]
fn Ready(panels: Panels) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let drawn = RwSignal::new(DRAWN);
    let count = move || panels.list().len();
    let urgent = move || panels.list().iter().filter(|panel| needs_attention(&panel.status.get())).count();
    let any_meter = move || panels.list().iter().any(|panel| Meter::of(&panel.status.get()).is_some());
    let found = move || {
        let typed = typed.get();
        // Typing filters; a status that changes meanwhile must not make a card vanish.
        let found = |panel: &Panel| matches(&panel.status.get_untracked(), &typed);
        panels.list().into_iter().filter(found).collect::<Vec<_>>()
    };
    let hidden = move || found().len().saturating_sub(drawn.get());
    let more = say(move |lang| lang.show_more(&whole(lang, i64::try_from(hidden().min(DRAWN)).unwrap_or_default())));
    let show_more = move || {
        view! {
            <p>
                <button type="button" class="button" on:click=move |_| drawn.update(|drawn| *drawn += DRAWN)>
                    {more}
                </button>
            </p>
        }
        .into_any()
    };
    view! {
        <div class="strip">
            <p class="lead" data-testid="strip">{say(move |lang| strip(lang, count(), urgent()))}</p>
            {when(any_meter, || view! { <p class="legend small">{notch_sample()} <span>{t(Lang::legend_notch)}</span></p> }.into_any())}
        </div>
        {when(move || count() == 0, || view! { <Empty /> }.into_any())}
        {when(move || count() >= SEARCH_FROM, move || search(typed).into_any())}
        <ul class="cards">
            <For
                each=move || found().into_iter().take(drawn.get())
                key=|panel| panel.id
                children=|panel| view! { <li><Card panel=panel shown=on_card /></li> }
            />
        </ul>
        {when(
            move || count() > 0 && found().is_empty(),
            || view! { <p class="box">{t(Lang::find_none)}</p> }.into_any(),
        )}
        {when(move || hidden() > 0, show_more)}
    }
}

fn search(typed: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="field search">
            <label for="find">{t(Lang::find_panel)}</label>
            <input
                id="find"
                type="search"
                autocomplete="off"
                data-testid="find"
                prop:value=typed
                on:input:target=move |event| typed.set(event.target().value())
            />
        </div>
    }
}

#[component]
fn Empty() -> impl IntoView {
    let (session, house) = (session(), house());
    part(move || {
        if session.is_operator() {
            return view! { <p class="box">{t(Lang::empty_operator)}</p> }.into_any();
        }
        let write = house.support_email().map(|address| {
            let href = mail_to(&address, lang().empty_title());
            view! { <p><a class="button" href=href>{t(Lang::action_contact_support)}</a></p> }
        });
        view! {
            <section class="box">
                <h2>{t(Lang::empty_title)}</h2>
                <p>{t(Lang::empty_text)}</p>
                {write}
            </section>
        }
        .into_any()
    })
}
