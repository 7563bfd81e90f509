//! What goes wrong on purpose, set in-process or by `POST /sandbox/faults`. Knows no requests.

use std::time::Duration;

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::config::IpnOrder;
use crate::serve::hang_up;

/// How the machine interfaces answer. Whatever was asked has been done by then: only the answer is lost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// As they should.
    #[default]
    Normal,
    /// HTTP 500.
    ServerError,
    /// HTTP 200 with a maintenance page.
    Html,
    /// HTTP 200 with half of the JSON.
    Truncated,
    /// HTTP 302 to an address that denies every payment.
    Redirect,
    /// The connection is closed without an answer.
    HangUp,
}

/// What the gateway thinks of the store.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreState {
    /// In order.
    #[default]
    Active,
    /// Every password is called wrong.
    WrongCredentials,
    /// Switched off.
    Inactive,
}

/// Every fault; the default has none. What a request leaves out is none as well.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// How session init, validation and queries answer.
    pub answer: Answer,
    /// How long they take before they answer.
    pub delay_ms: u64,
    /// What they think of the store.
    pub store: StoreState,
    /// Session init refuses multipart bodies with the credential text, as one integrator saw.
    pub refuse_multipart: bool,
    /// The next charges say this as the amount charged; any text.
    pub charged_amount: Option<String>,
    /// The next charges say this as the amount requested; any text.
    pub requested_amount: Option<String>,
    /// The next charges say this as the currency requested; any text.
    pub requested_currency: Option<String>,
    /// The next charges are marked risky.
    pub risky: bool,
    /// Overrides when notices go out.
    pub ipn: Option<IpnOrder>,
}

impl Faults {
    /// No notices are sent.
    #[must_use]
    pub fn skip_ipn() -> Self {
        Self { ipn: Some(IpnOrder::Never), ..Self::default() }
    }

    /// Gives `body` as the answer, or spoils it.
    pub(super) async fn answer(&self, body: &Value) -> HttpResponse {
        if self.delay_ms > 0 {
            tokio::time::sleep(Duration::from_millis(self.delay_ms)).await;
        }
        match self.answer {
            Answer::Normal => HttpResponse::Ok().json(body),
            Answer::ServerError => HttpResponse::InternalServerError().body("Internal Server Error"),
            Answer::Html => HttpResponse::Ok()
                .content_type("text/html; charset=UTF-8")
                .body("<html><body><h1>We are under maintenance</h1></body></html>"),
            Answer::Truncated => {
                let text = body.to_string();
                let half = text.chars().take(text.chars().count() / 2).collect::<String>();
                HttpResponse::Ok().content_type("application/json").body(half)
            }
            Answer::Redirect => HttpResponse::Found().insert_header(("Location", "/sandbox/elsewhere")).finish(),
            Answer::HangUp => hang_up(),
        }
    }
}
