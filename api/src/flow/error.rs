//! Why a story ended otherwise.

use super::plans::PlanRefusal;
use crate::keys::password::PasswordError;
use crate::keys::safe::LockedError;
use crate::keys::token::SignError;
use crate::port::Unknown;
use crate::port::gateway::ClaimError;
use crate::port::host::HostError;
use crate::port::printer::PrintError;
use crate::store::{StoreError, StoredAnswer};
use shared::api::problem::FieldError;
use shared::billing::ledger::JournalError;
use shared::billing::plan_change::NotChangeable;
use shared::billing::refund::NotRefundable;
use shared::billing::renewal::NotRenewable;
use shared::billing::step::Refusal;
use shared::billing::terms::TermsError;
use shared::money::MoneyError;

/// Why a story ended otherwise. Every case is one that its caller can tell apart and act upon.
#[derive(Debug, thiserror::Error)]
pub enum FlowError {
    /// It does not exist, or it is not the caller's.
    #[error("not found")]
    NotFound,
    /// Fields break rules.
    #[error("{}", .0.iter().map(|e| format!("{}: {}", e.pointer, e.detail)).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<FieldError>),
    /// E-mail and password do not go together.
    #[error("e-mail and password do not go together")]
    WrongCredentials,
    /// Too many failed sign-ins.
    #[error("too many failed sign-ins; wait {retry_after_seconds} s")]
    LockedOut {
        /// How long to wait.
        retry_after_seconds: u32,
    },
    /// E-mail and password go together; a code of the second factor is missing, or wrong.
    #[error("a code of the second factor is needed")]
    SecondFactorNeeded,
    /// A second factor is in force.
    #[error("there is a second factor already")]
    HasSecondFactor,
    /// There is no second factor.
    #[error("there is no second factor")]
    NoSecondFactor,
    /// Nobody else owns the account.
    #[error("an account keeps at least one owner")]
    LastOwner,
    /// As many were invited as may be.
    #[error("too many invitations")]
    TooManyInvitations,
    /// The address was written to a moment ago.
    #[error("the address was written to a moment ago; wait {retry_after_seconds} s")]
    JustAsked {
        /// How long to wait at most.
        retry_after_seconds: u32,
    },
    /// The link of a letter was used, is too old, or was never given.
    #[error("the link is no longer good")]
    LinkSpent,
    /// It would take a letter, and this deployment sends none.
    #[error("this deployment sends no mail")]
    NoPost,
    /// The sign-in is over.
    #[error("the sign-in has ended")]
    SessionEnded,
    /// The CSRF token is missing or another's.
    #[error("the CSRF token does not belong to the cookie")]
    CsrfMismatch,
    /// The address is taken.
    #[error("an account with this e-mail address exists")]
    EmailTaken,
    /// No renewal now.
    #[error("no renewal now: {0}")]
    NotRenewable(#[from] NotRenewable),
    /// The core refused.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// The gateway refused to open a session.
    #[error("the gateway refused: {0}")]
    GatewayRefused(String),
    /// The outside did not answer.
    #[error("no answer from outside: {0}")]
    Outside(#[from] Unknown),
    /// A notice that was not taken.
    #[error("notice rejected: {0}")]
    NoticeRejected(#[from] ClaimError),
    /// The very same request was answered before.
    #[error("answered before")]
    Replayed(StoredAnswer),
    /// The very same request is running.
    #[error("a request with this key is running")]
    InFlight,
    /// The key was used with another request.
    #[error("this key was used with another request")]
    KeyMismatch,
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A sum could not be made.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// Nothing of it can be sent back.
    #[error("not refunded: {0}")]
    NotRefundable(#[from] NotRefundable),
    /// The charge is not held.
    #[error("the charge is not held")]
    NotHeld,
    /// Another person has to do it.
    #[error("another person has to do this")]
    SecondPersonNeeded,
    /// Somebody has decided about it already.
    #[error("it is decided already")]
    AlreadyDecided,
    /// A gateway pays it out, or nothing is to be paid out.
    #[error("it is not paid out by hand")]
    NotByHand,
    /// The reference was used for another manual payment.
    #[error("the reference was used before")]
    ReferenceTaken,
    /// A comparison is under way.
    #[error("a comparison is under way")]
    ReconciliationRunning,
    /// The books still do not agree.
    #[error("the books still do not agree")]
    StillDiffers,
    /// Entries would not sum to zero.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// That plan is no upgrade of the running cycle: it comes with the next one.
    #[error("that plan comes with the next cycle")]
    NoUpgrade,
    /// A document could not be printed.
    #[error("not printed: {0}")]
    Print(#[from] PrintError),
    /// No change of plan now.
    #[error("no change of plan now: {0}")]
    NotChangeable(#[from] NotChangeable),
    /// The account has had its trial of this plan.
    #[error("the account has had its trial of this plan")]
    TrialUsed,
    /// The plan does not change.
    #[error("the plan does not change: {0}")]
    Plan(#[from] PlanRefusal),
    /// The cycle still runs.
    #[error("the cycle is not over")]
    CycleRunning,
    /// The cycle began before cycles were sealed.
    #[error("the cycle began before cycles were sealed")]
    Unsealed,
    /// A kept secret cannot be opened: the deployment's own secret is another one than when it was kept.
    #[error(transparent)]
    Locked(#[from] LockedError),
    /// What is kept of a server cannot be read.
    #[error("{0}")]
    ServerUnreadable(String),
    /// The panel's server did not answer.
    #[error("no answer from the panel's server: {0}")]
    HostSilent(Unknown),
    /// As many of the account's panels as may be await their first payment.
    #[error("too many panels await their first payment")]
    TooManyPending,
    /// There is something of the panel at a server.
    #[error("there is something of the panel at a server")]
    PanelStands,
    /// A person has still to decide about money for the panel.
    #[error("a person has still to decide about money for the panel")]
    PersonDecides,
    /// Something else is being done at the panel.
    #[error("something else is being done at the panel")]
    JobUnderWay,
    /// Its people have had as many copies as a day allows.
    #[error("too many copies; wait {retry_after_seconds} s")]
    TooManyCopies {
        /// How long to wait.
        retry_after_seconds: u32,
    },
    /// A password could not be hashed.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// A token could not be signed.
    #[error(transparent)]
    Sign(#[from] SignError),
}

/// To a person who waits for a server a no is the same as silence: it is the operator's to mend.
impl From<HostError> for FlowError {
    fn from(error: HostError) -> Self {
        match error {
            HostError::Unknown(unknown) => Self::HostSilent(unknown),
            HostError::Refused(why) => Self::HostSilent(Unknown::new(why)),
        }
    }
}

impl From<TermsError> for FlowError {
    fn from(error: TermsError) -> Self {
        Self::field(&format!("/terms/{}", error.field), "range", error.rule)
    }
}

impl FlowError {
    /// One field that breaks a rule.
    pub(super) fn field(pointer: &str, code: &str, detail: &str) -> Self {
        let (pointer, code, detail) = (pointer.to_owned(), code.to_owned(), detail.to_owned());
        Self::Invalid(vec![FieldError { pointer, code, detail }])
    }
}
