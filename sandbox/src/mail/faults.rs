//! What the mailbox does wrong when it is told to.

use serde::{Deserialize, Serialize};

/// One thing that goes wrong with every letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// The reader's address is refused for good: 550 5.1.1.
    RefuseAddress {
        /// Only this one; every one if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        address: Option<String>,
    },
    /// The letter is refused for good once it was read: 552 5.3.4.
    RefuseLetter,
    /// The sender is refused for good: 550 5.7.1.
    RefuseSender,
    /// The sender may write to nobody elsewhere, which is said of the reader's address: 554 5.7.1.
    RefuseRelay,
    /// The reader's address is refused for now: 451.
    Later,
    /// The letter is taken and kept, and the line is cut instead of an answer.
    DropAfterData,
    /// The line is cut at once.
    HangUp,
    /// Lines are taken, and nothing is ever said.
    Silent,
}
