//! One invoice or credit note, as it was issued. Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::auth::Role;
use shared::api::invoices::InvoiceView;
use shared::ids::InvoiceId;

/// The document, if it is the caller's account's, or the caller is an operator.
pub async fn invoice(app: &App, caller: &Caller, id: InvoiceId) -> Result<InvoiceView, FlowError> {
    let view = app.store.invoice(id).await?.ok_or(FlowError::NotFound)?;
    let theirs = caller.role == Role::Operator || caller.account_id == Some(view.account_id);
    if theirs { Ok(view) } else { Err(FlowError::NotFound) }
}
