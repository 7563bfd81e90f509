//! What the gateway has on record: sessions and the attempts under them. Knows no HTTP.

use shared::money::{Currency, Money, round_half_even};

use super::channel::Channel;
use super::config::Reuse;
use super::faults::Faults;
use super::ids::Ids;

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Valid,
    Failed,
    Cancelled,
    Unattempted,
    Expired,
}

impl Status {
    /// As posted.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Valid => "VALID",
            Self::Failed => "FAILED",
            Self::Cancelled => "CANCELLED",
            Self::Unattempted => "UNATTEMPTED",
            Self::Expired => "EXPIRED",
        }
    }
}

/// What a shop asked for when it opened a session.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) tran_id: String,
    pub(super) product: String,
    pub(super) requested: Money,
    pub(super) success_url: String,
    pub(super) fail_url: String,
    pub(super) cancel_url: String,
    pub(super) ipn_url: Option<String>,
    /// `value_a` to `value_d`.
    pub(super) values: [String; 4],
}

/// An open or finished payment page.
#[derive(Debug, Clone)]
pub(super) struct Session {
    pub(super) key: String,
    pub(super) request: Request,
    pub(super) opened_at: i64,
    /// No further attempt is possible.
    pub(super) closed: bool,
    pub(super) attempts: Vec<Attempt>,
}

/// One attempt to pay, as it is reported: the amounts are texts, so that odd ones can be rehearsed.
#[derive(Debug, Clone)]
pub(super) struct Attempt {
    pub(super) status: Status,
    pub(super) val_id: String,
    pub(super) bank_tran_id: String,
    pub(super) channel: Option<&'static Channel>,
    pub(super) amount: String,
    pub(super) store_amount: String,
    pub(super) currency_type: String,
    pub(super) currency_amount: String,
    pub(super) currency_rate: String,
    pub(super) risky: bool,
    pub(super) error: String,
    /// When validation was first asked for, once it was.
    pub(super) validated_at: Option<i64>,
}

/// All sessions of the one store, in the order in which they were opened.
pub(super) struct Records {
    pub(super) sessions: Vec<Session>,
    ids: Ids,
}

impl Records {
    pub(super) fn new(seed: u64) -> Self {
        Self { sessions: Vec::new(), ids: Ids::new(seed) }
    }

    /// Opens a session; `None` if the `tran_id` may not be used again.
    pub(super) fn open(&mut self, request: Request, reuse: Reuse, now: i64) -> Option<&Session> {
        let mut used = self.sessions.iter().filter(|s| s.request.tran_id == request.tran_id);
        let refused = match reuse {
            Reuse::Never => used.next().is_some(),
            Reuse::UntilPaid => used.any(Session::paid),
            Reuse::Always => false,
        };
        if refused {
            return None;
        }
        let key = self.ids.session_key();
        self.sessions.push(Session { key, request, opened_at: now, closed: false, attempts: Vec::new() });
        self.sessions.last()
    }

    /// The session of a key.
    pub(super) fn session(&mut self, key: &str) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.key == key)
    }

    /// Ends sessions whose time is over. Nobody is told: shops have to ask.
    pub(super) fn expire(&mut self, now: i64, session_seconds: i64) {
        let over = |s: &&Session| !s.closed && now.saturating_sub(s.opened_at) >= session_seconds;
        let keys: Vec<String> = self.sessions.iter().filter(over).map(|session| session.key.clone()).collect();
        for key in &keys {
            self.attempt(key, Status::Expired, None, "Payment session timed out", now, &Faults::default());
        }
    }

    /// Records an attempt under an open session and gives the session as it is then; `None` if it is closed or unknown.
    pub(super) fn attempt(
        &mut self,
        key: &str,
        status: Status,
        channel: Option<&'static Channel>,
        error: &str,
        now: i64,
        faults: &Faults,
    ) -> Option<Session> {
        let paid = status == Status::Valid;
        let val_id = if paid { self.ids.stamped(now) } else { String::new() };
        let reached_bank = matches!(status, Status::Valid | Status::Failed);
        let bank_tran_id = if reached_bank { self.ids.stamped(now) } else { String::new() };
        let session = self.session(key).filter(|session| !session.closed)?;
        let requested = session.request.requested;
        let charged = converted(requested);
        let or = |text: &Option<String>, usual: String| text.clone().filter(|_| paid).unwrap_or(usual);
        session.attempts.push(Attempt {
            status,
            val_id,
            bank_tran_id,
            channel,
            amount: or(&faults.charged_amount, charged.to_decimal()),
            store_amount: if paid { after_fee(charged).to_decimal() } else { String::new() },
            currency_type: or(&faults.requested_currency, requested.currency.code().into()),
            currency_amount: or(&faults.requested_amount, requested.to_decimal()),
            currency_rate: rate_text(requested.currency),
            risky: paid && faults.risky,
            error: error.into(),
            validated_at: None,
        });
        // A declined card leaves the page usable: the customer may try another one under the same tran_id.
        session.closed = status != Status::Failed;
        Some(session.clone())
    }
}

impl Session {
    fn paid(&self) -> bool {
        self.attempts.iter().any(|attempt| attempt.status == Status::Valid)
    }

    /// What the customer is charged, in taka.
    pub(super) fn charged(&self) -> Money {
        converted(self.request.requested)
    }
}

/// Taka per unit of a currency, in ten-thousandths. Fixed, so that rehearsals repeat.
fn rate(currency: Currency) -> i64 {
    match currency {
        Currency::Bdt => 10_000,
        Currency::Usd => 1_225_000,
        Currency::Eur => 1_420_000,
        Currency::Sgd => 940_000,
        Currency::Inr => 13_800,
        Currency::Myr => 295_000,
    }
}

fn rate_text(currency: Currency) -> String {
    format!("{}.{:04}", rate(currency) / 10_000, rate(currency) % 10_000)
}

fn converted(requested: Money) -> Money {
    let minor = round_half_even(i128::from(requested.minor) * i128::from(rate(requested.currency)), 10_000);
    Money::new(i64::try_from(minor).unwrap_or(i64::MAX), Currency::Bdt)
}

/// What the store receives: 2.5 % less, rounded half up, as seen on the real system.
fn after_fee(charged: Money) -> Money {
    let minor = (i128::from(charged.minor) * 975 + 500).div_euclid(1_000);
    Money::new(i64::try_from(minor).unwrap_or(i64::MAX), Currency::Bdt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_store_receives_what_real_stores_were_seen_to_receive() {
        for (charged, received) in [(1_000, 975), (100, 98), (6_900, 6_728), (10_000, 9_750), (30_000, 29_250)] {
            assert_eq!(after_fee(Money::new(charged, Currency::Bdt)).minor, received);
        }
    }
}
