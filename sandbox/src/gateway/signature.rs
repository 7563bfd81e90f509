//! Both signatures of a notice, as the gateway computes them. Knows no sessions; checks nothing.

use md5::{Digest, Md5};
use sha2::Sha256;

/// What a notice carries to be checked by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The names of the signed fields, alphabetical, joined by commas.
    pub verify_key: String,
    /// MD5, as documented.
    pub verify_sign: String,
    /// SHA-256, as observed.
    pub verify_sign_sha2: String,
}

/// Signs those `fields` that are listed in `keys`, raw, with the store's password.
#[must_use]
pub fn sign(fields: &[(String, String)], keys: &[&str], store_passwd: &str) -> Signature {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    let value = |key: &str| fields.iter().find(|(name, _)| name == key).map_or("", |(_, value)| value.as_str());
    let signed: Vec<(&str, &str)> = keys.iter().map(|key| (*key, value(key))).collect();
    let verify_sign = hex(&Md5::digest(text(&signed, &hex(&Md5::digest(store_passwd)))));
    let verify_sign_sha2 = hex(&Sha256::digest(text(&signed, &hex(&Sha256::digest(store_passwd)))));
    Signature { verify_key: keys.join(","), verify_sign, verify_sign_sha2 }
}

/// The text that is hashed: the password's digest takes its alphabetical place, nothing is escaped.
fn text(signed: &[(&str, &str)], passwd_digest: &str) -> String {
    let mut pairs = signed.to_vec();
    pairs.push(("store_passwd", passwd_digest));
    pairs.sort_unstable_by_key(|(key, _)| *key);
    pairs.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&")
}

/// Lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(pairs: &[(&str, &str)]) -> Signature {
        let fields: Vec<(String, String)> = pairs.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect();
        let keys: Vec<&str> = pairs.iter().map(|(k, _)| *k).collect();
        sign(&fields, &keys, "qwerty")
    }

    const COMMON: [(&str, &str); 12] = [
        ("amount", "150.00"),
        ("base_fair", "0.00"),
        ("currency", "BDT"),
        ("currency_type", "BDT"),
        ("currency_amount", "150.00"),
        ("currency_rate", "1.0000"),
        ("store_id", "testbox"),
        ("tran_date", "2026-11-22 12:00:00"),
        ("tran_id", "ORD-1001"),
        ("value_b", ""),
        ("value_c", ""),
        ("value_d", ""),
    ];

    // Vector B: a declined card, with characters that a careless signer would escape, trim or reorder.
    #[test]
    fn a_declined_card_signs_as_published() {
        let mut pairs = COMMON.to_vec();
        pairs.extend([
            ("bank_tran_id", "2611220101011AbCdEfGhIjKlMn"),
            ("card_brand", "VISA"),
            ("card_issuer", "TEST BANK, LTD."),
            ("card_issuer_country", "Bangladesh"),
            ("card_issuer_country_code", "BD"),
            ("card_no", "411111XXXXXX1111"),
            ("card_sub_brand", "Classic"),
            ("card_type", "VISA-Dutch Bangla"),
            ("error", "Invalid CVV"),
            ("status", "FAILED"),
            ("value_a", "ref&=+ বাংলা"),
        ]);
        let signature = signed(&pairs);
        assert_eq!(signature.verify_sign, "dd457c6b4b11379d16132da18c61c3e8");
        assert_eq!(signature.verify_sign_sha2, "45677d280834dc073e9efa02f3d0ceecb2571b2207c4cec5d0c0edf0488332e4");
    }

    // Vector C: a cancelled payment, with the shorter list of fields.
    #[test]
    fn a_cancelled_payment_signs_as_published() {
        let mut pairs = COMMON.to_vec();
        pairs.extend([("bank_tran_id", ""), ("error", "Cancelled by User"), ("status", "CANCELLED"), ("value_a", "")]);
        let signature = signed(&pairs);
        assert_eq!(signature.verify_sign, "1628264bf7dfd1f21b7e53aa32be064d");
        assert_eq!(signature.verify_sign_sha2, "6381078ce00b288310dedb63ae78f473e7094cb8284b17101c80849de0134d45");
    }
}
