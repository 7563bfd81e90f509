//! All panels of the account, the most urgent first; for an operator, of all accounts.

use crate::address::mail_to;
use crate::component::erased::{Part, part, say, t, when};
use crate::component::heading::heading;
use crate::component::loading::loading;
use crate::component::meter::notch_sample;
use crate::component::shape::{Button, holder, link, marked, para, titled, to, words};
use crate::component::trouble::load_failed;
use crate::format::counted;
use crate::i18n::Lang;
use crate::prefs::{lang, prefs};
use crate::present::face::Face;
use crate::present::forecast::strip;
use crate::present::totals::Totals;
use crate::present::urgency::matches;
use crate::session::session;
use crate::store::house::house;
use crate::store::panels::{Panel, Panels, Phase, panels};
use crate::store::voice::voice;
use leptos::prelude::*;
use leptos::task::spawn_local;

mod find;
mod sums;
mod window;

/// From this many on it helps to search, and to choose a state.
const FIND_FROM: usize = 10;

/// Which panels are shown.
#[derive(Clone, Copy)]
struct Wanted {
    /// What stands in the field.
    typed: RwSignal<String>,
    /// Whose name or address has this in it: what was typed, as soon as the fingers rest.
    sought: RwSignal<String>,
    /// In this state.
    face: RwSignal<Option<Face>>,
}

impl Wanted {
    /// Typing and choosing filters; a status that changes meanwhile must not make a card vanish.
    fn has(self, panel: &Panel) -> bool {
        let status = panel.status.get_untracked();
        let is_face = self.face.with(|face| face.is_none_or(|face| face == Face::of(&status)));
        is_face && self.sought.with(|sought| matches(&status, sought))
    }

    /// Whether the list is still what was sought before.
    fn lags(self) -> bool {
        self.sought.with(|sought| self.typed.with(|typed| typed != sought))
    }

    /// Takes what was typed. The page may be gone by then.
    fn seek(self) {
        if let Some(typed) = self.typed.try_get_untracked()
            && untrack(|| self.lags())
        {
            self.sought.set(typed);
        }
    }

    /// The same for nothing in particular.
    fn clear(self) {
        let _ = (self.typed.try_set(String::new()), self.sought.try_set(String::new()), self.face.try_set(None));
    }
}

/// The page.
pub(crate) fn page() -> AnyView {
    let (panels, session) = (panels(), session());
    let load = Callback::new(move |()| spawn_local(panels.load()));
    load.run(());
    let shown = part(move || match panels.phase() {
        Phase::Loading => waiting(load),
        Phase::Failed(failure) => load_failed(failure, load),
        Phase::Ready => ready(panels),
    });
    let may_add = move || panels.has_any() && session.may_order();
    let add = when(may_add, || link("button", "add-panel", to("/new"), t(Lang::add_panel), None));
    let head = vec![heading(t(Lang::panels_title), false), add.into_any()];
    vec![holder("div", "head", head), shown.into_any()].into_any()
}

/// What the shell showed while the program was loading, in the same words.
fn waiting(load: Callback<()>) -> AnyView {
    vec![para("lead first", t(Lang::panels_lead)), para("sums-strip", Signal::stored(String::new())), loading(3, load)]
        .into_any()
}

fn ready(panels: Panels) -> AnyView {
    let wanted =
        Wanted { typed: RwSignal::new(String::new()), sought: RwSignal::new(String::new()), face: RwSignal::new(None) };
    let totals = Memo::new(move |_| {
        let mut totals = Totals::default();
        panels.list().iter().for_each(|panel| totals.add(&panel.status.get()));
        totals
    });
    let count = move || totals.with(|totals| totals.count);
    let list = part(move || {
        let found: Vec<Panel> = panels.list().into_iter().filter(|panel| wanted.has(panel)).collect();
        if found.is_empty() && panels.has_any() {
            let all = Button::new(t(Lang::find_clear), move || wanted.clear()).testid("find-clear").draw();
            return holder("div", "box", vec![para("", t(Lang::find_none)), all]);
        }
        window::window(&found)
    });
    let busy = Signal::derive(move || wanted.lags().then(|| "true".to_owned()));
    say_what_is_found(panels, wanted);
    let lead = say(move |lang| totals.with(|totals| strip(lang, totals.count, totals.urgent)));
    let lead = marked("p", "lead", vec![("data-testid", to("strip"))], vec![words("span", "", lead)]);
    let legend = || holder("p", "legend small", vec![notch_sample(), words("span", "", t(Lang::legend_notch))]);
    let legend = when(move || totals.with(|totals| totals.has_meter), legend);
    vec![
        holder("div", "strip", vec![lead, legend.into_any()]),
        when(move || count() > 0, move || sums::sums(totals)).into_any(),
        when(move || count() == 0, || empty().into_any()).into_any(),
        when(move || count() >= FIND_FROM, move || find::find(wanted, totals)).into_any(),
        marked("div", "", vec![("aria-busy", busy)], vec![list.into_any()]),
    ]
    .into_any()
}

/// Tells those who hear the page what their typing or choosing came to.
fn say_what_is_found(panels: Panels, wanted: Wanted) {
    let (voice, prefs) = (voice(), prefs());
    Effect::new(move |before: Option<()>| {
        wanted.sought.track();
        wanted.face.track();
        if before.is_some() {
            let found = untrack(|| panels.list().iter().filter(|panel| wanted.has(panel)).count());
            let found = i64::try_from(found).unwrap_or(i64::MAX);
            voice.answer(counted(prefs.lang_now(), found, Lang::found_one, Lang::found_many));
        }
    });
}

fn empty() -> Part {
    let (session, house) = (session(), house());
    part(move || {
        if session.is_operator() {
            return para("box", t(Lang::empty_operator));
        }
        if session.may_order() {
            let add = link("button primary", "add-first", to("/new"), t(Lang::add_panel), None);
            return titled(Lang::empty_first, vec![para("", t(Lang::empty_first_text)), add].into_any());
        }
        let mut inner = vec![para("", t(Lang::empty_text))];
        if let Some(address) = house.support_email() {
            let href = to(mail_to(&address, lang().empty_title()));
            inner.push(link("button", "contact", href, t(Lang::action_contact_support), None));
        }
        titled(Lang::empty_title, inner.into_any())
    })
}
