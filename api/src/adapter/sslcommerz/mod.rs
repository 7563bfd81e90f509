//! SSLCommerz v4, the payment gateway, as a plug for `port::gateway`.
//!
//! Credentials travel in query strings here, because the gateway wants it so: therefore no redirect is followed, no
//! address is logged, and no error carries one. It knows no orders; whether a record settles one is not decided here.

mod answer;
mod breaker;
mod call;
mod pace;
mod query;
mod record;
mod refund;
mod session;
mod session_query;
mod signature;
#[cfg(test)]
mod still_pace;
mod transport;
mod tries;
mod validation;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use shared::billing::settlement::GatewayRecord;
use shared::money::{Currency, Money};
use url::Url;

use crate::metrics::{CallOutcome, Metrics, Operation};
use crate::port::Unknown;
use crate::port::gateway::{
    ChargeLimits, Claim, ClaimError, Gateway, NewRefund, NewSession, OpenError, OpenedSession, RefundAnswer,
    RefundProgress,
};

use breaker::Breaker;
use call::{Call, Line};
use transport::Transport;

pub use breaker::BreakerConfig;
pub use pace::{Pace, SystemPace};

const NAME: &str = "sslcommerz";

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
    /// For one question with all its tries, from connecting to the answer's last byte.
    pub timeout: Duration,
    /// Given as the payer's address if the payer's own is longer than the gateway takes: one that the operator reads.
    /// `None`: `noreply` at the host to which the payer returns.
    pub fallback_email: Option<String>,
    /// When a silent gateway is left alone, and for how long.
    pub breaker: BreakerConfig,
}

/// The gateway of one store.
pub struct SslCommerz {
    line: Line,
    store_id: String,
    store_passwd: StorePassword,
    fallback_email: Option<String>,
}

/// No HTTP client could be built; TLS is not available.
#[derive(Debug, thiserror::Error)]
#[error("no HTTP client for the payment gateway")]
pub struct SetupError(#[source] reqwest::Error);

impl SslCommerz {
    /// Prepares; connects to nothing. Its calls are counted in `metrics`.
    pub fn new(config: Config, pace: Arc<dyn Pace>, metrics: &Metrics) -> Result<Self, SetupError> {
        let line = Line {
            transport: Transport::new(config.base_url, config.timeout).map_err(SetupError)?,
            breaker: Breaker::new(config.breaker),
            pace,
            metrics: metrics.of_gateway(NAME),
            timeout: config.timeout,
        };
        let Config { store_id, store_passwd, fallback_email, .. } = config;
        Ok(Self { line, store_id, store_passwd, fallback_email })
    }

    /// What every request says about who asks.
    fn credentials(&self) -> [(&'static str, &str); 2] {
        [("store_id", &self.store_id), ("store_passwd", self.store_passwd.reveal())]
    }
}

/// An answer that says no more than that there is one.
fn known<T>(told: &Result<T, Unknown>) -> CallOutcome {
    told.as_ref().map_or(CallOutcome::Unknown, |_| CallOutcome::Ok)
}

#[async_trait]
impl Gateway for SslCommerz {
    fn name(&self) -> &'static str {
        NAME
    }

    fn charge_limits(&self, currency: Currency) -> Option<ChargeLimits> {
        let taka = |minor| Money::new(minor, Currency::Bdt);
        // Documented for taka only: 10.00 to 500000.00.
        (currency == Currency::Bdt).then(|| ChargeLimits { least: taka(1_000), most: taka(50_000_000) })
    }

    async fn open_session(&self, session: &NewSession) -> Result<OpenedSession, OpenError> {
        let call = Call::begin(self, Operation::OpenSession)?;
        let scheme = self.line.transport.scheme();
        let told = session::open(&call, session, self.fallback_email.as_deref(), scheme).await;
        call.ended(match &told {
            Ok(_) => CallOutcome::Ok,
            Err(OpenError::Refused(_)) => CallOutcome::Refused,
            Err(OpenError::Unknown(_)) => CallOutcome::Unknown,
        });
        told
    }

    fn read_notice(&self, fields: &[(String, String)]) -> Result<Claim, ClaimError> {
        signature::read(fields, &self.store_id, self.store_passwd.reveal())
    }

    async fn validate(&self, val_id: &str) -> Result<Option<GatewayRecord>, Unknown> {
        let call = Call::begin(self, Operation::Validate)?;
        let told = validation::validate(&call, val_id).await;
        call.ended(known(&told));
        told
    }

    async fn query(&self, tran_id: &str) -> Result<Vec<GatewayRecord>, Unknown> {
        let call = Call::begin(self, Operation::Query)?;
        let told = query::by_transaction(&call, tran_id).await;
        call.ended(known(&told));
        told
    }

    async fn query_session(&self, session_key: &str) -> Result<Option<GatewayRecord>, Unknown> {
        let call = Call::begin(self, Operation::QuerySession)?;
        let told = session_query::by_session(&call, session_key).await;
        call.ended(known(&told));
        told
    }

    async fn refund(&self, refund: &NewRefund) -> Result<RefundAnswer, Unknown> {
        let call = Call::begin(self, Operation::Refund)?;
        let told = refund::refund(&call, refund).await;
        call.ended(match &told {
            Ok(RefundAnswer::Accepted { .. }) => CallOutcome::Ok,
            Ok(RefundAnswer::Refused(_)) => CallOutcome::Refused,
            Err(_) => CallOutcome::Unknown,
        });
        told
    }

    async fn refund_progress(&self, refund_ref_id: &str) -> Result<RefundProgress, Unknown> {
        let call = Call::begin(self, Operation::RefundProgress)?;
        let told = refund::progress(&call, refund_ref_id).await;
        call.ended(known(&told));
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        Config {
            base_url: Url::parse("https://gateway.example").unwrap(),
            store_id: "testbox".into(),
            store_passwd: StorePassword::new("qwerty"),
            timeout: Duration::from_secs(1),
            fallback_email: None,
            breaker: BreakerConfig::default(),
        }
    }

    // Harm prevented: the store's password ends up in a log line.
    #[test]
    fn the_password_is_never_shown() {
        assert!(!format!("{:?}", config()).contains("qwerty"));
    }

    // Harm prevented: a customer is sent to a page that refuses the amount, or is refused one that would be taken.
    #[test]
    fn taka_have_limits_and_other_currencies_none() {
        let gateway = SslCommerz::new(config(), Arc::new(SystemPace), &Metrics::default()).unwrap();
        let limits = gateway.charge_limits(Currency::Bdt).unwrap();
        assert_eq!((limits.least.to_decimal().as_str(), limits.most.to_decimal().as_str()), ("10.00", "500000.00"));
        let others = Currency::ALL.into_iter().filter(|currency| *currency != Currency::Bdt);
        assert!(others.into_iter().all(|currency| gateway.charge_limits(currency).is_none()));
    }
}
