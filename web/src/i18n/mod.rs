//! Every visible text, in English and in Bangla.
//!
//! A text is a method of [`Lang`] made by `texts!`, which takes both languages at once: a missing translation, a missing
//! argument or a misspelt key does not compile. Texts are whole sentences; figures and dates come in as arguments,
//! already written in the same language by [`crate::format`].

use shared::api::auth::Language;

/// Makes one method per text. Without arguments it is `&'static str`, with arguments a `String`.
macro_rules! texts {
    ($($name:ident $(($($arg:ident),+))? : $en:literal, $bn:literal;)*) => {
        impl $crate::i18n::Lang {
            $(texts!(@one $name [$($($arg),+)?] $en, $bn);)*
        }
    };
    (@one $name:ident [] $en:literal, $bn:literal) => {
        #[doc = $en]
        #[must_use]
        pub const fn $name(self) -> &'static str {
            match self {
                Self::En => $en,
                Self::Bn => $bn,
            }
        }
    };
    (@one $name:ident [$($arg:ident),+] $en:literal, $bn:literal) => {
        #[doc = $en]
        #[must_use]
        pub fn $name(self, $($arg: &str),+) -> String {
            match self {
                Self::En => format!($en),
                Self::Bn => format!($bn),
            }
        }
    };
}

mod account;
mod billing;
mod books;
mod card;
mod charts;
mod chrome;
mod credit;
mod desk;
mod history;
mod jobs;
mod manage;
mod new_panel;
mod plans;
mod problems;
mod security;
mod sign;

/// The language that a page is drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// English.
    En,
    /// Bangla.
    Bn,
}

impl Lang {
    /// The `lang` attribute, also the form in which the choice is stored.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Bn => "bn",
        }
    }

    /// The language of a BCP 47 tag such as `bn-BD`; English for all that is neither.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        if tag == "bn" || tag.starts_with("bn-") { Self::Bn } else { Self::En }
    }

    /// The one that the switch offers.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::En => Self::Bn,
            Self::Bn => Self::En,
        }
    }

    /// Its own name for itself.
    #[must_use]
    pub const fn endonym(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Bn => "বাংলা",
        }
    }
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::En,
            Language::Bn => Self::Bn,
        }
    }
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::En,
            Lang::Bn => Self::Bn,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_with_regions_are_understood_and_the_rest_is_english() {
        assert_eq!(Lang::from_tag("bn-BD"), Lang::Bn);
        assert_eq!(Lang::from_tag("en-GB"), Lang::En);
        assert_eq!(Lang::from_tag("bnx"), Lang::En);
    }

    // Harm prevented: the shell says one thing, and the program, a second later, another.
    #[test]
    fn the_shell_speaks_in_the_programs_words() {
        let shell = include_str!("../../index.html");
        let texts = [Lang::nav_panels, Lang::nav_usage, Lang::nav_invoices, Lang::nav_more, Lang::panels_lead];
        for lang in [Lang::En, Lang::Bn] {
            let said = |text: &str| format!("<span lang=\"{}\">{text}</span>", lang.tag());
            texts.iter().for_each(|text| assert!(shell.contains(&said(text(lang))), "{}", text(lang)));
        }
    }

    #[test]
    fn arguments_land_in_both_languages() {
        assert_eq!(Lang::En.hours_used("142", "360"), "142 of 360 hours used");
        assert_eq!(Lang::Bn.hours_used("১৪২", "৩৬০"), "১৪২ ঘণ্টা ব্যবহৃত, ৩৬০ ঘণ্টার মধ্যে");
    }
}
