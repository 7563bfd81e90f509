//! Passwords as Odoo keeps them: passlib's `$pbkdf2-sha512$rounds$salt$checksum`, in its own spelling of base64.

use std::num::NonZeroU32;

use aws_lc_rs::pbkdf2::{self, PBKDF2_HMAC_SHA512};
use base64::Engine as _;
use base64::alphabet::Alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// What every version takes. Odoo hashes it anew, and harder, when the person first signs in.
const ROUNDS: NonZeroU32 = match NonZeroU32::new(25_000) {
    Some(rounds) => rounds,
    None => NonZeroU32::MIN,
};
/// More than any version uses; a row that asks for more is not a password of Odoo's.
const ROUNDS_MAX: u32 = 5_000_000;
const CHECKSUM_BYTES: usize = 64;

/// base64 with `.` for `+`, and without padding.
fn ab64() -> Option<GeneralPurpose> {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./";
    let config = GeneralPurposeConfig::new().with_encode_padding(false);
    let config = config.with_decode_padding_mode(DecodePaddingMode::RequireNone);
    Alphabet::new(letters).ok().map(|it| GeneralPurpose::new(&it, config))
}

/// Fit for the column `res_users.password`. `None` only if this alphabet were none.
pub(super) fn hash(password: &str, salt: &[u8; 16]) -> Option<String> {
    let ab64 = ab64()?;
    let mut checksum = [0; CHECKSUM_BYTES];
    pbkdf2::derive(PBKDF2_HMAC_SHA512, ROUNDS, salt, password.as_bytes(), &mut checksum);
    Some(format!("$pbkdf2-sha512${ROUNDS}${}${}", ab64.encode(salt), ab64.encode(checksum)))
}

/// Whether this password opens that row. What stands there in plain text Odoo takes as it is.
pub(super) fn opens(kept: &str, password: &str) -> bool {
    if !kept.starts_with('$') {
        return !kept.is_empty() && kept == password;
    }
    let mut parts = kept.split('$').skip(1);
    let (Some("pbkdf2-sha512"), Some(rounds), Some(salt), Some(checksum)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let rounds = rounds.parse().ok().filter(|rounds| *rounds <= ROUNDS_MAX).and_then(NonZeroU32::new);
    let Some((ab64, rounds)) = ab64().zip(rounds) else { return false };
    let (Ok(salt), Ok(checksum)) = (ab64.decode(salt), ab64.decode(checksum)) else { return false };
    pbkdf2::verify(PBKDF2_HMAC_SHA512, rounds, &salt, password.as_bytes(), &checksum).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Made by passlib 1.7.4: pbkdf2_sha512.using(rounds=25000, salt=bytes(range(16))).hash('admin')
    const ADMIN: &str = include_str!("password_admin.txt");

    // Harm prevented: the owner of a new panel is refused, because Odoo reads the row otherwise than we wrote it.
    #[test]
    fn a_password_is_written_as_passlib_writes_it() {
        let salt: [u8; 16] = std::array::from_fn(|at| u8::try_from(at).unwrap());
        assert_eq!(hash("admin", &salt).unwrap(), ADMIN.trim());
    }

    // Harm prevented: a template whose password everybody knows becomes a customer's panel.
    #[test]
    fn a_password_is_recognised() {
        assert!(opens(ADMIN.trim(), "admin"));
        assert!(opens("admin", "admin"), "Odoo takes plain text");
        for (kept, password) in
            [(ADMIN.trim(), "Admin"), ("", ""), ("$1$x$y", "admin"), ("$pbkdf2-sha512$0$AA$AA", "admin")]
        {
            assert!(!opens(kept, password), "{kept} was opened by {password:?}");
        }
    }
}
