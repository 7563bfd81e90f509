//! An invoice or a credit note as a PDF file. Reads only: printed anew each time, and always the same.

use super::invoice::invoice;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::auth::Language;
use shared::ids::InvoiceId;

/// A file to keep.
pub struct Printed {
    /// What to call it: `INV-2026-27-000042.pdf`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Prints a document in a language.
pub async fn print(app: &App, caller: &Caller, id: InvoiceId, language: Language) -> Result<Printed, FlowError> {
    let view = invoice(app, caller, id).await?;
    let bytes = app.printer.print(&view, language).await?;
    Ok(Printed { name: format!("{}.pdf", view.number), bytes })
}
