//! Ordering a panel, step by step: what was filled in so far, which step may be shown, the address that a name suggests.
//!
//! Which addresses can be had, the server says.

use crate::i18n::Lang;
use crate::json::{Reader, Wire, object, read};
use shared::api::panels::SubdomainTrouble;

/// The longest address.
const LONGEST: usize = 41;

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// What it is called, and where it is found.
    Name,
    /// On which plan.
    Plan,
    /// All of it once more, with the price.
    Review,
}

impl Step {
    /// In their order.
    pub const ALL: [Self; 3] = [Self::Name, Self::Plan, Self::Review];

    /// The step that an address of the page asks for: `/new?step=plan`.
    #[must_use]
    pub fn asked(address: &str) -> Self {
        let query = address.split_once('?').map_or("", |(_, query)| query);
        let wanted = query.split('&').find_map(|pair| pair.strip_prefix("step="));
        Self::ALL.into_iter().find(|step| Some(step.tag()) == wanted).unwrap_or(Self::Name)
    }

    /// Its name in addresses.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Plan => "plan",
            Self::Review => "review",
        }
    }

    /// Its address.
    #[must_use]
    pub fn address(self) -> String {
        format!("/new?step={}", self.tag())
    }

    /// Its title.
    #[must_use]
    pub const fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Name => lang.new_step_name(),
            Self::Plan => lang.new_step_plan(),
            Self::Review => lang.new_step_review(),
        }
    }
}

/// What was filled in so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// What its people call it.
    pub name: String,
    /// The first label of its address.
    pub subdomain: String,
    /// Whether the address was written by hand: it no longer follows the name.
    pub by_hand: bool,
    /// The plan's id.
    pub plan: String,
}

impl Draft {
    /// As it is kept in the browser.
    #[must_use]
    pub fn kept(&self) -> String {
        let by_hand = if self.by_hand { "yes" } else { "" };
        object(&[("name", &self.name), ("subdomain", &self.subdomain), ("by_hand", by_hand), ("plan", &self.plan)])
    }

    /// From what was kept; an empty one if that is unreadable.
    #[must_use]
    pub fn found(text: &str) -> Self {
        read(text).unwrap_or_default()
    }

    /// The step that can be shown when `asked` is wanted: nothing is skipped.
    #[must_use]
    pub fn step(&self, asked: Step) -> Step {
        let ready = if self.name.trim().is_empty() || self.subdomain.is_empty() {
            Step::Name
        } else if self.plan.is_empty() {
            Step::Plan
        } else {
            Step::Review
        };
        asked.min(ready)
    }

    /// What is sent to order it.
    #[must_use]
    pub fn order(&self) -> String {
        object(&[("name", self.name.trim()), ("subdomain", &self.subdomain), ("plan_id", &self.plan)])
    }
}

impl Wire for Draft {
    fn read(from: &Reader<'_>) -> Self {
        let by_hand: String = from.field("by_hand");
        Self {
            name: from.field("name"),
            subdomain: from.field("subdomain"),
            by_hand: !by_hand.is_empty(),
            plan: from.field("plan"),
        }
    }
}

/// The address that a name suggests: its small Latin letters and digits, all else a hyphen; empty if nothing is left.
#[must_use]
pub fn suggested(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars().map(|c| c.to_ascii_lowercase()) {
        match c {
            'a'..='z' => out.push(c),
            '0'..='9' if !out.is_empty() => out.push(c),
            // An apostrophe joins: `Rahman's` is `rahmans`.
            '\'' | '’' => {}
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
        if out.len() >= LONGEST {
            break;
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// What was typed as an address, as it is meant: small letters, no spaces, no copy of the whole address.
#[must_use]
pub fn tidied(typed: &str) -> String {
    let typed = typed.trim();
    let typed = typed.strip_prefix("https://").unwrap_or(typed);
    let first = typed.split(['.', '/']).next().unwrap_or_default();
    first.to_ascii_lowercase().replace(' ', "-")
}

/// Whether it is worth asking about: signs that no address has need no answer.
#[must_use]
pub fn can_be_asked(subdomain: &str) -> bool {
    !subdomain.is_empty() && subdomain.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Why an address cannot be had.
#[must_use]
pub fn trouble(trouble: SubdomainTrouble) -> fn(Lang) -> &'static str {
    match trouble {
        SubdomainTrouble::Format => Lang::address_format,
        SubdomainTrouble::Reserved => Lang::address_reserved,
        SubdomainTrouble::Taken => Lang::address_taken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_suggests_an_address() {
        for (name, address) in [
            ("Rahman Traders", "rahman-traders"),
            ("  Rahman's & Sons (Pvt.) Ltd.  ", "rahmans-sons-pvt-ltd"),
            ("3 Brothers 24/7", "brothers-24-7"),
            ("রহমান ট্রেডার্স", ""),
            ("রহমান Motors", "motors"),
            ("", ""),
        ] {
            assert_eq!(suggested(name), address, "{name}");
        }
        let long = suggested(&"Long name ".repeat(9));
        assert!(long.len() <= LONGEST && !long.ends_with('-'), "{long}");
    }

    #[test]
    fn an_address_may_be_typed_or_pasted() {
        assert_eq!(tidied(" https://Rahman.example.com/web "), "rahman");
        assert_eq!(tidied("My Shop"), "my-shop");
        assert!(can_be_asked("my-shop2"));
        for not in ["", "a/b", "a_b", "রহমান", "a?b"] {
            assert!(!can_be_asked(not), "{not}");
        }
    }

    // Harm prevented: a reload or the way back loses what was typed, or a link leads past a step that was not filled in.
    #[test]
    fn a_draft_survives_and_no_step_is_skipped() {
        let mut draft = Draft { name: "A \"B\"".into(), subdomain: "a-b".into(), by_hand: true, plan: "pln_1".into() };
        assert_eq!(Draft::found(&draft.kept()), draft);
        assert_eq!(Draft::found("half {"), Draft::default());
        assert_eq!(Step::asked("/new?step=review"), Step::Review);
        assert_eq!((Step::asked("/new"), Step::asked("/new?step=x")), (Step::Name, Step::Name));
        assert_eq!((draft.step(Step::Review), draft.step(Step::Plan)), (Step::Review, Step::Plan));
        draft.plan.clear();
        assert_eq!(draft.step(Step::Review), Step::Plan);
        draft.name = "  ".into();
        assert_eq!(draft.step(Step::Review), Step::Name);
        for step in Step::ALL {
            assert_eq!(Step::asked(&step.address()), step);
        }
    }
}
