//! The countries and languages that a new database may name: some of Odoo's. Knows nothing else.

/// Code and name.
pub(super) const COUNTRIES: [(&str, &str); 24] = [
    ("ae", "United Arab Emirates"),
    ("au", "Australia"),
    ("bd", "Bangladesh"),
    ("be", "Belgium"),
    ("br", "Brazil"),
    ("bt", "Bhutan"),
    ("ca", "Canada"),
    ("cn", "China"),
    ("de", "Germany"),
    ("es", "Spain"),
    ("fr", "France"),
    ("gb", "United Kingdom"),
    ("in", "India"),
    ("it", "Italy"),
    ("jp", "Japan"),
    ("lk", "Sri Lanka"),
    ("mm", "Myanmar"),
    ("my", "Malaysia"),
    ("nl", "Netherlands"),
    ("np", "Nepal"),
    ("pk", "Pakistan"),
    ("sa", "Saudi Arabia"),
    ("sg", "Singapore"),
    ("us", "United States"),
];

/// Code and name.
pub(super) const LANGUAGES: [(&str, &str); 6] = [
    ("ar_001", "Arabic / الْعَرَبيّة"),
    ("bn_IN", "Bengali / বাংলা"),
    ("en_GB", "English (UK)"),
    ("en_US", "English (US)"),
    ("fr_FR", "French / Français"),
    ("hi_IN", "Hindi / हिंदी"),
];

/// Whether a new database can be set up for a country; its case does not count.
pub(super) fn known(code: &str) -> bool {
    COUNTRIES.iter().any(|(known, _)| known.eq_ignore_ascii_case(code))
}
