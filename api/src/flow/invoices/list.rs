//! Which invoices and credit notes are there? Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::page::{cut, one_more};
use shared::api::invoices::InvoicePage;
use shared::ids::InvoiceId;

/// A page of at most `limit` documents before `before`, newest first: the caller's account's, or everybody's for an
/// operator.
pub async fn list(app: &App, caller: &Caller, before: Option<InvoiceId>, limit: u32) -> Result<InvoicePage, FlowError> {
    let mut items = app.store.invoices(caller.account_id, before, one_more(limit)).await?;
    let next_cursor = cut(&mut items, limit, |last| last.invoice_id);
    Ok(InvoicePage { items, next_cursor })
}
