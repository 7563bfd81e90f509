//! What belongs to a person and to their account: profile, people, security, what they want to be told.

use crate::address::Section;
use crate::browser;
use crate::component::erased::t;
use crate::component::heading::heading;
use crate::component::shape::holder;
use crate::i18n::Lang;
use crate::page::not_found;
use crate::page::sign_form::Words;
use crate::session::session;
use leptos::prelude::*;
use shared::api::auth::Me;

mod choices;
mod details;
mod form;
mod people;
mod profile;
mod second_factor;
mod security;
mod sign_ins;

/// The title that takes the keyboard once an act has drawn its section anew: the button that was pressed is gone by then.
#[derive(Clone, Copy)]
struct Landing(StoredValue<Option<&'static str>>);

impl Landing {
    fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// Turns, and says that the keyboard goes to `title`.
    fn after(self, turn: Callback<()>, title: &'static str) -> Callback<()> {
        Callback::new(move |()| {
            let _ = self.0.try_set_value(Some(title));
            let _ = turn.try_run(());
        })
    }

    /// The section is being drawn.
    fn land(self) {
        if let Some(title) = self.0.try_update_value(Option::take).flatten() {
            request_animation_frame(move || browser::focus(title));
        }
    }
}

/// A section's address and name.
const fn named(section: Section) -> (&'static str, Words) {
    match section {
        Section::Profile => ("/account", Lang::account_profile),
        Section::People => ("/account/people", Lang::account_people),
        Section::Security => ("/account/security", Lang::account_security),
        Section::Choices => ("/account/notices", Lang::account_choices),
    }
}

/// The page. An operator has no account, and so neither people nor notices.
pub(crate) fn page(section: Section) -> AnyView {
    let Some(me) = untrack(|| session().me()) else { return not_found::page() };
    let of_account = matches!(section, Section::People | Section::Choices);
    if of_account && me.account_id.is_none() {
        return not_found::page();
    }
    let inner = match section {
        Section::Profile => profile::page(&me),
        Section::People => people::page(),
        Section::Security => security::page(),
        Section::Choices => choices::page(),
    };
    holder("div", "narrow account", vec![heading(t(named(section).1), false), tabs(&me, section), inner])
}

fn tabs(me: &Me, here: Section) -> AnyView {
    let all = [Section::Profile, Section::People, Section::Security, Section::Choices];
    let shown = all
        .into_iter()
        .filter(|section| me.account_id.is_some() || matches!(section, Section::Profile | Section::Security));
    let tab = |section| {
        let (href, title) = named(section);
        // Short, so that four stand in one row on a phone.
        let words: Words = if section == Section::Choices { Lang::nav_notices } else { title };
        view! { <a href=href aria-current=(section == here).then_some("page")>{t(words)}</a> }
    };
    view! {
        <nav class="tabs" aria-label=t(Lang::nav_account)>
            {shown.map(tab).collect_view()}
        </nav>
    }
    .into_any()
}
