//! Who one is: name and language, saved at once; and who pays.

use super::details;
use crate::component::erased::{Part, t, when};
use crate::component::fetched::{Extent, fetched, still, written};
use crate::component::field::{Field, Kind, field};
use crate::component::language::{DIGITS, LANGUAGES, choice};
use crate::component::saved::Kept;
use crate::component::shape::{para, titled};
use crate::format::calendar::date;
use crate::i18n::Lang;
use crate::json;
use crate::prefs::{lang, prefs};
use crate::present::markup::Markup;
use crate::present::people::{profile_body, role, role_means};
use crate::store::panels::panels;
use leptos::prelude::*;
use shared::api::auth::Me;
use shared::api::people::Profile;

/// The section.
pub(super) fn page(me: &Me) -> AnyView {
    let draw = |text: &str| Some(ready(json::read(text)?));
    let own = fetched("/me/profile".to_owned(), still(), Extent::Box, Box::new(draw));
    vec![own, device().into_any(), details::section(me)].into_any()
}

fn ready(profile: Profile) -> AnyView {
    let offline = panels().offline;
    let known = profile.clone();
    let facts = written("", move |lang| facts(lang, &known));
    let came = (profile.name, Lang::from(profile.language));
    let kept = Kept::new(came, "/me/profile", |(name, lang)| profile_body(name, *lang));
    let name = RwSignal::new(String::new());
    // What the server has not taken is put back here too.
    Effect::new(move |_| name.set(kept.shown().with(|(name, _)| name.clone())));
    let empty = RwSignal::new(false);
    let save = move || {
        // A field that is taken away with its page loses the keyboard too: then nothing of the page is there any more.
        let Some(typed) = name.try_get_untracked().map(|typed| typed.trim().to_owned()) else { return };
        let _ = empty.try_set(typed.is_empty());
        if !typed.is_empty() && kept.shown().with_untracked(|(name, _)| *name != typed) {
            kept.save(|(name, _)| *name = typed);
        }
    };
    let own_name = field(Field {
        id: "own-name",
        kind: Kind::Text,
        autocomplete: "name",
        label: Lang::own_name,
        hint: Lang::own_name_hint,
        value: name,
        error: Signal::derive(move || empty.get().then(|| lang().need_own_name().to_owned())),
    });
    let prefs = prefs();
    let spoken = Signal::derive(move || kept.shown().with(|(_, lang)| lang.tag()));
    let choose = Callback::new(move |tag: &'static str| {
        let chosen = Lang::from_tag(tag);
        prefs.choose_lang(chosen);
        kept.save(|(_, lang)| *lang = chosen);
    });
    let form = view! {
        <form
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
            on:focusout=move |_| save()
        >
            <fieldset class="plain" disabled=offline>
                {own_name}
            </fieldset>
        </form>
        {choice("language", Lang::language_title, LANGUAGES, spoken, offline.into(), choose)}
        {para("small", t(Lang::language_hint))}
        {kept.mark()}
        {facts}
    };
    titled(Lang::profile_title, form.into_any())
}

/// Which digits this device shows; English has no choice.
fn device() -> Part {
    let prefs = prefs();
    let chosen = Signal::derive(move || if prefs.has_latin_digits() { "latin" } else { "own" });
    let choose = Callback::new(move |value: &'static str| prefs.choose_digits(value == "latin"));
    let section = move || {
        let sides = choice("digits", Lang::digits_title, DIGITS, chosen, Signal::stored(false), choose);
        titled(Lang::device_title, vec![sides, para("small", t(Lang::digits_hint))].into_any())
    };
    when(move || prefs.lang() == Lang::Bn, section)
}

fn facts(lang: Lang, profile: &Profile) -> String {
    let mut out = Markup::default();
    out.tags("<dl class=\"facts\">");
    out.fact(lang.field_email(), &profile.email);
    out.fact(lang.role_label(), &format!("{}: {}", role(profile.role)(lang), role_means(profile.role)(lang)));
    out.fact(lang.member_since(), &date(lang, profile.since));
    out.tags("</dl>");
    out.done()
}
