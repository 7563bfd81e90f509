//! The printer: invoices and credit notes as files to keep. Knows no format's maker, no store and no language but ours.

use async_trait::async_trait;
use shared::api::auth::Language;
use shared::api::invoices::InvoiceView;

/// The document could not be set: it holds what cannot be written (a date that is none), or the printer itself is
/// broken. The document stays issued and nothing may be concluded about it; the same input would fail again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PrintError(pub String);

impl PrintError {
    /// Says what went wrong. Must hold nothing of the document: it is logged.
    pub fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

/// Prints documents.
#[async_trait]
pub trait InvoicePrinter: Send + Sync {
    /// The document as the bytes of a PDF file. `Ok` holds every line, party and total of `invoice`, in `language`; names
    /// and addresses stand there literally, whatever they contain, and are never obeyed. The same document in the same
    /// language gives the same bytes, by whichever process and whenever, as long as the program is the same.
    /// Reads nothing but its arguments, keeps nothing, and does not hold up the caller's thread. Repeat at will.
    async fn print(&self, invoice: &InvoiceView, language: Language) -> Result<Vec<u8>, PrintError>;
}
