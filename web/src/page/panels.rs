//! All panels of the account; for an operator, of all accounts.

use crate::component::card::Card;
use crate::component::heading::Heading;
use crate::component::loading::Loading;
use crate::component::meter::NotchSample;
use crate::component::trouble::LoadFailed;
use crate::prefs::lang;
use crate::session::session;
use crate::store::house::house;
use crate::store::panels::{Panel, Panels, Phase, panels};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web::address::mail_to;
use web::format::whole;
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
    view! {
        <Heading text=Signal::derive(move || lang().panels_title().to_owned()) />
        {move || match phase.get() {
            Phase::Loading => view! { <Loading retry=load /> }.into_any(),
            Phase::Failed(failure) => view! { <LoadFailed failure=failure retry=load /> }.into_any(),
            Phase::Ready => view! { <Ready panels=panels /> }.into_any(),
        }}
    }
}

#[component]
fn Ready(panels: Panels) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let drawn = RwSignal::new(DRAWN);
    let count = Memo::new(move |_| panels.list().len());
    let urgent = Memo::new(move |_| panels.list().iter().filter(|panel| panel.status.with(needs_attention)).count());
    let any_meter = Memo::new(move |_| panels.list().iter().any(|panel| panel.status.with(|s| Meter::of(s).is_some())));
    let found = move || {
        let typed = typed.get();
        // Typing filters; a status that changes meanwhile must not make a card vanish.
        panels
            .list()
            .into_iter()
            .filter(|panel| panel.status.with_untracked(|s| matches(s, &typed)))
            .collect::<Vec<_>>()
    };
    let found = Memo::new_with_compare(
        move |_| found(),
        |old: Option<&Vec<Panel>>, new| {
            let ids = |list: &Vec<Panel>| list.iter().map(|panel| panel.id).collect::<Vec<_>>();
            old.map(ids) != new.map(ids)
        },
    );
    let hidden = move || found.with(Vec::len).saturating_sub(drawn.get());
    view! {
        <div class="strip">
            <p class="lead" data-testid="strip">{move || strip(lang(), count.get(), urgent.get())}</p>
            <Show when=move || any_meter.get()>
                <p class="legend small"><NotchSample /> <span>{move || lang().legend_notch()}</span></p>
            </Show>
        </div>
        <Show when=move || count.get() == 0>
            <Empty />
        </Show>
        <Show when=move || { count.get() >= SEARCH_FROM }>
            <div class="field search">
                <label for="find">{move || lang().find_panel()}</label>
                <input
                    id="find"
                    type="search"
                    autocomplete="off"
                    data-testid="find"
                    prop:value=move || typed.get()
                    on:input:target=move |event| typed.set(event.target().value())
                />
            </div>
        </Show>
        <ul class="cards">
            <For
                each=move || found.get().into_iter().take(drawn.get())
                key=|panel| panel.id
                children=|panel| view! { <li><Card panel=panel shown=on_card /></li> }
            />
        </ul>
        <Show when=move || { count.get() > 0 && found.with(Vec::is_empty) }>
            <p class="box">{move || lang().find_none()}</p>
        </Show>
        <Show when=move || { hidden() > 0 }>
            <p>
                <button type="button" class="button" on:click=move |_| drawn.update(|drawn| *drawn += DRAWN)>
                    {move || lang().show_more(&whole(lang(), i64::try_from(hidden().min(DRAWN)).unwrap_or_default()))}
                </button>
            </p>
        </Show>
    }
}

#[component]
fn Empty() -> impl IntoView {
    let (session, house) = (session(), house());
    move || {
        if session.is_operator() {
            return view! { <p class="box">{lang().empty_operator()}</p> }.into_any();
        }
        let write = house.support_email().map(|address| {
            let href = mail_to(&address, lang().empty_title());
            view! { <p><a class="button" href=href rel="external">{lang().action_contact_support()}</a></p> }
        });
        view! {
            <section class="box">
                <h2>{lang().empty_title()}</h2>
                <p>{lang().empty_text()}</p>
                {write}
            </section>
        }
        .into_any()
    }
}
