//! Which Odoo it is. Knows no wire.

/// As the server says it, and the number that differences hang on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Version {
    /// `17.0`, `19.0`, `saas~18.2`.
    pub(super) text: String,
    /// 17, 19, 18.
    pub(super) major: u32,
}

impl Version {
    /// Reads what a server, or the module `base` of a database, says; `None` if there is no number in it.
    pub(super) fn of(text: &str) -> Option<Self> {
        let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let major = digits[..end].parse().ok()?;
        let text = text.chars().take(40).collect();
        Some(Self { text, major })
    }

    /// Where its people land after they have signed in.
    pub(super) const fn landing(&self) -> &'static str {
        if self.major >= 18 { "/odoo" } else { "/web" }
    }

    /// Whether it has JSON-2, which takes a key instead of a name and a password.
    pub(super) const fn has_json2(&self) -> bool {
        self.major >= 19
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: an owner lands on an address that their version does not have.
    #[test]
    fn a_version_is_known_by_its_first_number() {
        let of = |text| Version::of(text).map(|it| (it.major, it.landing()));
        assert_eq!(of("16.0"), Some((16, "/web")));
        assert_eq!(of("17.0-20260101"), Some((17, "/web")));
        assert_eq!(of("18.0.1.3"), Some((18, "/odoo")));
        assert_eq!(of("saas~19.1"), Some((19, "/odoo")));
        assert_eq!((of(""), of("final")), (None, None));
    }
}
