//! Can this address be had, and if not, which like it? Reads only, and holds nothing for anybody.

use super::address::{SUBDOMAIN_MAX, Whose, is_subdomain, trouble};
use crate::app::App;
use crate::flow::FlowError;
use shared::api::panels::SubdomainView;

/// So many are suggested.
const SUGGESTED: usize = 3;
/// What is put behind a name, in this order, and then numbers.
const ENDINGS: [&str; 3] = ["-2", "-bd", "-erp"];
/// The last number that is tried.
const LAST_NUMBER: u32 = 40;
/// Where nothing of a name can stand in an address.
const NAMELESS: &str = "panel";
/// Leaves room for every ending.
const STEM_MAX: usize = SUBDOMAIN_MAX - 4;

/// Whether a customer can have this address, by the very rule by which it is ordered.
pub async fn subdomain(app: &App, wanted: &str) -> Result<SubdomainView, FlowError> {
    let subdomain = asked_for(wanted);
    let alike = alike(&subdomain);
    let names = std::iter::once(subdomain.clone()).chain(alike.iter().cloned());
    // What could be no address is in use nowhere, and need not be looked for.
    let names: Vec<String> = names.filter(|name| is_subdomain(name)).collect();
    let in_use = app.store.names_in_use(&names).await?;
    let of = |name: &str| trouble(name, Whose::Customer(&app.settings), &in_use);
    let trouble = of(&subdomain);
    let free = alike.into_iter().filter(|name| trouble.is_some() && of(name).is_none());
    Ok(SubdomainView {
        url: app.settings.panel_url(&subdomain),
        suggestions: free.take(SUGGESTED).collect(),
        subdomain,
        trouble,
    })
}

/// An address as it is meant: in small letters, without space around it.
pub(super) fn asked_for(written: &str) -> String {
    written.trim().to_lowercase()
}

/// Addresses like it, nearest first, that keep the rule of how addresses are written.
fn alike(subdomain: &str) -> Vec<String> {
    let stem = stem(subdomain);
    let numbers = (3..=LAST_NUMBER).map(|number| format!("-{number}"));
    let endings = std::iter::once(String::new()).chain(ENDINGS.map(str::to_owned)).chain(numbers);
    endings.map(|ending| format!("{stem}{ending}")).filter(|name| name != subdomain).collect()
}

/// What of a text can stand in an address: its letters from a to z, its digits, and one hyphen for all that is between.
fn stem(text: &str) -> String {
    let mut stem = String::new();
    for c in text.chars() {
        match c {
            'a'..='z' => stem.push(c),
            '0'..='9' if !stem.is_empty() => stem.push(c),
            _ if !stem.is_empty() && !stem.ends_with('-') => stem.push('-'),
            _ => {}
        }
        if stem.len() >= STEM_MAX {
            break;
        }
    }
    let stem = stem.trim_end_matches('-');
    if stem.len() < 2 { format!("{stem}{}{NAMELESS}", if stem.is_empty() { "" } else { "-" }) } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::NamesInUse;
    use proptest::prelude::*;

    // Harm prevented: what is suggested is refused when it is ordered.
    #[test]
    fn suggestions_are_near_and_always_the_same() {
        assert_eq!(alike("rahim")[..3], ["rahim-2", "rahim-bd", "rahim-erp"]);
        assert_eq!(alike("rahim traders & sons!")[..2], ["rahim-traders-sons", "rahim-traders-sons-2"]);
        assert_eq!(alike("রহিম")[..2], ["panel", "panel-2"]);
        assert_eq!(alike("9 a")[..1], ["a-panel"]);
        assert_eq!(alike(&"x".repeat(60))[0].len(), STEM_MAX);
    }

    proptest! {
        // Harm prevented: something odd is typed, and the server falls over or suggests what nobody can have.
        #[test]
        fn whatever_is_typed_the_suggestions_keep_the_rule(text in any::<String>()) {
            for name in alike(&asked_for(&text)) {
                prop_assert_eq!(trouble(&name, Whose::Operator, &NamesInUse::default()), None, "{}", name);
            }
        }
    }
}
