//! The signature against published vectors, and against the ways to dress up a notice.

use super::*;

const MD5_B: &str = "dd457c6b4b11379d16132da18c61c3e8";
const SHA2_B: &str = "45677d280834dc073e9efa02f3d0ceecb2571b2207c4cec5d0c0edf0488332e4";
const MD5_C: &str = "1628264bf7dfd1f21b7e53aa32be064d";
const SHA2_C: &str = "6381078ce00b288310dedb63ae78f473e7094cb8284b17101c80849de0134d45";

type Fields = Vec<(String, String)>;

/// What vectors B and C have in common, in an order that is not the alphabetical one.
const COMMON: [(&str, &str); 12] = [
    ("tran_id", "ORD-1001"),
    ("amount", "150.00"),
    ("tran_date", "2026-11-22 12:00:00"),
    ("currency", "BDT"),
    ("store_id", "testbox"),
    ("currency_type", "BDT"),
    ("currency_amount", "150.00"),
    ("currency_rate", "1.0000"),
    ("base_fair", "0.00"),
    ("value_b", ""),
    ("value_c", ""),
    ("value_d", ""),
];

fn notice(more: &[(&str, &str)], signatures: &[(&str, &str)]) -> Fields {
    let signed: Vec<(&str, &str)> = COMMON.iter().chain(more).copied().collect();
    let mut names: Vec<&str> = signed.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    let key = names.join(",");
    let all = signed.iter().chain(signatures).copied().chain([("verify_key", key.as_str())]);
    all.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Vector B: a declined card, with bytes that a careless reader escapes or trims.
fn declined(signatures: &[(&str, &str)]) -> Fields {
    let more = [
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
    ];
    notice(&more, signatures)
}

/// Vector C: a cancelled payment.
fn cancelled(signatures: &[(&str, &str)]) -> Fields {
    let more = [("bank_tran_id", ""), ("error", "Cancelled by User"), ("status", "CANCELLED"), ("value_a", "")];
    notice(&more, signatures)
}

fn check(fields: &Fields) -> Result<Claim, ClaimError> {
    read(fields, "testbox", "qwerty")
}

fn set(fields: &mut Fields, name: &str, value: &str) {
    for field in fields.iter_mut().filter(|(key, _)| key == name) {
        value.clone_into(&mut field.1);
    }
}

// Harm prevented: genuine notices are turned away, and payers wait for the sweeper.
#[test]
fn published_notices_pass_by_either_signature() {
    let claim = check(&declined(&[("verify_sign", MD5_B), ("verify_sign_sha2", SHA2_B)])).unwrap();
    assert_eq!(claim, Claim { tran_id: "ORD-1001".into(), val_id: None, status: "FAILED".into() });
    assert!(check(&declined(&[("verify_sign", MD5_B)])).is_ok());
    assert!(check(&declined(&[("verify_sign_sha2", SHA2_B)])).is_ok());
    assert_eq!(check(&cancelled(&[("verify_sign", MD5_C)])).unwrap().status, "CANCELLED");
    assert!(check(&cancelled(&[("verify_sign_sha2", SHA2_C)])).is_ok());
}

// Harm prevented: an old signature is used with another amount, payment or outcome.
#[test]
fn no_signed_field_can_be_changed() {
    for (name, value) in [("amount", "1.00"), ("tran_id", "ORD-1002"), ("value_a", "ref&=+ বাংলা "), ("error", "")]
    {
        let mut fields = declined(&[("verify_sign", MD5_B), ("verify_sign_sha2", SHA2_B)]);
        set(&mut fields, name, value);
        assert_eq!(check(&fields), Err(ClaimError::Signature), "{name}");
    }
}

// Harm prevented: a wrong newer signature is overlooked because the older one fits.
#[test]
fn the_newer_signature_decides_where_it_is_posted() {
    for newer in ["", MD5_B, &SHA2_B.to_uppercase(), &SHA2_B[1..]] {
        let fields = declined(&[("verify_sign", MD5_B), ("verify_sign_sha2", newer)]);
        assert_eq!(check(&fields), Err(ClaimError::Signature), "{newer}");
    }
}

// Harm prevented: the sender trims the list until an unsigned amount can be posted beside a genuine signature.
#[test]
fn what_decides_about_money_must_be_listed() {
    for name in MUST_BE_SIGNED {
        let mut fields = declined(&[("verify_sign", MD5_B)]);
        let key = value(&fields, "verify_key").unwrap().split(',').filter(|k| *k != name).collect::<Vec<_>>().join(",");
        set(&mut fields, "verify_key", &key);
        assert_eq!(check(&fields), Err(ClaimError::Unsigned(name)));
    }
    let mut fields = declined(&[("verify_sign", MD5_B)]);
    fields.push(("val_id".into(), "V1".into()));
    assert_eq!(check(&fields), Err(ClaimError::Unsigned("val_id")));
}

// Harm prevented: two readers of one notice see two different amounts.
#[test]
fn nothing_may_be_given_twice_or_left_out() {
    let genuine = || declined(&[("verify_sign", MD5_B)]);
    let mut twice = genuine();
    twice.push(("amount".into(), "1.00".into()));
    assert_eq!(check(&twice), Err(ClaimError::Signature));
    let mut twice = genuine();
    twice.push(("tran_id".into(), "ORD-1002".into()));
    assert_eq!(check(&twice), Err(ClaimError::Field("tran_id")));
    let mut missing = genuine();
    missing.retain(|(name, _)| name != "card_no");
    assert_eq!(check(&missing), Err(ClaimError::Signature));
    for odd in ["amount", "store_passwd", "", "no_such_field", "a=b"] {
        let mut fields = genuine();
        let key = format!("{},{odd}", value(&fields, "verify_key").unwrap());
        set(&mut fields, "verify_key", &key);
        assert_eq!(check(&fields), Err(ClaimError::Signature), "{odd}");
    }
    let mut valid = genuine();
    set(&mut valid, "status", "VALID");
    assert_eq!(check(&valid), Err(ClaimError::Field("val_id")));
}

// Harm prevented: a notice for another store, or signed by nobody, is taken as ours.
#[test]
fn another_store_or_password_does_not_pass() {
    let fields = declined(&[("verify_sign", MD5_B)]);
    assert_eq!(read(&fields, "otherbox", "qwerty"), Err(ClaimError::Signature));
    assert_eq!(read(&fields, "testbox", "qwertz"), Err(ClaimError::Signature));
    assert_eq!(check(&declined(&[])), Err(ClaimError::Signature));
    assert_eq!(check(&Fields::new()), Err(ClaimError::Field("status")));
}
