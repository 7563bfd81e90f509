//! The gateway: what customers truly paid, and what it says of that when it says anything.

use super::latency::Latency;
use crate::seed::Chance;
use async_trait::async_trait;
use hourglass::port::Unknown;
use hourglass::port::gateway::{
    ChargeLimits, Claim, ClaimError, Gateway, NewRefund, NewSession, OpenError, OpenedSession, RefundAnswer,
    RefundProgress,
};
use shared::billing::settlement::{GatewayRecord, Outcome};
use shared::money::{Currency, Money};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A notice, as it is posted.
pub(crate) type Fields = Vec<(String, String)>;

/// What a customer does on the gateway's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Pays.
    Pay,
    /// Pays, and the gateway finds it risky.
    PayOddly,
    /// Pays, and the gateway charges less than was asked.
    PayLess,
    /// Is declined.
    Fail,
    /// Turns back.
    TurnBack,
    /// Lets the session run out.
    Wait,
}

/// A payment session.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// What was asked.
    pub(crate) amount: Money,
    /// When, by the wall clock.
    opened_at: i64,
    /// What was tried, oldest first.
    pub(crate) attempts: Vec<GatewayRecord>,
}

impl Session {
    /// The charges that truly were made.
    pub(crate) fn charges(&self) -> impl Iterator<Item = &GatewayRecord> {
        self.attempts.iter().filter(|it| it.outcome == Outcome::Paid)
    }
}

/// A refund that was asked for.
#[derive(Debug, Clone)]
pub(crate) struct Refund {
    /// How much.
    pub(crate) amount: Money,
    number: usize,
}

/// What the gateway truly knows, and what it has said.
#[derive(Debug, Default)]
pub(crate) struct GatewayTruth {
    /// By our name for the payment.
    pub(crate) sessions: BTreeMap<String, Session>,
    /// Charges that were confirmed to us by name.
    pub(crate) confirmed: BTreeSet<String>,
    /// What we were told of payments that were not paid: our name, and how it ended.
    pub(crate) denied: BTreeSet<(String, &'static str)>,
    /// Sessions that were refused to us.
    pub(crate) refused: BTreeSet<String>,
    /// Refunds that were asked for, by our name.
    pub(crate) refunds: BTreeMap<String, Refund>,
    /// Charges of which only later was said what is kept of them.
    pub(crate) fees_said_late: BTreeSet<String>,
    /// What was sent back, by the gateway's name.
    pub(crate) sent_back: BTreeMap<String, Money>,
    /// Of 100 questions so many get no answer.
    pub(crate) silent_percent: i64,
    /// Of 100 lists so many do not know the last attempt's outcome yet.
    pub(crate) lag_percent: i64,
    charges: u64,
}

/// The gateway of all processes.
#[derive(Debug)]
pub(crate) struct PretendGateway {
    truth: Mutex<GatewayTruth>,
    chance: Mutex<Chance>,
    latency: Arc<Latency>,
    wall: Arc<AtomicI64>,
}

/// Nobody can pay in a session that was opened so long ago, in seconds.
const SESSION: i64 = 3 * 86_400;

/// The word for an outcome, as our payments have it.
const fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Paid => "paid",
        Outcome::Pending => "pending",
        Outcome::Failed => "failed",
        Outcome::Cancelled => "cancelled",
        Outcome::Expired => "expired",
    }
}

impl PretendGateway {
    /// With a chance of its own for what goes wrong.
    pub(crate) fn new(chance: Chance, latency: Arc<Latency>, wall: Arc<AtomicI64>) -> Self {
        Self { truth: Mutex::default(), chance: Mutex::new(chance), latency, wall }
    }

    /// The truth.
    pub(crate) fn truth(&self) -> MutexGuard<'_, GatewayTruth> {
        self.truth.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn draw(&self, percent: i64) -> bool {
        self.chance.lock().unwrap_or_else(PoisonError::into_inner).percent(percent)
    }

    async fn travel(&self) -> Result<(), Unknown> {
        let lost = self.draw(self.truth().silent_percent);
        self.latency.wait().await;
        if lost { Err(Unknown::new("no answer")) } else { Ok(()) }
    }

    /// A customer acts in a session. Gives the notice of it, signed.
    pub(crate) fn act(&self, tran_id: &str, act: Act) -> Option<Fields> {
        let mut truth = self.truth();
        let number = truth.charges;
        truth.charges += 1;
        let session = truth.sessions.get_mut(tran_id)?;
        if session.opened_at + SESSION < self.wall.load(Ordering::SeqCst) {
            return None;
        }
        let outcome = match act {
            Act::Pay | Act::PayOddly | Act::PayLess => Outcome::Paid,
            Act::Fail => Outcome::Failed,
            Act::TurnBack => Outcome::Cancelled,
            Act::Wait => Outcome::Expired,
        };
        let charged = if act == Act::PayLess { session.amount.minor / 2 } else { session.amount.minor };
        let val_id = (outcome == Outcome::Paid).then(|| format!("val{number}"));
        session.attempts.push(GatewayRecord {
            tran_id: tran_id.to_owned(),
            val_id: val_id.clone(),
            outcome,
            requested: Some(session.amount),
            charged: Some(Money::new(charged, session.amount.currency)),
            // What it keeps it mostly says.
            fee: (!number.is_multiple_of(4)).then(|| Money::new(charged / 40, session.amount.currency)),
            risky: act == Act::PayOddly,
            bank_tran_id: None,
            method: Some("PRETEND".to_owned()),
        });
        Some(notice(tran_id, val_id.as_deref().unwrap_or_default(), word(outcome)))
    }

    /// Says at last what it keeps of a charge of which it had not said so, while anybody still asks. Gives the charge.
    pub(crate) fn say_fee(&self, chance: &mut Chance) -> Option<String> {
        let truth = &mut *self.truth();
        let lately = self.wall.load(Ordering::SeqCst) - SESSION;
        let sessions = truth.sessions.values_mut().filter(|it| it.opened_at >= lately);
        let all = sessions.flat_map(|it| &mut it.attempts);
        let mut silent: Vec<&mut GatewayRecord> = all.filter(|it| it.val_id.is_some() && it.fee.is_none()).collect();
        let at = silent.len().checked_sub(1).map(|last| chance.below(last + 1))?;
        let record = silent.get_mut(at)?;
        record.fee = record.charged.map(|it| Money::new(it.minor / 40, it.currency));
        truth.fees_said_late.extend(record.val_id.clone());
        record.val_id.clone()
    }
}

/// A signed notice.
fn notice(tran_id: &str, val_id: &str, status: &str) -> Fields {
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let sign = signature(tran_id, val_id, status);
    vec![field("tran_id", tran_id), field("val_id", val_id), field("status", status), field("sign", &sign)]
}

fn signature(tran_id: &str, val_id: &str, status: &str) -> String {
    format!("{tran_id}/{val_id}/{status} by the gateway")
}

/// A notice that somebody made up.
pub(crate) fn forged(tran_id: &str) -> Fields {
    let mut fields = notice(tran_id, "val0", "paid");
    if let Some((_, sign)) = fields.last_mut() {
        "by somebody".clone_into(sign);
    }
    fields
}

/// Whether somebody made it up.
pub(crate) fn is_forged(fields: &Fields) -> bool {
    let [tran_id, val_id, status, sign] = ["tran_id", "val_id", "status", "sign"].map(|name| value(fields, name));
    sign != signature(tran_id, val_id, status)
}

/// The value of a field.
pub(crate) fn value<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

#[async_trait]
impl Gateway for PretendGateway {
    fn name(&self) -> &'static str {
        "pretend"
    }

    fn charge_limits(&self, currency: Currency) -> Option<ChargeLimits> {
        let [least, most] = [1_000, 50_000_000].map(|minor| Money::new(minor, currency));
        Some(ChargeLimits { least, most })
    }

    async fn query_session(&self, session_key: &str) -> Result<Option<GatewayRecord>, Unknown> {
        Ok(self.query(session_key).await?.pop())
    }

    async fn refund(&self, refund: &NewRefund) -> Result<RefundAnswer, Unknown> {
        let lost = self.travel().await.is_err();
        let mut truth = self.truth();
        let number = truth.refunds.len();
        // What arrives is done, whether the answer comes back or not.
        let known = truth.refunds.entry(refund.refund_name.clone()).or_insert(Refund { amount: refund.amount, number });
        let refund_ref_id = format!("ref{}", known.number);
        let refuses = known.number % 11 == 5;
        match (lost, refuses) {
            (true, _) => Err(Unknown::new("no answer")),
            (false, true) => Ok(RefundAnswer::Refused("it was too long ago".to_owned())),
            (false, false) => Ok(RefundAnswer::Accepted { refund_ref_id }),
        }
    }

    async fn refund_progress(&self, refund_ref_id: &str) -> Result<RefundProgress, Unknown> {
        let lost = self.travel().await.is_err();
        let works = self.draw(50) || self.truth().silent_percent == 0;
        let mut truth = self.truth();
        let found = truth.refunds.values().find(|it| format!("ref{}", it.number) == refund_ref_id).cloned();
        let refund = found.ok_or_else(|| Unknown::new("no such refund"))?;
        // It goes about its work whether its answer comes back or not.
        let cancels = refund.number % 7 == 6;
        if works && !cancels {
            truth.sent_back.insert(refund_ref_id.to_owned(), refund.amount);
        }
        if lost {
            return Err(Unknown::new("no answer"));
        }
        // Every seventh comes to nothing.
        if cancels {
            return Ok(RefundProgress::Cancelled("the bank would not".to_owned()));
        }
        let sent = truth.sent_back.contains_key(refund_ref_id);
        Ok(if sent { RefundProgress::Refunded } else { RefundProgress::Processing })
    }

    async fn open_session(&self, session: &NewSession) -> Result<OpenedSession, OpenError> {
        let refuses = self.draw(self.truth().silent_percent / 4);
        let arrives = self.draw(50);
        let answer = self.travel().await;
        if refuses && answer.is_ok() {
            self.truth().refused.insert(session.tran_id.clone());
            return Err(OpenError::Refused("not today".to_owned()));
        }
        if answer.is_ok() || arrives {
            let opened_at = self.wall.load(Ordering::SeqCst);
            let opened = Session { amount: session.amount, opened_at, attempts: vec![] };
            let before = self.truth().sessions.insert(session.tran_id.clone(), opened);
            assert!(before.is_none(), "a name for a payment was used twice: {}", session.tran_id);
        }
        answer?;
        let page_url = format!("https://pay.example.com/{}", session.tran_id);
        Ok(OpenedSession { session_key: session.tran_id.clone(), page_url })
    }

    fn read_notice(&self, fields: &[(String, String)]) -> Result<Claim, ClaimError> {
        let fields = fields.to_vec();
        let [tran_id, val_id, status, sign] =
            ["tran_id", "val_id", "status", "sign"].map(|name| value(&fields, name).to_owned());
        if sign != signature(&tran_id, &val_id, &status) {
            return Err(ClaimError::Signature);
        }
        Ok(Claim { tran_id, val_id: Some(val_id).filter(|it| !it.is_empty()), status })
    }

    async fn validate(&self, val_id: &str) -> Result<Option<GatewayRecord>, Unknown> {
        self.travel().await?;
        let mut truth = self.truth();
        let all = truth.sessions.values().flat_map(|it| &it.attempts);
        let record = all.into_iter().find(|it| it.val_id.as_deref() == Some(val_id)).cloned();
        if record.is_some() {
            truth.confirmed.insert(val_id.to_owned());
        }
        Ok(record)
    }

    async fn query(&self, tran_id: &str) -> Result<Vec<GatewayRecord>, Unknown> {
        let lags = self.draw(self.truth().lag_percent);
        self.travel().await?;
        let mut truth = self.truth();
        let mut known = truth.sessions.get(tran_id).map(|it| it.attempts.clone()).unwrap_or_default();
        if let Some(last) = known.last_mut().filter(|_| lags) {
            last.outcome = Outcome::Pending;
            last.val_id = None;
        }
        if let Some(last) = known.last() {
            truth.denied.insert((tran_id.to_owned(), word(last.outcome)));
        }
        Ok(known)
    }
}
