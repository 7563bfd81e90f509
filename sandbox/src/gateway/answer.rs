//! Answering the shop, in JSON or XML, or spoiling the answer. Knows no operation from the inside.

use std::time::Duration;

use actix_web::HttpResponse;
use serde_json::Value;

use super::faults::{Answer, Faults, Operation};
use super::form::Form;
use super::page::escape;
use crate::serve::hang_up;

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Xml,
}

impl Format {
    /// As the question's `format` says; JSON if it says nothing that is known.
    pub(super) fn of(form: &Form) -> Self {
        let wanted = form.get("format").unwrap_or_default();
        if wanted.eq_ignore_ascii_case("xml") { Self::Xml } else { Self::Json }
    }

    fn write(self, body: &Value) -> (&'static str, String) {
        match self {
            Self::Json => ("application/json", body.to_string()),
            Self::Xml => ("application/xml; charset=UTF-8", xml(body)),
        }
    }
}

/// Gives `body` as the answer, or spoils it.
pub(super) async fn give(faults: &Faults, operation: Operation, format: Format, body: &Value) -> HttpResponse {
    let meant = faults.concern(operation);
    if meant && faults.delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(faults.delay_ms)).await;
    }
    let (kind, text) = format.write(body);
    match if meant { faults.answer } else { Answer::Normal } {
        Answer::Normal => HttpResponse::Ok().content_type(kind).body(text),
        Answer::ServerError => HttpResponse::InternalServerError().body("Internal Server Error"),
        Answer::Html => HttpResponse::Ok()
            .content_type("text/html; charset=UTF-8")
            .body("<html><body><h1>We are under maintenance</h1></body></html>"),
        Answer::Truncated => {
            let half = text.chars().take(text.chars().count() / 2).collect::<String>();
            HttpResponse::Ok().content_type(kind).body(half)
        }
        Answer::Redirect => HttpResponse::Found().insert_header(("Location", "/sandbox/elsewhere")).finish(),
        Answer::HangUp => hang_up(),
    }
}

/// The names of the elements are a guess: nobody publishes them. Lists repeat their own name.
fn xml(body: &Value) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned();
    element(&mut text, "response", body);
    text
}

fn element(text: &mut String, name: &str, value: &Value) {
    let inside = match value {
        Value::Array(items) => {
            items.iter().for_each(|item| element(text, name, item));
            return;
        }
        Value::Object(pairs) => {
            let mut inside = String::new();
            pairs.iter().for_each(|(name, value)| element(&mut inside, name, value));
            inside
        }
        Value::String(plain) => escape(plain),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    };
    text.push_str(&format!("<{name}>{inside}</{name}>"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    // Harm prevented: what a shop put into value_a becomes an element of its own in the answer about money.
    #[test]
    fn xml_says_what_json_says() {
        let body = json!({ "APIConnect": "DONE", "element": [{ "a": "<b>&" }, { "a": 1 }], "none": [] });
        let expected = "<response><APIConnect>DONE</APIConnect><element><a>&lt;b&gt;&amp;</a></element>\
                        <element><a>1</a></element></response>";
        assert_eq!(xml(&body).strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"), Some(expected));
    }

    // Harm prevented: a fault that was meant for refunds keeps every session from opening.
    #[test]
    fn a_fault_may_concern_some_operations_only() {
        let all = Faults::default();
        assert!(all.concern(Operation::Init) && all.concern(Operation::RefundQuery));
        let some = Faults { only: Some(vec![Operation::Refund]), ..Faults::default() };
        assert!(some.concern(Operation::Refund) && !some.concern(Operation::Init));
    }
}
