//! Codes by the clock (RFC 6238): HMAC-SHA-1, six digits, another one every thirty seconds. Knows no person, and is told the time.

use aws_lc_rs::hmac;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use shared::time::Timestamp;

/// What every app for such codes takes: 160 bits.
pub const SECRET_BYTES: usize = 20;
const STEP_SECONDS: i64 = 30;
/// A phone's clock may be off by so many steps.
const STEPS_OFF: i64 = 1;

/// The code of a step, which counts from 1970.
#[must_use]
pub fn code(secret: &[u8], step: i64) -> String {
    // The standard's choice: a MAC does not suffer from what is wrong with SHA-1, and few apps know another one.
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let at = usize::from(tag.last().copied().unwrap_or_default() & 0xf);
    let four = tag.get(at..).and_then(<[u8]>::first_chunk::<4>).copied().unwrap_or_default();
    format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
}

/// The step of which `shown` is the code, if that is about now and comes after `last`, the last one whose code was used.
#[must_use]
pub fn step_of(secret: &[u8], shown: &str, now: Timestamp, last: Option<i64>) -> Option<i64> {
    let step = now.unix().div_euclid(STEP_SECONDS);
    let about = step - STEPS_OFF..=step + STEPS_OFF;
    about.filter(|step| last.is_none_or(|last| *step > last)).find(|step| super::same(&code(secret, *step), shown))
}

/// The digits of base 32 (RFC 4648).
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A secret in base 32, as people type it.
#[must_use]
pub fn base32(secret: &[u8]) -> String {
    let mut text = String::with_capacity(secret.len().div_ceil(5) * 8);
    for chunk in secret.chunks(5) {
        let bits =
            chunk.iter().chain(std::iter::repeat(&0)).take(5).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        for place in 0..(chunk.len() * 8).div_ceil(5) {
            let digit = usize::try_from(bits >> (35 - 5 * place) & 31).unwrap_or_default();
            text.push(char::from(ALPHABET[digit]));
        }
    }
    text
}

/// The secret that base 32 stands for; `None` if it is none.
#[must_use]
pub fn from_base32(text: &str) -> Option<Vec<u8>> {
    let mut secret = Vec::with_capacity(text.len() * 5 / 8);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for letter in text.bytes() {
        let digit = ALPHABET.iter().position(|it| *it == letter)?;
        bits = bits << 5 | u32::try_from(digit).ok()?;
        held += 5;
        if held >= 8 {
            held -= 8;
            secret.push(u8::try_from(bits >> held).ok()?);
            bits &= (1 << held) - 1;
        }
    }
    Some(secret)
}

/// The address that apps read from a QR code: whose codes these are, and where they are asked for.
#[must_use]
pub fn uri(secret: &[u8], issuer: &str, person: &str) -> String {
    let written = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
    let (issuer, person, secret) = (written(issuer), written(person), base32(secret));
    format!("otpauth://totp/{issuer}:{person}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    // Harm prevented: the codes of people's phones are not ours. The standard's own examples (appendix B, its last six digits).
    #[test]
    fn codes_are_those_of_the_standard() {
        let examples = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (second, wanted) in examples {
            assert_eq!(code(SECRET, second / 30), wanted, "at {second}");
        }
    }

    // Harm prevented: a code that was looked at over a shoulder signs in again, or one of an hour ago does.
    #[test]
    fn a_code_is_good_about_now_and_after_the_last_one() {
        let now = Timestamp::from_unix(30_000);
        for (step, good) in [(998, false), (999, true), (1_000, true), (1_001, true), (1_002, false)] {
            assert_eq!(step_of(SECRET, &code(SECRET, step), now, None), good.then_some(step), "step {step}");
        }
        assert_eq!(step_of(SECRET, &code(SECRET, 1_000), now, Some(1_000)), None);
        assert_eq!(step_of(SECRET, &code(SECRET, 999), now, Some(1_000)), None);
        assert_eq!(step_of(SECRET, &code(SECRET, 1_001), now, Some(1_000)), Some(1_001));
        assert_eq!(step_of(SECRET, "", now, None), None);
    }

    // Harm prevented: a secret that is typed in is another one than that of the picture. RFC 4648's examples, unpadded.
    #[test]
    fn base32_is_that_of_the_standard() {
        let examples =
            [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI")];
        for (bytes, wanted) in examples {
            assert_eq!(base32(bytes.as_bytes()), wanted);
            assert_eq!(from_base32(wanted).as_deref(), Some(bytes.as_bytes()));
        }
        assert_eq!(from_base32("MZ1Q"), None);
        assert_eq!(
            uri(SECRET, "Hour glass", "a@b.c"),
            "otpauth://totp/Hour%20glass:a%40b%2Ec?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Hour%20glass\
             &algorithm=SHA1&digits=6&period=30"
        );
    }
}
