//! What is in a job's way: a code for its panel's people, words for the operator. Decides nothing.

use crate::flow::FlowError;
use crate::port::Unknown;
use crate::port::host::HostError;
use crate::store::StoreError;
use shared::api::jobs::{JobKind, JobTrouble};

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    /// For everybody.
    pub(super) code: JobTrouble,
    /// In the words of whoever said so: for operators.
    pub(super) words: String,
}

/// Why a step did not come to its end.
#[derive(Debug)]
pub(super) enum Hindered {
    /// Nothing is known: it may or may not have been done.
    Unknown(Trouble),
    /// Nothing was done, and asking again does not help.
    Refused(Trouble),
    /// Our own memory failed: nothing can be written down either.
    Store(StoreError),
}

impl Trouble {
    pub(super) fn new(code: JobTrouble, words: impl Into<String>) -> Self {
        Self { code, words: words.into() }
    }
}

impl Hindered {
    pub(super) fn unknown(code: JobTrouble, words: impl Into<String>) -> Self {
        Self::Unknown(Trouble::new(code, words))
    }

    pub(super) fn refused(code: JobTrouble, words: impl Into<String>) -> Self {
        Self::Refused(Trouble::new(code, words))
    }
}

impl From<Unknown> for Hindered {
    fn from(unknown: Unknown) -> Self {
        Self::unknown(JobTrouble::HostSilent, unknown.to_string())
    }
}

impl From<HostError> for Hindered {
    fn from(error: HostError) -> Self {
        match error {
            HostError::Unknown(unknown) => unknown.into(),
            HostError::Refused(why) => Self::refused(JobTrouble::HostRefused, why),
        }
    }
}

impl From<StoreError> for Hindered {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<FlowError> for Hindered {
    fn from(error: FlowError) -> Self {
        match error {
            FlowError::Store(error) => Self::Store(error),
            // Somebody has to mend it; it is tried as long as anybody waits.
            other => Self::unknown(JobTrouble::Internal, other.to_string()),
        }
    }
}

/// Why a panel could not be set up, in words for its people; none of them is the host's.
pub(super) fn reason(code: JobTrouble, minutes: i64) -> String {
    match code {
        JobTrouble::NoRoom => "There is no room for another panel now.".to_owned(),
        JobTrouble::NameTaken => "The panel's address is in use at its server.".to_owned(),
        JobTrouble::NotUp | JobTrouble::HostSilent | JobTrouble::TooLate => {
            format!("The host did not bring the panel up within {minutes} minutes.")
        }
        JobTrouble::HostRefused | JobTrouble::CopySpoilt | JobTrouble::CopyGone => {
            "The panel's server could not set it up.".to_owned()
        }
        JobTrouble::Internal => "The panel could not be set up by a fault of ours.".to_owned(),
    }
}

/// Nobody waits any longer: what was in the way last is for the operator.
pub(super) fn too_late(kind: JobKind, last: &Trouble) -> Trouble {
    Trouble::new(JobTrouble::TooLate, format!("{}: nobody waits any longer; last: {}", kind.name(), last.words))
}
