//! Odoo's JSON-RPC envelope: one address for all services and methods, and errors told apart by a class name.
//!
//! The answer's HTTP status is 200 whatever happened; `error.code` is 200 up to version 18 and 0 from 19 on; `error.message` is
//! what the vendor of the build chose. Only `error.data.name` says what went wrong.

use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::line::{Answer, Line, Patience, send, up_to};
use crate::port::Unknown;
use crate::port::host::{HostError, ServerAccess};

/// Why a call brought no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nothing is known.
    Silent(Unknown),
    /// There is nobody at that address: the service is gone from this version, or a proxy keeps it to itself.
    Absent,
    /// The server's own error.
    Said {
        /// The class: `odoo.exceptions.AccessDenied`.
        name: String,
        /// The text, in whichever language.
        message: String,
    },
}

impl Fault {
    /// A word of the server's that opens nothing: name, password or list are closed to us.
    pub(super) fn is_denied(&self) -> bool {
        matches!(self, Self::Said { name, .. } if name.ends_with("AccessDenied"))
    }

    /// A definite no in words, or nothing.
    pub(super) fn told(self, what: &str) -> HostError {
        match self {
            Self::Silent(unknown) => unknown.into(),
            Self::Absent => HostError::Refused(format!("{what}: the server does not offer this")),
            Self::Said { name, .. } if name.ends_with("AccessDenied") => HostError::Refused(format!(
                "{what}: the server refuses what we sign in with, or keeps its list of databases closed"
            )),
            // The class alone: the text may repeat what we sent.
            Self::Said { name, .. } => HostError::Refused(format!("{what}: the server says {}", class(&name))),
        }
    }
}

/// The class name without what does not belong in one.
fn class(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_')).take(80).collect()
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    result: Option<Value>,
    error: Option<Failure>,
}

#[derive(Deserialize)]
struct Failure {
    data: Option<Data>,
}

#[derive(Deserialize)]
struct Data {
    #[serde(default)]
    name: String,
    #[serde(default)]
    message: String,
}

/// Calls a method of a service. `/jsonrpc` looks at no host name: whichever database is meant stands among `args`.
pub(super) async fn call(
    line: &Line,
    access: &ServerAccess,
    (service, method): (&str, &str),
    args: &Value,
    patience: Patience,
) -> Result<Value, Fault> {
    let params = json!({ "service": service, "method": method, "args": args });
    envelope(line, access, "/jsonrpc", None, &params, patience).await
}

/// As [`call`], for an answer that may be long; `None` if it is longer than `bytes_max`.
pub(super) async fn call_large(
    line: &Line,
    access: &ServerAccess,
    (service, method): (&str, &str),
    args: &Value,
    bytes_max: u64,
) -> Result<Option<Value>, Fault> {
    let params = json!({ "service": service, "method": method, "args": args });
    let body = json!({ "jsonrpc": "2.0", "method": "call", "id": 1, "params": params });
    let request = line.post(&access.url, "/jsonrpc", Patience::Work).json(&body);
    let response = send(request).await.map_err(Fault::Silent)?;
    match up_to(response, bytes_max).await.map_err(Fault::Silent)? {
        Some(answer) => read(&answer).map(Some),
        None => Ok(None),
    }
}

/// Posts `params` to an address that takes the same envelope.
pub(super) async fn envelope(
    line: &Line,
    access: &ServerAccess,
    path: &str,
    name: Option<&str>,
    params: &Value,
    patience: Patience,
) -> Result<Value, Fault> {
    let body = json!({ "jsonrpc": "2.0", "method": "call", "id": 1, "params": params });
    let answer = line.ask(&access.url, path, name, &body, patience).await.map_err(Fault::Silent)?;
    read(&answer)
}

fn read(answer: &Answer) -> Result<Value, Fault> {
    match answer.status {
        StatusCode::OK => {}
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::FORBIDDEN | StatusCode::GONE => {
            return Err(Fault::Absent);
        }
        status => return Err(Fault::Silent(Unknown::new(format!("the server answered {}", status.as_u16())))),
    }
    let unreadable = || Fault::Silent(Unknown::new("the server's answer cannot be read"));
    let envelope: Envelope = serde_json::from_slice(&answer.body).map_err(|_| unreadable())?;
    match envelope {
        Envelope { error: Some(Failure { data: Some(Data { name, message }) }), .. } if !name.is_empty() => {
            Err(Fault::Said { name, message })
        }
        Envelope { error: Some(_), .. } => Err(unreadable()),
        Envelope { result, error: None } => Ok(result.unwrap_or(Value::Null)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(status: u16, body: &str) -> Result<Value, Fault> {
        read(&Answer { status: StatusCode::from_u16(status).unwrap(), body: body.into() })
    }

    // Harm prevented: a version that numbers its errors otherwise, or calls them otherwise, is misunderstood.
    #[test]
    fn errors_are_told_by_their_class_and_not_by_their_code() {
        for code in [200, 0, 100] {
            for message in ["Odoo Server Error", "Serveur en erreur"] {
                let data = json!({ "name": "odoo.exceptions.AccessDenied", "message": "Access Denied", "debug": "…" });
                let body =
                    json!({ "jsonrpc": "2.0", "id": 1, "error": { "code": code, "message": message, "data": data } });
                assert!(told(200, &body.to_string()).unwrap_err().is_denied());
            }
        }
        assert_eq!(told(200, r#"{"jsonrpc":"2.0","id":1,"result":false}"#), Ok(Value::Bool(false)));
        assert_eq!(told(200, r#"{"jsonrpc":"2.0","id":1,"result":null}"#), Ok(Value::Null));
    }

    // Harm prevented: a page, half an answer or a proxy's word is read as the server's no.
    #[test]
    fn what_cannot_be_read_says_nothing() {
        let unreadable = [(200, "<html>"), (200, "{"), (200, r#"{"error":{"code":200}}"#), (502, ""), (500, "{}")];
        for (status, body) in unreadable {
            assert!(matches!(told(status, body), Err(Fault::Silent(_))), "{status} {body}");
        }
        assert_eq!(told(404, "<html>"), Err(Fault::Absent));
    }

    // Harm prevented: what we sign in with is shown to an operator, because the server repeats it.
    #[test]
    fn the_words_of_a_refusal_hold_no_text_of_the_servers() {
        let said = Fault::Said { name: "builtins.ValueError".into(), message: "password 'hunter2' is odd".into() };
        assert_eq!(said.told("copying"), HostError::Refused("copying: the server says builtins.ValueError".into()));
    }
}
