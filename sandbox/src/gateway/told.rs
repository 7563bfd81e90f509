//! What the gateway tells about one attempt, in every answer that mentions it. Values are texts, as on the real gateway.

use serde_json::{Map, Value};

use super::ids::local_text;
use super::notice;
use super::records::{Attempt, Session};
use super::state::State;

/// What every record tells, from the attempt.
const TOLD: [&str; 27] = [
    "tran_date",
    "tran_id",
    "val_id",
    "amount",
    "store_amount",
    "bank_tran_id",
    "card_type",
    "card_no",
    "card_issuer",
    "card_brand",
    "card_sub_brand",
    "card_issuer_country",
    "card_issuer_country_code",
    "currency",
    "currency_type",
    "currency_amount",
    "currency_rate",
    "base_fair",
    "value_a",
    "value_b",
    "value_c",
    "value_d",
    "risk_level",
    "risk_title",
    "error",
    "status",
    "store_id",
];

/// What every record tells that never varies here.
const CONSTANT: [(&str, &str); 9] = [
    ("emi_instalment", "0"),
    ("emi_amount", "0.00"),
    ("emi_description", ""),
    ("emi_issuer", ""),
    ("account_details", ""),
    ("discount_percentage", "0"),
    ("discount_amount", "0.00"),
    ("discount_remarks", ""),
    ("gw_version", ""),
];

/// An attempt as it stands.
pub(super) fn of_attempt(state: &State, session: &Session, attempt: &Attempt) -> Map<String, Value> {
    let value = |name: &str| Value::from(notice::value(name, &state.config.store_id, session, attempt));
    let mut told: Map<String, Value> = TOLD.iter().map(|name| ((*name).into(), value(name))).collect();
    told.extend(CONSTANT.iter().map(|(name, text)| ((*name).into(), Value::from(*text))));
    if let Some(at) = attempt.validated_at {
        told.insert("status".into(), "VALIDATED".into());
        told.insert("validated_on".into(), local_text(at).into());
    }
    told
}

/// A page on which nothing was tried yet.
pub(super) fn of_open_page(session: &Session) -> Map<String, Value> {
    let request = &session.request;
    let pairs = [
        ("status", "PENDING".to_owned()),
        ("tran_id", request.tran_id.clone()),
        ("tran_date", local_text(session.opened_at)),
        ("val_id", String::new()),
        ("amount", session.charged().to_decimal()),
        ("currency", "BDT".to_owned()),
        ("currency_type", request.requested.currency.code().to_owned()),
        ("currency_amount", request.requested.to_decimal()),
        ("error", String::new()),
    ];
    pairs.into_iter().map(|(name, text)| (name.to_owned(), Value::from(text))).collect()
}
