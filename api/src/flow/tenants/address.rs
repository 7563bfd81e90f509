//! Which addresses a panel may have: one rule for whoever asks beforehand and whoever orders.

use crate::app::Settings;
use crate::flow::FlowError;
use crate::store::NamesInUse;
use shared::api::panels::SubdomainTrouble;

/// Shorter than a DNS label may be, so that names derived from it fit as well.
pub(super) const SUBDOMAIN_MAX: usize = 41;
/// Databases that every cluster has.
const RESERVED: [&str; 3] = ["postgres", "template0", "template1"];
/// What visitors would take for the operator's own, or mail and browsers for a service.
const KEPT: [&str; 24] = [
    "account",
    "admin",
    "api",
    "app",
    "autoconfig",
    "autodiscover",
    "billing",
    "dashboard",
    "ftp",
    "help",
    "imap",
    "localhost",
    "login",
    "mail",
    "operator",
    "pay",
    "pop",
    "postmaster",
    "smtp",
    "status",
    "support",
    "webmail",
    "wpad",
    "www",
];

/// For whom an address is wanted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Whose<'a> {
    /// The operator may give any address away that no database stands in the way of.
    Operator,
    /// A customer: not what is kept for the operator of this deployment.
    Customer(&'a Settings),
}

/// Why an address cannot be had; `None` if it can. `in_use` must have been asked about it.
pub(super) fn trouble(subdomain: &str, whose: Whose<'_>, in_use: &NamesInUse) -> Option<SubdomainTrouble> {
    let kept = match whose {
        Whose::Operator => false,
        Whose::Customer(settings) => KEPT.contains(&subdomain) || own_label(settings) == Some(subdomain),
    };
    if !is_subdomain(subdomain) {
        Some(SubdomainTrouble::Format)
    } else if kept || RESERVED.contains(&subdomain) || in_use.templates.contains(subdomain) {
        Some(SubdomainTrouble::Reserved)
    } else if in_use.panels.contains(subdomain) {
        Some(SubdomainTrouble::Taken)
    } else {
        None
    }
}

/// The same as a refusal of the field.
pub(super) fn refusal(trouble: SubdomainTrouble) -> FlowError {
    let (code, detail) = match trouble {
        SubdomainTrouble::Format => {
            ("format", "must be 2 to 41 small letters, digits and hyphens, beginning with a letter")
        }
        SubdomainTrouble::Reserved => {
            ("reserved", "is kept for the operator, or the name of a database that is no panel")
        }
        SubdomainTrouble::Taken => ("taken", "another panel has this address"),
    };
    FlowError::field("/subdomain", code, detail)
}

/// The label under which this server itself is reached, if it is a sibling of the panels.
fn own_label(settings: &Settings) -> Option<&str> {
    let (own, parent) = (settings.public_url.host_str()?, settings.panel_base_url.host_str()?);
    own.strip_suffix(parent)?.strip_suffix('.')
}

/// Small letters only: the host compares with what browsers send, which is small.
pub(super) fn is_subdomain(text: &str) -> bool {
    let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (2..=SUBDOMAIN_MAX).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        // Two hyphens are for names that are not panels yet, and for those of other alphabets.
        && !text.ends_with('-')
        && !text.contains("--")
        && text.bytes().all(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a customer is told that an address is good, and orders it, and a database of the cluster is in its way.
    #[test]
    fn each_rule_names_its_trouble() {
        let names = |name: &str| [name.to_owned()].into();
        let in_use = NamesInUse { templates: names("template-of-ours"), panels: names("rahim") };
        let of = |name: &str| trouble(name, Whose::Operator, &in_use);
        for name in ["", "a", "1st", "-a", "a-", "a--b", "Rahim", "rahim.com", "রহিম", &"a".repeat(42)] {
            assert_eq!(of(name), Some(SubdomainTrouble::Format), "{name}");
        }
        for name in ["postgres", "template0", "template-of-ours"] {
            assert_eq!(of(name), Some(SubdomainTrouble::Reserved), "{name}");
        }
        assert_eq!(of("rahim"), Some(SubdomainTrouble::Taken));
        for name in ["ab", "r2-d2", &"a".repeat(41)] {
            assert_eq!(of(name), None, "{name}");
        }
    }

    // Harm prevented: a kept name is misspelt, and can be had; or it stands there twice.
    #[test]
    fn what_is_kept_could_be_had_otherwise() {
        for (at, name) in KEPT.iter().enumerate() {
            assert!(is_subdomain(name) && !KEPT[..at].contains(name), "{name}");
        }
    }
}
