//! Reading a posted notice and checking its signature.
//!
//! The signature is a keyed plain digest over fields that the sender chose, so it is a filter and never a proof: what
//! passes here is a reason to ask the gateway, nothing more.

use md5::{Digest, Md5};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::port::gateway::{Claim, ClaimError};

/// Fields that decide about money. If the sender could leave one unsigned, old signatures could be dressed up anew.
const MUST_BE_SIGNED: [&str; 7] =
    ["status", "tran_id", "amount", "currency", "currency_type", "currency_amount", "store_id"];

/// Reads the claim of a notice that is signed with our password and meant for our store.
pub(super) fn read(fields: &[(String, String)], store_id: &str, store_passwd: &str) -> Result<Claim, ClaimError> {
    let status = single(fields, "status")?;
    let tran_id = single(fields, "tran_id")?;
    let val_id = value(fields, "val_id").filter(|text| !text.is_empty());
    if status == "VALID" && val_id.is_none() {
        return Err(ClaimError::Field("val_id"));
    }
    if has_duplicates(fields) {
        return Err(ClaimError::Signature);
    }
    let listed: Vec<&str> = value(fields, "verify_key").ok_or(ClaimError::Signature)?.split(',').collect();
    for name in MUST_BE_SIGNED.into_iter().chain(val_id.map(|_| "val_id")) {
        if !listed.contains(&name) {
            return Err(ClaimError::Unsigned(name));
        }
    }
    if value(fields, "store_id") != Some(store_id) || !fits(fields, &listed, store_passwd) {
        return Err(ClaimError::Signature);
    }
    Ok(Claim { tran_id: tran_id.to_owned(), val_id: val_id.map(str::to_owned), status: status.to_owned() })
}

/// The newer signature decides wherever it is posted, even if it is empty: an attacker must not choose the weaker one.
fn fits(fields: &[(String, String)], listed: &[&str], store_passwd: &str) -> bool {
    let (given, computed) = match value(fields, "verify_sign_sha2") {
        Some(given) => (given, text(fields, listed, &sha256(store_passwd)).map(|text| sha256(&text))),
        None => {
            let given = value(fields, "verify_sign").unwrap_or_default();
            (given, text(fields, listed, &md5(store_passwd)).map(|text| md5(&text)))
        }
    };
    computed.is_some_and(|computed| computed.as_bytes().ct_eq(given.as_bytes()).into())
}

/// The signed text; `None` if a listed field is missing, listed twice, or has a name that no real field has.
fn text(fields: &[(String, String)], listed: &[&str], passwd_digest: &str) -> Option<String> {
    let mut pairs = vec![("store_passwd", passwd_digest)];
    for name in listed {
        let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !plain || pairs.iter().any(|(known, _)| known == name) {
            return None;
        }
        pairs.push((*name, value(fields, name)?));
    }
    // The password's digest takes its alphabetical place; nothing is escaped or trimmed.
    pairs.sort_unstable_by_key(|(name, _)| *name);
    Some(pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&"))
}

fn value<'f>(fields: &'f [(String, String)], name: &str) -> Option<&'f str> {
    fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// A field that is there once and not empty.
fn single<'f>(fields: &'f [(String, String)], name: &'static str) -> Result<&'f str, ClaimError> {
    let mut values = fields.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
    match (values.next(), values.next()) {
        (Some(value), None) if !value.is_empty() => Ok(value),
        _ => Err(ClaimError::Field(name)),
    }
}

/// With a name given twice, we and the signer could each mean another value.
fn has_duplicates(fields: &[(String, String)]) -> bool {
    let mut names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| matches!(pair, [a, b] if a == b))
}

fn md5(text: &str) -> String {
    hex(&Md5::digest(text))
}

fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
#[path = "signature_tests.rs"]
mod tests;
