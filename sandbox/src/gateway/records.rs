//! What the gateway has on record: sessions, the attempts under them, and refunds. Knows no HTTP.

use shared::money::{Currency, Money};

use super::channel::Channel;
use super::config::Reuse;
use super::faults::Faults;
use super::ids::Ids;
use super::rates;
use super::refunds::{Initiated, Refunds, Wanted};

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
    /// The ways to pay that the page offers; never none.
    pub(super) channels: Vec<&'static Channel>,
}

/// An open or finished payment page.
#[derive(Debug, Clone)]
pub(super) struct Session {
    pub(super) key: String,
    /// Another name of it, which addresses of channels carry.
    pub(super) ssl_id: String,
    pub(super) request: Request,
    pub(super) opened_at: i64,
    /// No ordinary attempt is possible any more.
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
    /// What was charged in truth; nothing if it was not paid.
    pub(super) charged: Money,
    /// What the store receives of that.
    pub(super) received: Money,
    /// When validation was first asked for, once it was.
    pub(super) validated_at: Option<i64>,
}

/// In what state a session must be for an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// The page is open.
    Open,
    /// The page is over, and was never paid.
    Over,
    /// The page was paid.
    Paid,
}

/// An attempt that is about to be made.
pub(super) struct Deed<'d> {
    pub(super) status: Status,
    pub(super) when: When,
    /// Whether a way to pay was chosen, and which; an unknown one is the first that is offered.
    pub(super) channel: Option<&'d str>,
    pub(super) error: &'d str,
}

/// All sessions and refunds of the one store, in the order in which they were opened.
pub(super) struct Records {
    pub(super) sessions: Vec<Session>,
    pub(super) refunds: Refunds,
    ids: Ids,
}

impl Records {
    pub(super) fn new(seed: u64) -> Self {
        Self { sessions: Vec::new(), refunds: Refunds::default(), ids: Ids::new(seed) }
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
        let (key, ssl_id) = (self.ids.session_key(), self.ids.stamped(now));
        self.sessions.push(Session { key, ssl_id, request, opened_at: now, closed: false, attempts: Vec::new() });
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
        let deed =
            Deed { status: Status::Expired, when: When::Open, channel: None, error: "Payment session timed out" };
        for key in &keys {
            self.attempt(key, &deed, now, &Faults::default());
        }
    }

    /// Records an attempt and gives the session as it is then; `None` if the session is unknown or not in that state.
    pub(super) fn attempt(&mut self, key: &str, deed: &Deed<'_>, now: i64, faults: &Faults) -> Option<Session> {
        let paid = deed.status == Status::Valid;
        let val_id = if paid { self.ids.stamped(now) } else { String::new() };
        let reached_bank = matches!(deed.status, Status::Valid | Status::Failed);
        let bank_tran_id = if reached_bank { self.ids.stamped(now) } else { String::new() };
        let session = self.session(key).filter(|session| session.takes(deed.when))?;
        let requested = session.request.requested;
        let usual = rates::converted(requested);
        let other = faults.charged_amount.as_deref().filter(|_| paid);
        let charged = other.and_then(|text| Money::from_decimal(text, Currency::Bdt).ok()).unwrap_or(usual);
        let received = rates::after_fee(charged);
        let text = |amount: Money| rates::text(amount, faults.trimmed_amounts);
        let or = |text: &Option<String>, usual: String| text.clone().filter(|_| paid).unwrap_or(usual);
        let none = Money::zero(Currency::Bdt);
        let attempt = Attempt {
            status: deed.status,
            val_id,
            bank_tran_id,
            channel: deed.channel.and_then(|chosen| session.channel(chosen)),
            amount: or(&faults.charged_amount, text(usual)),
            store_amount: if paid { text(received) } else { String::new() },
            currency_type: or(&faults.requested_currency, requested.currency.code().into()),
            currency_amount: or(&faults.requested_amount, text(requested)),
            currency_rate: rates::rate_text(requested.currency),
            risky: paid && faults.risky,
            error: deed.error.into(),
            charged: if paid { charged } else { none },
            received: if paid { received } else { none },
            validated_at: None,
        };
        session.attempts.push(attempt);
        // A declined card leaves the page usable: the customer may try another one under the same tran_id.
        session.closed |= deed.status != Status::Failed;
        Some(session.clone())
    }

    /// Takes a shop's wish for a refund; `None` if there is no such charge.
    pub(super) fn refund(&mut self, wanted: &Wanted<'_>, now: i64) -> Option<Initiated> {
        let charges = self.sessions.iter().flat_map(|session| session.attempts.iter().map(move |it| (session, it)));
        let (session, attempt) = charges
            .filter(|(_, attempt)| attempt.status == Status::Valid)
            .find(|(_, attempt)| attempt.bank_tran_id == wanted.bank_tran_id)?;
        let charge = (session.request.tran_id.as_str(), attempt.charged);
        let ids = &mut self.ids;
        Some(self.refunds.initiate(wanted, charge, || ids.refund_ref(), now))
    }
}

impl Session {
    /// Whether it was paid at least once.
    pub(super) fn paid(&self) -> bool {
        self.attempts.iter().any(|attempt| attempt.status == Status::Valid)
    }

    /// What the customer is charged, in taka.
    pub(super) fn charged(&self) -> Money {
        rates::converted(self.request.requested)
    }

    /// The attempt that says how the session stands: the latest charge if there is one, else the latest attempt.
    pub(super) fn decisive(&self) -> Option<&Attempt> {
        let charge = self.attempts.iter().rev().find(|attempt| attempt.status == Status::Valid);
        charge.or(self.attempts.last())
    }

    fn takes(&self, when: When) -> bool {
        match when {
            When::Open => !self.closed,
            When::Over => self.closed && !self.paid(),
            When::Paid => self.paid(),
        }
    }

    fn channel(&self, key: &str) -> Option<&'static Channel> {
        let offered = &self.request.channels;
        offered.iter().find(|channel| channel.key == key).or(offered.first()).copied()
    }
}
