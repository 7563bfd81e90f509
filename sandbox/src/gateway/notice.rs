//! The form that the gateway posts, by the customer's browser and by its own server: which fields, in which order, signed.
//!
//! Does not know how it is delivered.

use super::faults::NoticeFault;
use super::ids::local_text;
use super::records::{Attempt, Session, Status};
use super::signature::sign;

/// A form's decoded pairs, in posted order.
pub type Fields = Vec<(String, String)>;

/// All fields that can be posted, in posted order; the ones that are not signed are marked.
const POSTED: [(&str, bool); 31] = [
    ("tran_id", true),
    ("val_id", true),
    ("amount", true),
    ("card_type", true),
    ("store_amount", true),
    ("card_no", true),
    ("bank_tran_id", true),
    ("status", true),
    ("tran_date", true),
    ("error", true),
    ("currency", true),
    ("card_issuer", true),
    ("card_brand", true),
    ("card_sub_brand", true),
    ("card_issuer_country", true),
    ("card_issuer_country_code", true),
    ("store_id", true),
    ("verify_sign", false),
    ("verify_key", false),
    ("verify_sign_sha2", false),
    ("currency_type", true),
    ("currency_amount", true),
    ("currency_rate", true),
    ("base_fair", true),
    ("value_a", true),
    ("value_b", true),
    ("value_c", true),
    ("value_d", true),
    ("subscription_id", false),
    ("risk_level", true),
    ("risk_title", true),
];

/// What a declined payment does not carry.
const NOT_WHEN_FAILED: [&str; 4] = ["risk_level", "risk_title", "store_amount", "val_id"];

/// The notice of one attempt, as decoded pairs in posted order, spoilt as `fault` says.
pub(super) fn fields(store: (&str, &str), session: &Session, attempt: &Attempt, fault: Option<NoticeFault>) -> Fields {
    let (store_id, store_passwd) = store;
    let carried = POSTED.iter().filter(|(name, _)| carries(attempt.status, name));
    let signed: Vec<&str> = carried.clone().filter(|(_, signed)| *signed).map(|(name, _)| *name).collect();
    let mut fields: Fields =
        carried.map(|(name, _)| ((*name).to_owned(), value(name, store_id, session, attempt))).collect();
    match fault {
        Some(NoticeFault::WrongAmount) => {
            set(&mut fields, "amount", "1.00");
            set(&mut fields, "currency_amount", "1.00");
        }
        Some(NoticeFault::ForeignValId) => set(&mut fields, "val_id", &foreign(&attempt.val_id)),
        Some(NoticeFault::WrongSignature | NoticeFault::RepeatedField | NoticeFault::MissingField) | None => {}
    }
    let wrong = fault == Some(NoticeFault::WrongSignature);
    let signature = sign(&fields, &signed, if wrong { "another store's password" } else { store_passwd });
    set(&mut fields, "verify_sign", &signature.verify_sign);
    set(&mut fields, "verify_key", &signature.verify_key);
    set(&mut fields, "verify_sign_sha2", &signature.verify_sign_sha2);
    match fault {
        Some(NoticeFault::RepeatedField) => fields.push(("amount".to_owned(), "1.00".to_owned())),
        Some(NoticeFault::MissingField) => fields.retain(|(name, _)| name != "currency_type"),
        Some(NoticeFault::WrongSignature | NoticeFault::WrongAmount | NoticeFault::ForeignValId) | None => {}
    }
    fields
}

/// Changes a field if it is there.
fn set(fields: &mut Fields, name: &str, to: &str) {
    fields.iter_mut().filter(|(key, _)| key == name).for_each(|(_, value)| to.clone_into(value));
}

/// A charge's name that looks real and is not one of this store's: same time, letters the other way round.
fn foreign(val_id: &str) -> String {
    let (stamp, letters) = val_id.split_at_checked(12).unwrap_or((val_id, ""));
    if letters.is_empty() { String::new() } else { format!("{stamp}{}", letters.chars().rev().collect::<String>()) }
}

fn carries(status: Status, name: &str) -> bool {
    match status {
        Status::Valid | Status::Unattempted | Status::Expired => true,
        Status::Failed => !NOT_WHEN_FAILED.contains(&name),
        Status::Cancelled => !name.starts_with("card_") && !NOT_WHEN_FAILED.contains(&name),
    }
}

/// One field's text, for notices and for the answers about the same attempt.
pub(super) fn value(name: &str, store_id: &str, session: &Session, attempt: &Attempt) -> String {
    let [a, b, c, d] = &session.request.values;
    let card = attempt.channel;
    let text = match name {
        "tran_id" => &session.request.tran_id,
        "val_id" => &attempt.val_id,
        "amount" => &attempt.amount,
        "store_amount" => &attempt.store_amount,
        "bank_tran_id" => &attempt.bank_tran_id,
        "tran_date" => return local_text(session.opened_at),
        "error" => &attempt.error,
        "currency_type" => &attempt.currency_type,
        "currency_amount" => &attempt.currency_amount,
        "currency_rate" => &attempt.currency_rate,
        "value_a" => a,
        "value_b" => b,
        "value_c" => c,
        "value_d" => d,
        "status" => attempt.status.text(),
        "currency" => "BDT",
        "base_fair" => "0.00",
        "store_id" => store_id,
        "risk_level" => {
            if attempt.risky {
                "1"
            } else {
                "0"
            }
        }
        "risk_title" => {
            if attempt.risky {
                "Not Safe"
            } else {
                "Safe"
            }
        }
        "card_type" => card.map_or("", |c| c.card_type),
        "card_no" => card.map_or("", |c| c.card_no),
        "card_issuer" => card.map_or("", |c| c.card_issuer),
        "card_brand" => card.map_or("", |c| c.card_brand),
        "card_sub_brand" => card.map_or("", |c| c.card_sub_brand),
        "card_issuer_country" => card.map_or("", |_| "Bangladesh"),
        "card_issuer_country_code" => card.map_or("", |_| "BD"),
        _ => "",
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(status: Status) -> Vec<&'static str> {
        let mut names: Vec<&str> =
            POSTED.iter().filter(|(name, signed)| *signed && carries(status, name)).map(|(name, _)| *name).collect();
        names.sort_unstable();
        names
    }

    // Harm prevented: a sandbox that signs other fields than the real one lets a wrong verifier pass.
    #[test]
    fn each_status_signs_its_own_list() {
        assert_eq!(signed(Status::Valid).len(), 27);
        assert_eq!(signed(Status::Failed).len(), 23);
        let cancelled = "amount,bank_tran_id,base_fair,currency,currency_amount,currency_rate,currency_type,error,status,\
                         store_id,tran_date,tran_id,value_a,value_b,value_c,value_d";
        assert_eq!(signed(Status::Cancelled).join(","), cancelled);
    }
}
