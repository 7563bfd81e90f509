//! What went wrong, in the reader's language.

use crate::format::{fixed, wait};
use crate::i18n::Lang;
use shared::api::problem::{ErrorCode, FieldError, Problem};

/// Why an answer is not the one that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The server was not reached.
    Offline,
    /// The server was reached, perhaps, but did not answer in time.
    Slow,
    /// The answer is in no known shape.
    Unreadable,
    /// The server refused, and says why.
    Refused(Box<Problem>),
}

impl Failure {
    /// The kind of refusal, if it is one.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            Self::Offline | Self::Slow | Self::Unreadable => None,
        }
    }

    /// What to quote when asking for help.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Refused(problem) => Some(&problem.request_id),
            Self::Offline | Self::Slow | Self::Unreadable => None,
        }
    }

    /// The fields at fault.
    #[must_use]
    pub fn fields(&self) -> &[FieldError] {
        match self {
            Self::Refused(problem) => &problem.errors,
            Self::Offline | Self::Slow | Self::Unreadable => &[],
        }
    }

    /// Whether the server has decided, so that the next try is another request. What is not answered, or still under way, is
    /// asked for again under the same `Idempotency-Key`.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        !matches!(self, Self::Offline | Self::Slow | Self::Unreadable)
            && self.code() != Some(ErrorCode::IdempotencyInFlight)
    }

    /// In words.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::Offline => lang.trouble_offline().to_owned(),
            Self::Slow => lang.trouble_slow().to_owned(),
            Self::Unreadable => lang.trouble_unreadable().to_owned(),
            Self::Refused(problem) => problem_words(lang, problem),
        }
    }
}

fn problem_words(lang: Lang, problem: &Problem) -> String {
    let seconds = problem.retry_after_seconds.unwrap_or(60);
    match problem.code {
        ErrorCode::Invalid => match problem.errors.as_slice() {
            [fault] => return field_words(lang, fault),
            _ => lang.err_invalid(),
        },
        ErrorCode::Unauthenticated => lang.err_unauthenticated(),
        ErrorCode::WrongCredentials => lang.err_wrong_credentials(),
        ErrorCode::LockedOut => return wait(lang, seconds, Lang::locked_one, Lang::locked_many),
        ErrorCode::SessionEnded => lang.err_session_ended(),
        ErrorCode::CsrfMismatch => lang.err_csrf(),
        ErrorCode::NotFound | ErrorCode::MethodNotAllowed => lang.err_not_found(),
        ErrorCode::EmailTaken => lang.err_email_taken(),
        ErrorCode::RenewalNotDue => lang.err_renewal_not_due(),
        ErrorCode::QueueFull => lang.err_queue_full(),
        ErrorCode::OverLimit => lang.err_over_limit(),
        ErrorCode::WrongState => lang.err_wrong_state(),
        ErrorCode::TrialUsed => lang.err_trial_used(),
        ErrorCode::NoUpgrade => lang.err_no_upgrade(),
        ErrorCode::NotACorrection => lang.err_not_a_correction(),
        ErrorCode::CycleRunning => lang.err_cycle_running(),
        ErrorCode::Unsealed => lang.err_unsealed(),
        // Acts that these pages do not offer.
        ErrorCode::DraftExists
        | ErrorCode::VersionFrozen
        | ErrorCode::VersionNotPublished
        | ErrorCode::PlanArchived
        | ErrorCode::EditedMeanwhile
        | ErrorCode::IfMatchMissing
        | ErrorCode::SecondPersonNeeded
        | ErrorCode::AlreadyDecided
        | ErrorCode::ReferenceTaken
        | ErrorCode::ReconciliationRunning
        | ErrorCode::StillDiffers => lang.err_wrong_state(),
        ErrorCode::NotRefundable => lang.err_nothing_back(),
        ErrorCode::SecondFactorNeeded => lang.err_second_factor(),
        ErrorCode::LinkSpent => lang.err_link_spent(),
        ErrorCode::LastOwner => lang.err_last_owner(),
        ErrorCode::JobUnderWay => lang.err_job(),
        ErrorCode::TooManyCopies => lang.err_too_many_copies(),
        ErrorCode::HostUnavailable => lang.trouble_host(),
        ErrorCode::IdempotencyInFlight => lang.err_in_flight(),
        ErrorCode::IdempotencyMismatch | ErrorCode::IdempotencyKeyMissing => lang.err_repeat(),
        ErrorCode::GatewayRefused => lang.err_gateway_refused(),
        ErrorCode::GatewayUnavailable => lang.err_gateway_unavailable(),
        ErrorCode::RateLimited => return wait(lang, seconds, Lang::err_rate_one, Lang::err_rate_many),
        ErrorCode::TooLarge => lang.err_too_large(),
        // Said at panels' own addresses only.
        ErrorCode::PanelClosed | ErrorCode::Unavailable => lang.err_unavailable(),
        ErrorCode::NoticeRejected | ErrorCode::Internal => lang.err_internal(),
    }
    .to_owned()
}

/// The same where an order that was never paid could not be taken back.
#[must_use]
pub fn undiscarded(failure: &Failure, lang: Lang) -> String {
    match failure.code() {
        Some(ErrorCode::WrongState) => lang.discard_refused().to_owned(),
        _ => failure.words(lang),
    }
}

/// A field's fault in words; unknown rules are told as the server words them.
#[must_use]
pub fn field_words(lang: Lang, fault: &FieldError) -> String {
    // A secret is refused for its form when it is new, and for not being the one otherwise.
    match (fault.pointer.as_str(), fault.code.as_str()) {
        ("/password" | "/current", "wrong") => return lang.wrong_password().to_owned(),
        ("/code", _) => return lang.err_second_factor().to_owned(),
        _ => (),
    }
    // Each of these fields has one rule.
    let words: fn(Lang) -> &'static str = match fault.pointer.as_str() {
        "/name" => Lang::name_length,
        "/email" => Lang::bad_email,
        "/password" | "/new" => Lang::password_length,
        "/address" => Lang::address_length,
        "/bin" => Lang::bin_digits,
        "/zone" => Lang::zone_unknown,
        "/subdomain" => Lang::address_refused,
        "/plan_id" => Lang::plan_gone,
        "/message" => Lang::suspend_length,
        _ => return lang.field_wrong(&fault.detail),
    };
    fixed(words(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: ErrorCode) -> Failure {
        Failure::Refused(Box::new(Problem {
            kind: String::new(),
            title: String::new(),
            status: 409,
            code,
            detail: String::new(),
            errors: Vec::new(),
            request_id: String::new(),
            retry_after_seconds: None,
        }))
    }

    // Harm prevented: an answer is lost on its way, the button is pressed again, and the same thing is ordered twice.
    #[test]
    fn what_nobody_answered_is_the_same_request_once_more() {
        for open in [Failure::Offline, Failure::Slow, refused(ErrorCode::IdempotencyInFlight)] {
            assert!(!open.is_decided(), "{open:?}");
        }
        for decided in [refused(ErrorCode::WrongState), refused(ErrorCode::GatewayUnavailable)] {
            assert!(decided.is_decided(), "{decided:?}");
        }
    }

    // Harm prevented: whoever cannot discard a panel is told that its state is the newest, and not what they wait for.
    #[test]
    fn what_keeps_a_panel_from_being_discarded_is_said() {
        assert_eq!(undiscarded(&refused(ErrorCode::WrongState), Lang::En), Lang::En.discard_refused());
        let under_way = refused(ErrorCode::JobUnderWay);
        assert_eq!(undiscarded(&under_way, Lang::Bn), under_way.words(Lang::Bn));
        assert_eq!(undiscarded(&Failure::Offline, Lang::En), Lang::En.trouble_offline());
    }

    #[test]
    fn known_faults_are_translated_and_unknown_ones_are_not_hidden() {
        let fault = |pointer: &str, code: &str| FieldError {
            pointer: pointer.to_owned(),
            code: code.to_owned(),
            detail: "must rhyme".to_owned(),
        };
        assert_eq!(field_words(Lang::En, &fault("/password", "length")), Lang::En.password_length());
        assert_eq!(field_words(Lang::En, &fault("/password", "wrong")), Lang::En.wrong_password());
        assert_eq!(field_words(Lang::Bn, &fault("/email", "format")), Lang::Bn.bad_email());
        assert_eq!(field_words(Lang::En, &fault("/poem", "unrhymed")), "This is not accepted: must rhyme");
    }
}
