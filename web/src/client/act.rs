//! What a person asks of a panel, and its address. Knows no request.

/// What a person asks of a panel without saying more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Begin a trial.
    StartTrial,
    /// Start a stopped panel.
    Start,
    /// Stop a running one.
    Stop,
    /// Try again to set it up.
    Retry,
    /// Have the money back of what never came up.
    Refund,
    /// Operators: open it again.
    Resume,
}

impl Act {
    pub(super) const fn verb(self) -> &'static str {
        match self {
            Self::StartTrial => "trial",
            Self::Start => "start",
            Self::Stop => "stop",
            Self::Retry => "retry",
            Self::Refund => "refund",
            Self::Resume => "resume",
        }
    }
}
