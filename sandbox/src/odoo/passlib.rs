//! Passwords as Odoo keeps them: passlib's `$pbkdf2-sha512$rounds$salt$hash`. And chance. Knows no user.

use std::num::NonZeroU32;
use std::sync::OnceLock;

use aws_lc_rs::{constant_time, digest, pbkdf2, rand};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// Far fewer than Odoo takes: what is kept here is made up, and every story signs in.
const ROUNDS: u32 = 1_000;
const HASH_BYTES: usize = 64;

/// `length` bytes of chance, as two digits each.
pub(super) fn random_hex(length: usize) -> String {
    let mut bytes = vec![0; length];
    // It fails where the machine has no chance to give; then nothing here is worth guessing either.
    let _ = rand::fill(&mut bytes);
    hex(&bytes)
}

/// The name of a file in a filestore.
pub(super) fn sha1_hex(content: &[u8]) -> String {
    hex(digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, content).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Hashes a password.
pub(super) fn hash(password: &str) -> String {
    let mut salt = [0; 16];
    let _ = rand::fill(&mut salt);
    let kept = derive(ROUNDS, &salt, password).unwrap_or_default();
    format!("$pbkdf2-sha512${ROUNDS}${}${}", ab64(&salt), ab64(&kept))
}

/// Every new database has this user: hashed once.
pub(super) fn hash_of_admin() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| hash("admin"))
}

/// Whether a password is the one that was kept. What is no hash is the password itself, as Odoo still takes it.
pub(super) fn verify(kept: &str, password: &str) -> bool {
    if kept.is_empty() {
        return false;
    }
    let Some(parts) = kept.strip_prefix("$pbkdf2-sha512$") else {
        return constant_time::verify_slices_are_equal(kept.as_bytes(), password.as_bytes()).is_ok();
    };
    let mut parts = parts.split('$');
    let (Some(rounds), Some(salt), Some(hash)) = (parts.next(), parts.next(), parts.next()) else { return false };
    let (Ok(rounds), Some(salt), Some(hash)) = (rounds.parse(), from_ab64(salt), from_ab64(hash)) else {
        return false;
    };
    let wanted = derive(rounds, &salt, password).unwrap_or_default();
    constant_time::verify_slices_are_equal(&wanted, &hash).is_ok()
}

fn derive(rounds: u32, salt: &[u8], password: &str) -> Option<Vec<u8>> {
    let mut out = vec![0; HASH_BYTES];
    pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA512, NonZeroU32::new(rounds)?, salt, password.as_bytes(), &mut out);
    Some(out)
}

/// Passlib's own base64: without padding, and a dot where others have a plus.
fn ab64(bytes: &[u8]) -> String {
    STANDARD_NO_PAD.encode(bytes).replace('+', ".")
}

fn from_ab64(text: &str) -> Option<Vec<u8>> {
    STANDARD_NO_PAD.decode(text.replace('.', "+")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a password that was written by SQL, as real Odoo reads it, does not open the sandbox's panel.
    #[test]
    fn it_reads_what_passlib_writes() {
        // Counted by Python's hashlib: 25,000 rounds.
        let written = "$pbkdf2-sha512$25000$LyWE0HrP2RsjZCxlDGFMKQ$\
                       lobYCmn.7XUmLXpyPbYXcIqwWAdz80sSKGx3in4mP.uoj6DIcJAJkvmcVbSL4nk5qkbM0yCUphN70cBTE6jlqA";
        assert!(verify(written, "password"));
        assert!(!verify(written, "Password"));
        let own = hash("সোনার বাংলা");
        assert!(verify(&own, "সোনার বাংলা") && !verify(&own, "") && !verify("", ""));
        assert!(verify("as it is", "as it is") && !verify("$pbkdf2-sha512$0$$", ""));
    }
}
