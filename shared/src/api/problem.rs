//! What an answer says when it is not the one that was asked for: RFC 9457 problem documents.

use serde::{Deserialize, Serialize};

/// Every kind of refusal that the API gives. Stable: clients branch on these, not on texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ErrorCode {
    /// The request cannot be read, or a field breaks a rule; `errors` says which.
    Invalid,
    /// Nobody is signed in, or the access token has expired: refresh, then repeat.
    Unauthenticated,
    /// E-mail and password do not go together.
    WrongCredentials,
    /// E-mail and password go together, and a code of the second factor is asked for, or the one that was sent is wrong: sign in
    /// again with `code`.
    SecondFactorNeeded,
    /// The link of a letter was used, or is too old: ask for another.
    LinkSpent,
    /// An account keeps at least one owner.
    LastOwner,
    /// Too many failed sign-ins: wait as long as `Retry-After` says.
    LockedOut,
    /// The sign-in has ended, or its refresh token was used twice: sign in again.
    SessionEnded,
    /// The request did not carry the CSRF token that belongs to the cookie.
    CsrfMismatch,
    /// It does not exist, or it is not yours.
    NotFound,
    /// An account with this e-mail address exists.
    EmailTaken,
    /// The renewal is not open yet.
    RenewalNotDue,
    /// As many cycles wait as the plan allows.
    QueueFull,
    /// The panel holds more than the plan includes, and the plan renews no such panel while it is open: hold less, change to a
    /// larger plan, or renew once it has closed.
    OverLimit,
    /// The panel's present state does not allow this.
    WrongState,
    /// The plan is no upgrade of the running cycle: it comes with the next one.
    NoUpgrade,
    /// The account has had its trial of this plan.
    TrialUsed,
    /// The plan has a draft already: edit that.
    DraftExists,
    /// The version is published, and frozen: draft the next one.
    VersionFrozen,
    /// The version is a draft: publish it first.
    VersionNotPublished,
    /// The plan is archived: it changes no more.
    PlanArchived,
    /// Somebody changed it since it was read: read it again.
    EditedMeanwhile,
    /// An `If-Match` header with the ETag of what was read is needed here.
    IfMatchMissing,
    /// The correction would take no usage of the running cycle back.
    NotACorrection,
    /// The cycle still runs: it can be exported once it is over.
    CycleRunning,
    /// The cycle began before cycles were sealed: there is no proof of it.
    Unsealed,
    /// A request with this `Idempotency-Key` is still running.
    IdempotencyInFlight,
    /// This `Idempotency-Key` was used with another request.
    IdempotencyMismatch,
    /// An `Idempotency-Key` header is needed here.
    IdempotencyKeyMissing,
    /// Nothing of the charge can be sent back now; `detail` says why.
    NotRefundable,
    /// Whoever began this may not end it: another person has to.
    SecondPersonNeeded,
    /// Somebody has decided about it already.
    AlreadyDecided,
    /// The reference was used for another manual payment.
    ReferenceTaken,
    /// A comparison with the gateways' books is under way.
    ReconciliationRunning,
    /// The books still do not agree.
    StillDiffers,
    /// The payment gateway refused to open a session.
    GatewayRefused,
    /// The payment gateway does not answer. Nothing was charged.
    GatewayUnavailable,
    /// A payment notice that the gateway did not sign.
    NoticeRejected,
    /// Too many requests: wait as long as `Retry-After` says.
    RateLimited,
    /// The body is larger than allowed here.
    TooLarge,
    /// The method is not allowed on this address.
    MethodNotAllowed,
    /// The panel at this address is closed; `X-Panel-State` says how it stands.
    PanelClosed,
    /// The server cannot answer now: try again.
    Unavailable,
    /// The panel's server does not answer. Nothing was changed.
    HostUnavailable,
    /// Something else is being done at the panel: wait until it is over.
    JobUnderWay,
    /// Its people have had as many copies of the panel as a day allows: wait as long as `Retry-After` says.
    TooManyCopies,
    /// A fault of the server; `request_id` finds it in the log.
    Internal,
}

impl ErrorCode {
    /// Every code there is, for the page that explains them.
    pub const ALL: [Self; 47] = [
        Self::Invalid,
        Self::Unauthenticated,
        Self::WrongCredentials,
        Self::SecondFactorNeeded,
        Self::LinkSpent,
        Self::LastOwner,
        Self::LockedOut,
        Self::SessionEnded,
        Self::CsrfMismatch,
        Self::NotFound,
        Self::EmailTaken,
        Self::RenewalNotDue,
        Self::QueueFull,
        Self::OverLimit,
        Self::WrongState,
        Self::NoUpgrade,
        Self::TrialUsed,
        Self::DraftExists,
        Self::VersionFrozen,
        Self::VersionNotPublished,
        Self::PlanArchived,
        Self::EditedMeanwhile,
        Self::IfMatchMissing,
        Self::NotACorrection,
        Self::CycleRunning,
        Self::Unsealed,
        Self::IdempotencyInFlight,
        Self::IdempotencyMismatch,
        Self::IdempotencyKeyMissing,
        Self::NotRefundable,
        Self::SecondPersonNeeded,
        Self::AlreadyDecided,
        Self::ReferenceTaken,
        Self::ReconciliationRunning,
        Self::StillDiffers,
        Self::GatewayRefused,
        Self::GatewayUnavailable,
        Self::NoticeRejected,
        Self::RateLimited,
        Self::TooLarge,
        Self::MethodNotAllowed,
        Self::PanelClosed,
        Self::Unavailable,
        Self::HostUnavailable,
        Self::JobUnderWay,
        Self::TooManyCopies,
        Self::Internal,
    ];
}

/// One field at fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// JSON pointer into the request body: `/email`.
    pub pointer: String,
    /// The rule that it breaks, in snake case: `too_short`.
    pub code: String,
    /// The rule in words.
    pub detail: String,
}

/// An RFC 9457 problem document, sent as `application/problem+json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A URI that names the kind of problem: `/docs/problems#not_found`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind of problem, in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The kind of problem, for programs.
    pub code: ErrorCode,
    /// This occurrence, in words. Never holds a secret.
    pub detail: String,
    /// The fields at fault; empty unless `code` is `invalid`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// Finds this request in the server's log.
    pub request_id: String,
    /// Seconds to wait, where waiting helps; also in `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u32>,
}
