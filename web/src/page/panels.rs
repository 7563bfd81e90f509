//! All panels of the account; for an operator, of all accounts.

use crate::address::mail_to;
use crate::component::card::card;
use crate::component::erased::{Part, part, say, t, when};
use crate::component::heading::heading;
use crate::component::loading::loading;
use crate::component::meter::notch_sample;
use crate::component::shape::{Button, holder, link, para, titled, to};
use crate::component::trouble::load_failed;
use crate::format::whole;
use crate::i18n::Lang;
use crate::prefs::lang;
use crate::present::buttons::on_card;
use crate::present::forecast::strip;
use crate::present::meter::Meter;
use crate::present::order::{matches, needs_attention};
use crate::present::plans::may_order;
use crate::session::session;
use crate::store::house::house;
use crate::store::panels::{Panel, Panels, Phase, panels};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Cards that are drawn before somebody asks for more.
const DRAWN: usize = 60;
/// From this many on a search field helps.
const SEARCH_FROM: usize = 9;

/// The page.
pub(crate) fn page() -> AnyView {
    let panels = panels();
    let load = Callback::new(move |()| spawn_local(panels.load()));
    load.run(());
    let shown = part(move || match panels.phase() {
        Phase::Loading => loading(3, load),
        Phase::Failed(failure) => load_failed(failure, load),
        Phase::Ready => ready(panels).into_any(),
    });
    let session = session();
    let may = move || session.me().is_some_and(|me| may_order(me.role));
    let new = when(may, || link("button", "new-panel", to("/new"), t(Lang::new_panel), None));
    let head = holder("div", "row-head", vec![heading(t(Lang::panels_title), false), new.into_any()]);
    vec![head, shown.into_any()].into_any()
}

fn ready(panels: Panels) -> impl IntoView {
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
    let cards = part(move || {
        let drawn = found().into_iter().take(drawn.get());
        drawn.map(|panel| holder("li", "", vec![card(panel, on_card, true)])).collect::<Vec<_>>().into_any()
    });
    let hidden = move || found().len().saturating_sub(drawn.get());
    let more = say(move |lang| lang.show_more(&whole(lang, i64::try_from(hidden().min(DRAWN)).unwrap_or_default())));
    let show_more = move || Button::new(more, move || drawn.update(|drawn| *drawn += DRAWN)).testid("show-more").draw();
    view! {
        <div class="strip">
            <p class="lead" data-testid="strip">{say(move |lang| strip(lang, count(), urgent()))}</p>
            {when(any_meter, || view! { <p class="legend small">{notch_sample()} <span>{t(Lang::legend_notch)}</span></p> }.into_any())}
        </div>
        {when(move || count() == 0, || empty().into_any())}
        {when(move || count() >= SEARCH_FROM, move || search(typed, drawn).into_any())}
        <ul class="cards">
            {cards}
        </ul>
        {when(
            move || count() > 0 && found().is_empty(),
            || para("box", t(Lang::find_none)),
        )}
        {when(move || hidden() > 0, show_more)}
    }
}

fn search(typed: RwSignal<String>, drawn: RwSignal<usize>) -> impl IntoView {
    view! {
        <div class="field search">
            <label for="find">{t(Lang::find_panel)}</label>
            <input
                id="find"
                type="search"
                autocomplete="off"
                data-testid="find"
                prop:value=typed
                on:input:target=move |event| {
                    drawn.set(DRAWN);
                    typed.set(event.target().value());
                }
            />
        </div>
    }
}

fn empty() -> Part {
    let (session, house) = (session(), house());
    part(move || {
        if session.is_operator() {
            return para("box", t(Lang::empty_operator));
        }
        let mut inner = vec![para("", t(Lang::empty_text))];
        if let Some(address) = house.support_email() {
            let href = to(mail_to(&address, lang().empty_title()));
            inner.push(link("button", "contact", href, t(Lang::action_contact_support), None));
        }
        titled(Lang::empty_title, inner.into_any())
    })
}
