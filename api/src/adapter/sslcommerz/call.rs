//! One call of the gateway: may it be made, how often is it tried, what is remembered and counted of it.
//!
//! Knows nothing of what is asked; whether an answer is usable is read elsewhere.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::SslCommerz;
use super::answer::Answer;
use super::breaker::{Breaker, Pass};
use super::pace::Pace;
use super::transport::{By, Failure, Question, Transport};
use super::tries::Tries;
use crate::metrics::{CallOutcome, GatewayCalls, Operation};
use crate::port::Unknown;

/// What all calls of one gateway share.
pub(super) struct Line {
    pub(super) transport: Transport,
    pub(super) breaker: Breaker,
    pub(super) pace: Arc<dyn Pace>,
    pub(super) metrics: GatewayCalls,
    /// For one call with all its tries.
    pub(super) timeout: Duration,
}

/// A call that may be made.
pub(super) struct Call<'g> {
    gateway: &'g SslCommerz,
    operation: Operation,
    pass: Pass,
    begun: Instant,
    /// Whether the breaker has learned from it.
    learned: AtomicBool,
}

impl<'g> Call<'g> {
    /// `Err` at once, if the gateway has been silent for a while: nothing is asked then.
    pub(super) fn begin(gateway: &'g SslCommerz, operation: Operation) -> Result<Self, Unknown> {
        let line = &gateway.line;
        let begun = line.pace.now();
        match line.breaker.enter(begun) {
            Ok(pass) => Ok(Self { gateway, operation, pass, begun, learned: AtomicBool::new(false) }),
            Err(left) => {
                line.metrics.ended(operation, CallOutcome::ShortCircuited, Duration::ZERO);
                let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
                let what = "the gateway has not answered for a while; it is asked again in";
                Err(Unknown::new(format!("{what} {seconds} s")))
            }
        }
    }

    /// Posts a form, once: what is posted is not said twice.
    pub(super) async fn post(&self, path: &'static str, form: &[(&str, &str)]) -> Result<Answer, Unknown> {
        let fields = [self.gateway.credentials().as_slice(), form].concat();
        self.tried(Tries::one(self.deadline()), &Question { by: By::Form, path, fields }).await
    }

    /// Asks for JSON, if need be more than once: whatever is asked so may be repeated.
    pub(super) async fn get(&self, path: &'static str, asked: &[(&str, &str)]) -> Result<Answer, Unknown> {
        let fields = [asked, &self.gateway.credentials(), &[("v", "1"), ("format", "json")]].concat();
        self.tried(Tries::several(self.deadline()), &Question { by: By::Query, path, fields }).await
    }

    /// Counts how it ended.
    pub(super) fn ended(self, outcome: CallOutcome) {
        let took = self.line().pace.now().saturating_duration_since(self.begun);
        self.line().metrics.ended(self.operation, outcome, took);
    }

    async fn tried(&self, mut tries: Tries, question: &Question<'_>) -> Result<Answer, Unknown> {
        let pace = &*self.line().pace;
        loop {
            let unknown = match self.line().transport.ask(question, tries.patience(pace.now())).await {
                Ok(answer) => {
                    self.learned.store(true, Ordering::Relaxed);
                    self.line().breaker.answered();
                    return Ok(answer);
                }
                Err(Failure::Lasting(unknown)) => return Err(self.unanswered(unknown)),
                Err(Failure::Passing(unknown)) => unknown,
            };
            let Some(pause) = tries.next_pause(pace) else { return Err(self.unanswered(unknown)) };
            tracing::debug!(operation = self.operation.word(), %unknown, "the gateway is asked once more");
            self.line().metrics.retried(self.operation);
            pace.pause(pause).await;
        }
    }

    fn unanswered(&self, unknown: Unknown) -> Unknown {
        self.learned.store(true, Ordering::Relaxed);
        if let Some(cool_down) = self.line().breaker.unanswered(self.pass, self.line().pace.now()) {
            let seconds = cool_down.as_secs();
            tracing::warn!(seconds, %unknown, "the gateway stays silent; it is left alone for a while");
        }
        unknown
    }

    fn deadline(&self) -> Instant {
        self.begun + self.line().timeout
    }

    fn line(&self) -> &'g Line {
        &self.gateway.line
    }
}

impl Drop for Call<'_> {
    /// A payer may close the page while the gateway is asked; some questions are refused before they are asked.
    fn drop(&mut self) {
        if !self.learned.load(Ordering::Relaxed) {
            self.line().breaker.unused(self.pass, self.line().pace.now());
        }
    }
}
