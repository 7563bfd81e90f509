//! Names of databases: which ones a panel may have, and how a template is called.

use crate::port::host::HostError;

/// The name of a panel's database: lower case, so that a browser's host name always finds it, and never in need of an escape.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Name(String);

impl Name {
    /// `^[a-z][a-z0-9-]{1,62}$`: what PostgreSQL, a host name and Odoo's own routes all take.
    pub(super) fn of(text: &str) -> Result<Self, HostError> {
        let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
        let first = text.bytes().next().is_some_and(|c| c.is_ascii_lowercase());
        if first && (2..=63).contains(&text.len()) && text.bytes().all(plain) {
            Ok(Self(text.to_owned()))
        } else {
            Err(HostError::Refused(
                "this is no name for a database: a small letter, then small letters, digits, hyphens".into(),
            ))
        }
    }

    /// As text.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a template may be called so: what Odoo's own routes take, within PostgreSQL's length.
pub(super) fn template(text: &str) -> Result<&str, HostError> {
    let plain = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'.' | b'-');
    let first = text.bytes().next().is_some_and(|c| c.is_ascii_alphanumeric());
    if first && text.len() <= 63 && text.bytes().all(plain) {
        Ok(text)
    } else {
        Err(HostError::Refused("this is no name for a template: letters, digits, and _ . - after the first".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a name that a browser cannot ask for, or that ends a quotation in SQL or a header, reaches the server.
    #[test]
    fn names_are_what_a_host_name_and_a_database_both_take() {
        for good in ["ab", "acme", "acme-eu", "a1", &"a".repeat(63)] {
            assert_eq!(Name::of(good).unwrap().as_str(), good);
        }
        for bad in ["", "a", "1a", "-a", "Acme", "a_b", "a.b", "a b", "a\"b", "a\nb", "äb", &"a".repeat(64)] {
            assert!(Name::of(bad).is_err(), "{bad:?} was taken");
        }
        for good in ["tmpl_19", "Template.basic-1", "0"] {
            assert_eq!(template(good), Ok(good));
        }
        for bad in ["", "_a", "a\"b", "a;b", "a/b", &"a".repeat(64)] {
            assert!(template(bad).is_err(), "{bad:?} was taken");
        }
    }
}
