//! From refusals to problem documents (RFC 9457). Causes go to the log; the client gets what it can act upon.

use crate::flow::FlowError;
use crate::flow::plans::PlanRefusal;
use crate::port::Unknown;
use crate::port::gateway::ClaimError;
use crate::store::StoreError;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError};
use shared::api::problem::{ErrorCode, FieldError, Problem};
use shared::billing::renewal::NotRenewable;
use shared::billing::step::Refusal;

/// A problem on its way out. The request's id is filled in by the middleware that knows it.
#[derive(Debug, Clone)]
pub struct ApiError(pub(super) Box<Problem>);

impl ApiError {
    /// A problem of this kind.
    #[must_use]
    pub fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        let (status, title) = describe(code);
        Self(Box::new(Problem {
            kind: format!("/docs/problems#{}", slug(code)),
            title: title.to_owned(),
            status: status.as_u16(),
            code,
            detail: detail.into(),
            errors: vec![],
            request_id: String::new(),
            retry_after_seconds: None,
        }))
    }

    /// What cannot be read, or breaks a rule, field by field.
    #[must_use]
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = errors.first().map_or_else(String::new, |error| format!("{}: {}", error.pointer, error.detail));
        let mut problem = Self::new(ErrorCode::Invalid, detail);
        problem.0.errors = errors;
        problem
    }

    /// One field that cannot be read, or breaks a rule.
    #[must_use]
    pub fn field(pointer: impl Into<String>, code: &str, detail: impl Into<String>) -> Self {
        Self::invalid(vec![FieldError { pointer: pointer.into(), code: code.to_owned(), detail: detail.into() }])
    }

    /// With how long to wait.
    #[must_use]
    pub fn after(mut self, seconds: u32) -> Self {
        self.0.retry_after_seconds = Some(seconds);
        self
    }

    /// What does not exist, or is not the caller's.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(ErrorCode::NotFound, "There is nothing here for you.")
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.0.title, self.0.detail)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        describe(self.0.code).0
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        response.insert_header((CONTENT_TYPE, "application/problem+json"));
        if let Some(seconds) = self.0.retry_after_seconds {
            response.insert_header((RETRY_AFTER, seconds.to_string()));
        }
        response.body(serde_json::to_vec(&*self.0).unwrap_or_default())
    }
}

/// The name of a code in addresses.
fn slug(code: ErrorCode) -> String {
    serde_json::to_value(code).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

const fn describe(code: ErrorCode) -> (StatusCode, &'static str) {
    match code {
        ErrorCode::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, "A field is missing or breaks a rule"),
        ErrorCode::Unauthenticated => (StatusCode::UNAUTHORIZED, "Nobody is signed in"),
        ErrorCode::WrongCredentials => (StatusCode::UNAUTHORIZED, "E-mail and password do not go together"),
        ErrorCode::LockedOut => (StatusCode::TOO_MANY_REQUESTS, "Too many failed sign-ins"),
        ErrorCode::SessionEnded => (StatusCode::UNAUTHORIZED, "The sign-in has ended"),
        ErrorCode::CsrfMismatch => (StatusCode::FORBIDDEN, "The CSRF token is missing or wrong"),
        ErrorCode::NotFound => (StatusCode::NOT_FOUND, "Not found"),
        ErrorCode::EmailTaken => (StatusCode::CONFLICT, "The e-mail address is taken"),
        ErrorCode::RenewalNotDue => (StatusCode::CONFLICT, "The renewal is not open yet"),
        ErrorCode::QueueFull => (StatusCode::CONFLICT, "As many cycles wait as the plan allows"),
        ErrorCode::OverLimit => (StatusCode::CONFLICT, "The panel holds more than the plan includes"),
        ErrorCode::NoUpgrade => (StatusCode::CONFLICT, "The plan is no upgrade of the running cycle"),
        ErrorCode::TrialUsed => (StatusCode::CONFLICT, "The account has had its trial of this plan"),
        ErrorCode::DraftExists => (StatusCode::CONFLICT, "The plan has a draft already"),
        ErrorCode::VersionFrozen => (StatusCode::CONFLICT, "A published version never changes"),
        ErrorCode::VersionNotPublished => (StatusCode::CONFLICT, "The version is a draft"),
        ErrorCode::PlanArchived => (StatusCode::CONFLICT, "The plan is archived"),
        ErrorCode::EditedMeanwhile => (StatusCode::PRECONDITION_FAILED, "Somebody changed it meanwhile"),
        ErrorCode::IfMatchMissing => (StatusCode::PRECONDITION_REQUIRED, "An If-Match header is needed"),
        ErrorCode::NotACorrection => (StatusCode::CONFLICT, "This would take no usage of the running cycle back"),
        ErrorCode::CycleRunning => (StatusCode::CONFLICT, "The cycle is not over"),
        ErrorCode::Unsealed => (StatusCode::CONFLICT, "The cycle was not sealed"),
        ErrorCode::WrongState => (StatusCode::CONFLICT, "The panel's state does not allow this"),
        ErrorCode::IdempotencyInFlight => (StatusCode::CONFLICT, "This request is still running"),
        ErrorCode::IdempotencyMismatch => (StatusCode::UNPROCESSABLE_ENTITY, "The key was used with another request"),
        ErrorCode::IdempotencyKeyMissing => (StatusCode::BAD_REQUEST, "An Idempotency-Key is needed"),
        ErrorCode::NotRefundable => (StatusCode::CONFLICT, "Nothing of the charge can be sent back now"),
        ErrorCode::SecondPersonNeeded => (StatusCode::CONFLICT, "Another person has to do this"),
        ErrorCode::AlreadyDecided => (StatusCode::CONFLICT, "Somebody has decided about it already"),
        ErrorCode::ReferenceTaken => (StatusCode::CONFLICT, "The reference was used before"),
        ErrorCode::HostUnavailable => (StatusCode::SERVICE_UNAVAILABLE, "The panel's server does not answer"),
        ErrorCode::TooManyCopies => (StatusCode::TOO_MANY_REQUESTS, "There are as many copies as a day allows"),
        ErrorCode::SecondFactorNeeded => (StatusCode::UNAUTHORIZED, "A code of the second factor is needed"),
        ErrorCode::LinkSpent => (StatusCode::GONE, "The link is no longer good"),
        ErrorCode::LastOwner => (StatusCode::CONFLICT, "An account keeps at least one owner"),
        ErrorCode::JobUnderWay => (StatusCode::CONFLICT, "Something else is being done at the panel"),
        ErrorCode::ReconciliationRunning => (StatusCode::CONFLICT, "A comparison is under way"),
        ErrorCode::StillDiffers => (StatusCode::CONFLICT, "The books still do not agree"),
        ErrorCode::GatewayRefused => (StatusCode::BAD_GATEWAY, "The payment gateway refused"),
        ErrorCode::GatewayUnavailable => (StatusCode::SERVICE_UNAVAILABLE, "The payment gateway does not answer"),
        ErrorCode::NoticeRejected => (StatusCode::BAD_REQUEST, "The notice was not signed by the gateway"),
        ErrorCode::RateLimited => (StatusCode::TOO_MANY_REQUESTS, "Too many requests"),
        ErrorCode::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "The body is too large"),
        ErrorCode::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "The method is not allowed here"),
        ErrorCode::PanelClosed => (StatusCode::PAYMENT_REQUIRED, "The panel is closed"),
        ErrorCode::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "The server cannot answer now"),
        ErrorCode::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "The server failed"),
    }
}

impl From<FlowError> for ApiError {
    fn from(error: FlowError) -> Self {
        match error {
            FlowError::NotFound => Self::not_found(),
            FlowError::Invalid(errors) => Self::invalid(errors),
            FlowError::WrongCredentials => Self::new(ErrorCode::WrongCredentials, "Check address and password."),
            FlowError::LockedOut { retry_after_seconds } => {
                Self::new(ErrorCode::LockedOut, "Wait before trying again.").after(retry_after_seconds)
            }
            FlowError::SecondFactorNeeded
            | FlowError::HasSecondFactor
            | FlowError::NoSecondFactor
            | FlowError::LastOwner
            | FlowError::TooManyInvitations
            | FlowError::TooManyPending
            | FlowError::PanelStands
            | FlowError::CycleRunning
            | FlowError::Unsealed
            | FlowError::SecondPersonNeeded
            | FlowError::NotByHand
            | FlowError::ReferenceTaken
            | FlowError::ReconciliationRunning
            | FlowError::StillDiffers
            | FlowError::JobUnderWay
            | FlowError::PersonDecides => not_now(&error),
            FlowError::JustAsked { retry_after_seconds } => {
                Self::new(ErrorCode::RateLimited, "A letter went to that address a moment ago.")
                    .after(retry_after_seconds)
            }
            FlowError::LinkSpent => Self::new(ErrorCode::LinkSpent, "Ask for another letter."),
            FlowError::NoPost => Self::new(ErrorCode::Unavailable, "No mail can be sent from here: write to support."),
            FlowError::SessionEnded => Self::new(ErrorCode::SessionEnded, "Sign in again."),
            FlowError::CsrfMismatch => Self::new(ErrorCode::CsrfMismatch, "Reload the page and try again."),
            FlowError::EmailTaken => Self::new(ErrorCode::EmailTaken, "Sign in instead, or use another address."),
            FlowError::NotRenewable(why) => Self::new(not_renewable(why), format!("{why}.")),
            FlowError::Refused(why) => Self::new(refused(why), format!("{why}.")),
            FlowError::NoUpgrade => Self::new(ErrorCode::NoUpgrade, "Change the plan; it comes with the next cycle."),
            FlowError::TrialUsed => Self::new(ErrorCode::TrialUsed, "Pay for the first cycle instead."),
            FlowError::Plan(why) => Self::new(plan_refusal(why), format!("{why}.")),
            FlowError::NotChangeable(why) => Self::new(ErrorCode::WrongState, format!("{why}.")),
            FlowError::NotRefundable(why) => Self::new(ErrorCode::NotRefundable, format!("{why}.")),
            FlowError::NotHeld | FlowError::AlreadyDecided => {
                Self::new(ErrorCode::AlreadyDecided, "Look at how it stands now.")
            }
            FlowError::HostSilent(unknown) => silent(ErrorCode::HostUnavailable, "the panel's server", &unknown),
            FlowError::TooManyCopies { retry_after_seconds } => {
                Self::new(ErrorCode::TooManyCopies, "The night's copy comes by itself.").after(retry_after_seconds)
            }
            FlowError::GatewayRefused(words) => {
                tracing::warn!(%words, "the gateway refused to open a session");
                Self::new(ErrorCode::GatewayRefused, "The payment gateway refused. Nothing was charged.")
            }
            FlowError::Outside(unknown) => silent(ErrorCode::GatewayUnavailable, "the payment gateway", &unknown),
            FlowError::NoticeRejected(why) => Self::new(ErrorCode::NoticeRejected, rejected(&why)),
            FlowError::InFlight => Self::new(ErrorCode::IdempotencyInFlight, "Wait for its answer.").after(1),
            FlowError::KeyMismatch => Self::new(ErrorCode::IdempotencyMismatch, "Use a new key for a new request."),
            FlowError::Store(error) => in_the_memory(&error),
            FlowError::Replayed(_)
            | FlowError::Money(_)
            | FlowError::Journal(_)
            | FlowError::Print(_)
            | FlowError::Password(_)
            | FlowError::Locked(_)
            | FlowError::ServerUnreadable(_)
            | FlowError::Sign(_) => {
                tracing::error!(%error, "a story failed");
                Self::new(ErrorCode::Internal, "The request_id finds this in the server's log.")
            }
        }
    }
}

/// What people and panels cannot do as they stand, and what has to come first.
fn not_now(error: &FlowError) -> ApiError {
    let (code, first) = match error {
        FlowError::SecondFactorNeeded => {
            (ErrorCode::SecondFactorNeeded, "Sign in again with the code that your phone shows now.")
        }
        FlowError::HasSecondFactor => (ErrorCode::WrongState, "Remove the second factor that you have."),
        FlowError::NoSecondFactor => (ErrorCode::WrongState, "Begin with a second factor first."),
        FlowError::LastOwner => (ErrorCode::LastOwner, "Make somebody else an owner first."),
        FlowError::TooManyInvitations => {
            (ErrorCode::WrongState, "Revoke invitations that nobody follows, or go on tomorrow.")
        }
        FlowError::TooManyPending => {
            (ErrorCode::WrongState, "Pay for a panel that waits, or give one up, before ordering another.")
        }
        FlowError::PanelStands => (ErrorCode::WrongState, "Remove the panel instead of giving it up."),
        FlowError::PersonDecides => (ErrorCode::WrongState, "A payment for it waits for a person to look at it."),
        FlowError::CycleRunning => (ErrorCode::CycleRunning, "Export it once it is over."),
        FlowError::Unsealed => (ErrorCode::Unsealed, "It began before cycles were sealed."),
        FlowError::SecondPersonNeeded => (ErrorCode::SecondPersonNeeded, "Whoever began this may not end it."),
        FlowError::NotByHand => (ErrorCode::WrongState, "It is not paid out by hand."),
        FlowError::ReferenceTaken => (ErrorCode::ReferenceTaken, "Look for the payment that was recorded under it."),
        FlowError::ReconciliationRunning => (ErrorCode::ReconciliationRunning, "Wait until it is done."),
        FlowError::StillDiffers => (ErrorCode::StillDiffers, "The gateway says what it said before."),
        FlowError::JobUnderWay => (ErrorCode::JobUnderWay, "Wait until it is over."),
        _ => (ErrorCode::WrongState, "Look at how it stands now."),
    };
    ApiError::new(code, first)
}

/// The memory did not do what it was asked.
fn in_the_memory(error: &StoreError) -> ApiError {
    if matches!(error, StoreError::Overdrawn) {
        return ApiError::new(ErrorCode::NotRefundable, "The credit was used meanwhile.");
    }
    if error.is_unavailable() {
        tracing::error!(%error, "the database cannot be reached");
        return ApiError::new(ErrorCode::Unavailable, "Nothing is lost: try again shortly.").after(5);
    }
    tracing::error!(%error, "the memory failed");
    ApiError::new(ErrorCode::Internal, "The request_id finds this in the server's log.")
}

/// Something outside did not answer: what was asked is not known to be done.
fn silent(code: ErrorCode, who: &str, unknown: &Unknown) -> ApiError {
    tracing::warn!(%unknown, ?code, "no answer from outside");
    ApiError::new(code, format!("There is no answer from {who}. Nothing is lost: try again shortly.")).after(10)
}

const fn not_renewable(why: NotRenewable) -> ErrorCode {
    match why {
        NotRenewable::TooEarly => ErrorCode::RenewalNotDue,
        NotRenewable::QueueFull => ErrorCode::QueueFull,
        NotRenewable::OverLimit => ErrorCode::OverLimit,
        NotRenewable::Gone => ErrorCode::WrongState,
    }
}

const fn plan_refusal(why: PlanRefusal) -> ErrorCode {
    match why {
        PlanRefusal::DraftExists => ErrorCode::DraftExists,
        PlanRefusal::Frozen => ErrorCode::VersionFrozen,
        PlanRefusal::NotPublished => ErrorCode::VersionNotPublished,
        PlanRefusal::Archived => ErrorCode::PlanArchived,
        PlanRefusal::EditedMeanwhile => ErrorCode::EditedMeanwhile,
    }
}

const fn refused(why: Refusal) -> ErrorCode {
    match why {
        Refusal::WrongState { .. } | Refusal::AlreadyBought | Refusal::CycleOver => ErrorCode::WrongState,
        Refusal::NotACorrection => ErrorCode::NotACorrection,
        Refusal::TooLarge => ErrorCode::Internal,
        Refusal::QueueFull => ErrorCode::QueueFull,
    }
}

/// A forger learns that the notice was turned away, not how near it came.
fn rejected(_: &ClaimError) -> String {
    "The notice was not taken; it is on record.".to_owned()
}

/// The page to which every problem's `type` points.
pub async fn get_problems() -> HttpResponse {
    let rows: String = ErrorCode::ALL
        .iter()
        .map(|code| {
            let (status, title) = describe(*code);
            let slug = slug(*code);
            format!("<tr id=\"{slug}\"><td><code>{slug}</code><td>{}<td>{title}", status.as_u16())
        })
        .collect();
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(format!(
        "<!doctype html><html lang=\"en\"><meta name=\"viewport\" content=\"width=device-width\"><title>Problems</title>\
         <h1>Problems</h1><p>Errors are RFC 9457 problem documents. Their <code>code</code> is stable; their words are not.\
         <table><tr><th>code<th>status<th>meaning{rows}</table></html>"
    ))
}
