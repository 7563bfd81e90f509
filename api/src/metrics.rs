//! What is counted while Hourglass runs, and the page of it that Prometheus reads.
//!
//! A label is one of a few words fixed in the code: there is no way to write an address, an id or a secret into one. Knows
//! no HTTP, and no meaning of what it counts.

use std::sync::Arc;
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

/// The type of the page that [`Metrics::render`] writes.
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper bounds in seconds: an answer from next door, one from across the sea, one that somebody gave up waiting for.
const SECONDS: [f64; 9] = [0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// What was asked of a payment gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Opening a session.
    OpenSession,
    /// A charge, by the gateway's name.
    Validate,
    /// All attempts of a payment.
    Query,
    /// One session.
    QuerySession,
    /// Sending money back.
    Refund,
    /// How far a refund is.
    RefundProgress,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CallOutcome {
    /// An answer that can be relied upon.
    Ok,
    /// The gateway will not.
    Refused,
    /// No answer, or none that can be relied upon.
    Unknown,
    /// Nothing was asked: the gateway has been silent for a while.
    ShortCircuited,
}

impl Operation {
    /// The word on the page.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OpenSession => "open_session",
            Self::Validate => "validate",
            Self::Query => "query",
            Self::QuerySession => "query_session",
            Self::Refund => "refund",
            Self::RefundProgress => "refund_progress",
        }
    }
}

impl CallOutcome {
    /// The word on the page.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::ShortCircuited => "short_circuited",
        }
    }
}

impl EncodeLabelValue for Operation {
    fn encode(&self, encoder: &mut LabelValueEncoder) -> Result<(), std::fmt::Error> {
        self.word().encode(encoder)
    }
}

impl EncodeLabelValue for CallOutcome {
    fn encode(&self, encoder: &mut LabelValueEncoder) -> Result<(), std::fmt::Error> {
        self.word().encode(encoder)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    gateway: &'static str,
    operation: Operation,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Ended {
    gateway: &'static str,
    operation: Operation,
    outcome: CallOutcome,
}

/// The calls of one gateway, counted. Copies count into the same numbers.
#[derive(Clone)]
pub struct GatewayCalls {
    gateway: &'static str,
    calls: Family<Ended, Counter>,
    retries: Family<Asked, Counter>,
    seconds: Family<Ended, Histogram, fn() -> Histogram>,
}

impl GatewayCalls {
    /// One call ended so, after `took` with all its tries.
    pub fn ended(&self, operation: Operation, outcome: CallOutcome, took: Duration) {
        let labels = Ended { gateway: self.gateway, operation, outcome };
        self.calls.get_or_create(&labels).inc();
        // Calls that asked nothing took no time; among the others they would make a silent gateway look quick.
        if outcome != CallOutcome::ShortCircuited {
            self.seconds.get_or_create(&labels).observe(took.as_secs_f64());
        }
    }

    /// One call was tried once more.
    pub fn retried(&self, operation: Operation) {
        self.retries.get_or_create(&Asked { gateway: self.gateway, operation }).inc();
    }

    /// How many calls ended so.
    #[must_use]
    pub fn count(&self, operation: Operation, outcome: CallOutcome) -> u64 {
        self.calls.get_or_create(&Ended { gateway: self.gateway, operation, outcome }).get()
    }

    /// How many further tries there were.
    #[must_use]
    pub fn retries(&self, operation: Operation) -> u64 {
        self.retries.get_or_create(&Asked { gateway: self.gateway, operation }).get()
    }
}

/// Everything that one process counts. Copies are handles of the same numbers.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    calls: GatewayCalls,
}

impl Default for Metrics {
    fn default() -> Self {
        let seconds: fn() -> Histogram = || Histogram::new(SECONDS);
        let calls = GatewayCalls {
            gateway: "",
            calls: Family::default(),
            retries: Family::default(),
            seconds: Family::new_with_constructor(seconds),
        };
        let mut registry = Registry::with_prefix("hourglass");
        registry.register("gateway_calls", "Calls of a payment gateway, by how they ended", calls.calls.clone());
        registry.register("gateway_retries", "Further tries within calls", calls.retries.clone());
        let help = "How long calls took, with all their tries";
        registry.register_with_unit("gateway_call", help, Unit::Seconds, calls.seconds.clone());
        Self { registry: Arc::new(registry), calls }
    }
}

impl Metrics {
    /// Counts the calls of the gateway with this short name.
    #[must_use]
    pub fn of_gateway(&self, name: &'static str) -> GatewayCalls {
        GatewayCalls { gateway: name, ..self.calls.clone() }
    }

    /// The page: `OpenMetrics` text, of [`CONTENT_TYPE`].
    #[must_use]
    pub fn render(&self) -> String {
        let mut page = String::new();
        // Writing into a string cannot fail.
        let _ = encode(&mut page, &self.registry);
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: an outage of the gateway shows on no graph, because calls are counted under another name or not at all.
    #[test]
    fn the_page_tells_calls_tries_and_seconds() {
        let metrics = Metrics::default();
        let calls = metrics.of_gateway("sslcommerz");
        calls.ended(Operation::Validate, CallOutcome::Ok, Duration::from_millis(300));
        calls.ended(Operation::Validate, CallOutcome::Ok, Duration::from_millis(20));
        calls.ended(Operation::Refund, CallOutcome::ShortCircuited, Duration::ZERO);
        calls.retried(Operation::Query);
        let page = metrics.render();
        for line in [
            r#"hourglass_gateway_calls_total{gateway="sslcommerz",operation="validate",outcome="ok"} 2"#,
            r#"hourglass_gateway_calls_total{gateway="sslcommerz",operation="refund",outcome="short_circuited"} 1"#,
            r#"hourglass_gateway_retries_total{gateway="sslcommerz",operation="query"} 1"#,
            r#"hourglass_gateway_call_seconds_count{gateway="sslcommerz",operation="validate",outcome="ok"} 2"#,
            r#"hourglass_gateway_call_seconds_bucket{le="0.05",gateway="sslcommerz",operation="validate",outcome="ok"} 1"#,
        ] {
            assert!(page.lines().any(|told| told == line), "{line}\n{page}");
        }
        assert!(!page.contains(r#"call_seconds_count{gateway="sslcommerz",operation="refund""#), "{page}");
        assert!(page.ends_with("# EOF\n"));
    }
}
