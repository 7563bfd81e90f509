//! SSLCommerz v4, the payment gateway, as a plug for `port::gateway`.
//!
//! Credentials travel in query strings here, because the gateway wants it so: therefore no redirect is followed, no
//! address is logged, and no error carries one. It knows no orders; whether a record settles one is not decided here.

mod answer;
mod query;
mod record;
mod session;
mod signature;
mod transport;
mod validation;

use std::time::Duration;

use async_trait::async_trait;
use shared::billing::settlement::GatewayRecord;
use url::Url;

use crate::port::Unknown;
use crate::port::gateway::{Claim, ClaimError, Gateway, NewSession, OpenError, OpenedSession};

use transport::Transport;

/// The store's API password. Never shown, not even by `Debug`.
#[derive(Clone)]
pub struct StorePassword(String);

impl StorePassword {
    /// Takes the password over.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for StorePassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StorePassword(…)")
    }
}

/// Which store at which gateway.
#[derive(Debug, Clone)]
pub struct Config {
    /// `https://securepay.sslcommerz.com`, its sandbox, or a local one.
    pub base_url: Url,
    /// The store's API id; not the login of the merchant panel.
    pub store_id: String,
    /// The store's API password.
    pub store_passwd: StorePassword,
    /// For one question, from connecting to the answer's last byte.
    pub timeout: Duration,
}

/// The gateway of one store.
pub struct SslCommerz {
    transport: Transport,
    store_id: String,
    store_passwd: StorePassword,
}

/// No HTTP client could be built; TLS is not available.
#[derive(Debug, thiserror::Error)]
#[error("no HTTP client for the payment gateway")]
pub struct SetupError(#[source] reqwest::Error);

impl SslCommerz {
    /// Prepares; connects to nothing.
    pub fn new(config: Config) -> Result<Self, SetupError> {
        let transport = Transport::new(config.base_url, config.timeout).map_err(SetupError)?;
        Ok(Self { transport, store_id: config.store_id, store_passwd: config.store_passwd })
    }

    /// What every request says about who asks.
    fn credentials(&self) -> [(&'static str, &str); 2] {
        [("store_id", &self.store_id), ("store_passwd", self.store_passwd.reveal())]
    }
}

#[async_trait]
impl Gateway for SslCommerz {
    fn name(&self) -> &'static str {
        "sslcommerz"
    }

    async fn open_session(&self, session: &NewSession) -> Result<OpenedSession, OpenError> {
        session::open(self, session).await
    }

    fn read_notice(&self, fields: &[(String, String)]) -> Result<Claim, ClaimError> {
        signature::read(fields, &self.store_id, self.store_passwd.reveal())
    }

    async fn validate(&self, val_id: &str) -> Result<Option<GatewayRecord>, Unknown> {
        validation::validate(self, val_id).await
    }

    async fn query(&self, tran_id: &str) -> Result<Vec<GatewayRecord>, Unknown> {
        query::by_transaction(self, tran_id).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: the store's password ends up in a log line.
    #[test]
    fn the_password_is_never_shown() {
        let config = Config {
            base_url: Url::parse("https://gateway.example").unwrap(),
            store_id: "testbox".into(),
            store_passwd: StorePassword::new("qwerty"),
            timeout: Duration::from_secs(1),
        };
        assert!(!format!("{config:?}").contains("qwerty"));
    }
}
