//! Reading the gateway's JSON leniently: unknown keys are ignored, missing and odd ones are `None`.
//!
//! Lenient in reading, strict in meaning: the callers decide which missing keys make an answer unusable.

use serde_json::{Map, Value};

use crate::port::Unknown;

/// A refusal is shown and stored; nobody needs more of it.
const LONGEST_REASON: usize = 200;

/// A JSON object from the gateway.
#[derive(Debug)]
pub(super) struct Answer(Map<String, Value>);

impl Answer {
    /// Anything but one JSON object is `Unknown`: maintenance pages are HTML with HTTP 200.
    pub(super) fn read(body: &[u8]) -> Result<Self, Unknown> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(keys)) => Ok(Self(keys)),
            _ => Err(Unknown::new("the gateway's answer is not a JSON object")),
        }
    }

    /// An object inside an answer.
    pub(super) fn inner(value: Value) -> Result<Self, Unknown> {
        match value {
            Value::Object(keys) => Ok(Self(keys)),
            _ => Err(Unknown::new("the gateway's answer has an unreadable element")),
        }
    }

    /// A non-empty text. Whole numbers are read as texts, fractions are not: they have lost their exact form.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        match self.0.get(key)? {
            Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
            Value::Number(number) if number.is_i64() => Some(number.to_string()),
            _ => None,
        }
    }

    /// What is given as a reason, cut to a length that can be shown.
    pub(super) fn reason(&self, key: &str) -> String {
        let given = self.text(key).unwrap_or_else(|| "no reason given".into());
        given.chars().take(LONGEST_REASON).collect()
    }

    /// Whether a name is the one meant. One that is not given at all contradicts nothing.
    pub(super) fn agrees(&self, key: &str, meant: &str) -> bool {
        self.text(key).is_none_or(|named| named == meant)
    }

    /// A value of any kind, taken out.
    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        self.0.remove(key)
    }

    /// Passes only if the gateway accepted us and the question: nothing may be concluded from any other answer.
    pub(super) fn accepted(self) -> Result<Self, Unknown> {
        match self.text("APIConnect").as_deref() {
            Some("DONE") => Ok(self),
            Some("FAILED") => Err(Unknown::new("the gateway did not accept our credentials")),
            Some("INACTIVE") => Err(Unknown::new("the gateway says that our store is inactive")),
            Some("INVALID_REQUEST") => Err(Unknown::new("the gateway did not understand the question")),
            _ => Err(Unknown::new("the gateway did not say whether it accepted the question")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a maintenance page or half an answer is taken for a statement about a payment.
    #[test]
    fn only_a_whole_object_is_an_answer() {
        for body in ["", "<html>", "{\"status\":\"VALID\"", "[]", "\"VALID\"", "null"] {
            assert!(Answer::read(body.as_bytes()).is_err(), "{body}");
        }
    }

    // Harm prevented: an amount passes through a float on its way to the comparison.
    #[test]
    fn fractions_are_taken_as_texts_only() {
        let answer = Answer::read(br#"{"a":"12.50","b":12,"c":12.5,"d":null,"e":"","f":[1]}"#).unwrap();
        assert_eq!(answer.text("a").as_deref(), Some("12.50"));
        assert_eq!(answer.text("b").as_deref(), Some("12"));
        assert!(["c", "d", "e", "f", "g"].into_iter().all(|key| answer.text(key).is_none()));
    }
}
