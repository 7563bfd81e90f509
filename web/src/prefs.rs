//! What a visitor chose for this device: language, digits and theme; and by whose clocks times are written. Applied to the root
//! element and to what writes figures, kept in local storage.

use crate::browser;
use crate::format::calendar::go_by;
use crate::format::write_latin_digits;
use crate::i18n::Lang;
use leptos::prelude::*;
use shared::api::auth::Me;

const LANG_KEY: &str = "hg-lang";
const DIGITS_KEY: &str = "hg-digits";
/// The language of the account that was signed in last: the shell speaks it before anybody is known to be signed in.
const ACCOUNT_KEY: &str = "hg-lang-account";
const THEME_KEY: &str = "hg-theme";
/// The zone of the account that is signed in here: without a network, too, times are written by its clocks.
const ZONE_KEY: &str = "hg-zone";
/// By whose clocks times are written without anybody's.
const HOME: &str = "Asia/Dhaka";

/// The choices in force.
#[derive(Clone, Copy)]
pub(crate) struct Prefs {
    lang: RwSignal<Lang>,
    latin: RwSignal<bool>,
    dark: RwSignal<bool>,
    /// The name of the zone, empty for [`HOME`].
    zone: RwSignal<String>,
}

impl Prefs {
    /// Reads what was chosen before, else what the browser prefers, and keeps the root element in step.
    pub(crate) fn provide() {
        let asked = || window().navigator().language().unwrap_or_default();
        let known = browser::stored(LANG_KEY).or_else(|| browser::stored(ACCOUNT_KEY));
        let lang = RwSignal::new(Lang::from_tag(&known.unwrap_or_else(asked)));
        let dark = RwSignal::new(match browser::stored(THEME_KEY).as_deref() {
            Some(theme) => theme == "dark",
            None => browser::prefers_dark(),
        });
        let latin = RwSignal::new(browser::stored(DIGITS_KEY).as_deref() == Some("latin"));
        write_latin_digits(latin.get_untracked());
        Effect::new(move |_| browser::set_root("lang", lang.get().tag()));
        provide_context(Self { lang, latin, dark, zone: RwSignal::new(String::new()) });
    }

    /// The language in force.
    pub(crate) fn lang(self) -> Lang {
        // Other digits and other clocks are other words to whatever shows figures.
        self.latin.track();
        self.zone.track();
        self.lang.get()
    }

    /// The language in force, without subscribing.
    pub(crate) fn lang_now(self) -> Lang {
        self.lang.get_untracked()
    }

    /// Switches to the other language, for good.
    pub(crate) fn switch_lang(self) {
        self.choose_lang(self.lang_now().other());
    }

    /// Takes a language, for good. The page stays where it is, and so does what was typed into it.
    pub(crate) fn choose_lang(self, chosen: Lang) {
        browser::store(LANG_KEY, chosen.tag());
        if self.lang_now() != chosen {
            self.lang.set(chosen);
        }
    }

    /// Whether Bangla pages show Latin digits.
    pub(crate) fn has_latin_digits(self) -> bool {
        self.latin.get()
    }

    /// Takes Latin digits or the language's own, for good.
    pub(crate) fn choose_digits(self, latin: bool) {
        browser::store(DIGITS_KEY, if latin { "latin" } else { "own" });
        write_latin_digits(latin);
        self.latin.set(latin);
    }

    /// The zone by whose clocks times are written; empty for Bangladesh's.
    pub(crate) fn zone(self) -> String {
        self.zone.get()
    }

    /// Writes times by the clocks of this zone until another is given; by Bangladesh's where the browser does not know it.
    pub(crate) fn follow_zone(self, zone: &str) {
        let clocks = if zone.is_empty() || zone == HOME { None } else { browser::clocks(zone) };
        let zone = if clocks.is_some() { zone } else { "" };
        browser::store(ZONE_KEY, zone);
        if self.zone.with_untracked(|now| now != zone) {
            go_by(clocks);
            self.zone.set(zone.to_owned());
        }
    }

    /// The same with the zone of who was signed in here last.
    pub(crate) fn recall_zone(self) {
        self.follow_zone(&browser::stored(ZONE_KEY).unwrap_or_default());
    }

    /// Takes the clocks of a person's account; and their language, unless this device has its own choice.
    pub(crate) fn adopt(self, me: &Me) {
        self.follow_zone(&me.zone);
        let theirs = Lang::from(me.language);
        browser::store(ACCOUNT_KEY, theirs.tag());
        if browser::stored(LANG_KEY).is_none() && self.lang_now() != theirs {
            self.lang.set(theirs);
        }
    }

    /// Whether the dark theme is in force.
    pub(crate) fn is_dark(self) -> bool {
        self.dark.get()
    }

    /// Switches to the other theme, for good.
    pub(crate) fn switch_theme(self) {
        let dark = !self.dark.get_untracked();
        let theme = if dark { "dark" } else { "light" };
        browser::store(THEME_KEY, theme);
        browser::set_root("data-theme", theme);
        self.dark.set(dark);
    }
}

/// The choices, from anywhere below the root.
pub(crate) fn prefs() -> Prefs {
    expect_context()
}

/// The language in force; subscribes the caller.
pub(crate) fn lang() -> Lang {
    prefs().lang()
}
