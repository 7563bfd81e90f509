//! The keys: passwords, access tokens, and everything that must not be guessed.
//!
//! Knows no story and no table. What leaves this room is a hash, a signature, or a verdict.

pub mod password;
pub mod qr;
pub mod safe;
pub mod token;
pub mod totp;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// 32 secret bytes as text that fits in a cookie or a URL.
#[must_use]
pub fn printable(secret: &[u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode(secret)
}

/// How a secret of full entropy is kept: SHA-256, in hexadecimal. Passwords need [`password`] instead.
#[must_use]
pub fn fingerprint(secret: &str) -> String {
    let digest = Sha256::digest(secret.as_bytes());
    digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        use std::fmt::Write as _;
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Whether two texts are equal, in a time that does not tell where they differ.
#[must_use]
pub fn same(left: &str, right: &str) -> bool {
    use subtle::ConstantTimeEq as _;
    left.as_bytes().ct_eq(right.as_bytes()).into()
}
