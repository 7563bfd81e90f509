//! How values are written in columns: the very words of the wire, so that a row reads like an answer of the API.

use super::StoreError;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The word for a unit variant: `PanelStatus::Active` is `active`.
pub(super) fn word<T: Serialize>(value: &T, table: &'static str) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        _ => Err(StoreError::Corrupt { table, what: "word to write".to_owned() }),
    }
}

/// The variant of a word.
pub(super) fn variant<T: DeserializeOwned>(word: &str, table: &'static str) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::String(word.to_owned()))
        .map_err(|_| StoreError::Corrupt { table, what: format!("word `{word}`") })
}

/// A composite value as JSON.
pub(super) fn json<T: Serialize>(value: &T, table: &'static str) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt { table, what: error.to_string() })
}

/// A composite value from JSON.
pub(super) fn from_json<T: DeserializeOwned>(text: &str, table: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt { table, what: error.to_string() })
}

/// An id, or any other value with one spelling.
pub(super) fn parse<T: std::str::FromStr>(text: &str, table: &'static str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt { table, what: format!("id `{text}`") })
}

/// A count that is never negative.
pub(super) fn count(value: i64, table: &'static str) -> Result<u32, StoreError> {
    u32::try_from(value).map_err(|_| StoreError::Corrupt { table, what: format!("count {value}") })
}

/// Money from its two columns.
pub(super) fn money(minor: i64, currency: &str, table: &'static str) -> Result<shared::money::Money, StoreError> {
    let currency = shared::money::Currency::from_code(currency)
        .ok_or_else(|| StoreError::Corrupt { table, what: format!("currency `{currency}`") })?;
    Ok(shared::money::Money::new(minor, currency))
}
