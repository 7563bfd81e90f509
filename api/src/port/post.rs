//! The post: who takes letters, and brings them to people.
//!
//! The contract:
//!
//! - `Ok` means that the post has taken the letter, and answers for it from then on. It is not sent again.
//! - `Refused` means that it will not take this letter, today or tomorrow: the address is nobody's, or the letter is too large.
//! - `Unknown` means anything else: no line, no answer, "later", "not from you", or a line that broke after the letter was handed over.
//!   The letter may have been taken. It is sent again under the same name, by which a reader's mailbox can tell that it is the same.

use super::Unknown;
use async_trait::async_trait;
use shared::ids::LetterId;
use shared::time::Timestamp;

/// A letter, written out.
#[derive(Clone)]
pub struct Mail {
    /// Its name, the same at every try.
    pub id: LetterId,
    /// When it was written, which is its date.
    pub at: Timestamp,
    /// The one address that it goes to.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The letter as plain text.
    pub text: String,
    /// The same as HTML: a whole document that fetches nothing.
    pub html: String,
    /// The language of both, as HTML and mail name it.
    pub language: &'static str,
}

/// Why a letter was not taken, or is not known to be.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// It will not be taken, however often it is tried.
    #[error("refused: {0}")]
    Refused(String),
    /// Nobody knows.
    #[error(transparent)]
    Unknown(#[from] Unknown),
}

/// Who takes letters.
#[async_trait]
pub trait Post: Send + Sync {
    /// Hands a letter over. Ends within half a minute, whatever the outside does.
    async fn send(&self, mail: &Mail) -> Result<(), PostError>;
}
