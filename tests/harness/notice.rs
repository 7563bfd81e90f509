//! Notices as the gateway posts them, and as a forger would.

use crate::stage::STORE_PASSWD;

/// A form's pairs in posted order.
pub type Fields = Vec<(String, String)>;

/// What a field says; nothing if it is not there.
#[must_use]
pub fn value<'f>(fields: &'f Fields, name: &str) -> &'f str {
    fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

/// Makes a field say something else, or adds it.
pub fn set(fields: &mut Fields, name: &str, to: &str) {
    match fields.iter_mut().find(|(key, _)| key == name) {
        Some((_, value)) => to.clone_into(value),
        None => fields.push((name.to_owned(), to.to_owned())),
    }
}

/// Signs what the fields now say with the store's own password: the worst case, a password that got out.
pub fn resign(fields: &mut Fields) {
    let mut keys: Vec<String> = value(fields, "verify_key").split(',').map(str::to_owned).collect();
    if !value(fields, "val_id").is_empty() && !keys.iter().any(|key| key == "val_id") {
        keys.push("val_id".to_owned());
    }
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let signature = sandbox::gateway::sign(fields, &keys, STORE_PASSWD);
    set(fields, "verify_key", &signature.verify_key);
    set(fields, "verify_sign", &signature.verify_sign);
    set(fields, "verify_sign_sha2", &signature.verify_sign_sha2);
}
