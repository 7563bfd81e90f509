//! The gateway's own names and its way of writing time. Knows neither sessions nor money.

use chrono::DateTime;

/// Bangladesh: UTC+6, no daylight saving.
const DHAKA_SECONDS: i64 = 6 * 3_600;

const ALNUM: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// A seeded source of names: the same seed gives the same names in the same order.
pub(super) struct Ids {
    state: u64,
}

impl Ids {
    pub(super) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// SplitMix64: every step gives another value until all 2^64 were given.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn letters(&mut self, alphabet: &[u8], count: usize) -> String {
        let size = alphabet.len().max(1);
        let mut pick = || {
            let drawn = usize::try_from(self.next() >> 33).unwrap_or(0);
            alphabet.get(drawn % size).copied().map_or('0', char::from)
        };
        (0..count).map(|_| pick()).collect()
    }

    /// A session's key: 32 hexadecimal digits in capitals.
    pub(super) fn session_key(&mut self) -> String {
        self.letters(HEX, 32)
    }

    /// A refund's name: 13 hexadecimal digits in small letters.
    pub(super) fn refund_ref(&mut self) -> String {
        self.letters(HEX, 13).to_ascii_lowercase()
    }

    /// A charge's or bank transaction's name: the local time in 12 digits and 15 letters or digits.
    pub(super) fn stamped(&mut self, now: i64) -> String {
        format!("{}{}", local(now, "%y%m%d%H%M%S"), self.letters(ALNUM, 15))
    }
}

/// An instant as the gateway writes it: local time without a zone, `2026-11-22 12:00:00`.
pub(super) fn local_text(now: i64) -> String {
    local(now, "%Y-%m-%d %H:%M:%S")
}

fn local(now: i64, format: &str) -> String {
    DateTime::from_timestamp(now.saturating_add(DHAKA_SECONDS), 0)
        .map(|at| at.format(format).to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_the_shape_of_the_real_ones() {
        let mut ids = Ids::new(7);
        let name = ids.stamped(1_795_327_200);
        assert_eq!(name.len(), 27);
        assert!(name.starts_with("261122"), "{name}");
        assert_ne!(name, ids.stamped(1_795_327_200));
        assert_eq!(ids.session_key().len(), 32);
        assert_eq!(ids.refund_ref().len(), 13);
        assert_eq!(local_text(1_795_327_200), "2026-11-22 12:00:00");
    }
}
