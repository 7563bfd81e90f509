//! Which invoices and credit notes are there? Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::invoices::InvoicePage;
use shared::ids::InvoiceId;

/// A page of at most `limit` documents before `before`, newest first: the caller's account's, or everybody's for an
/// operator.
pub async fn list(app: &App, caller: &Caller, before: Option<InvoiceId>, limit: u32) -> Result<InvoicePage, FlowError> {
    let mut items = app.store.invoices(caller.account_id, before, u64::from(limit) + 1).await?;
    let more = items.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        items.pop();
    }
    let next_cursor = items.last().filter(|_| more).map(|last| last.invoice_id.to_string());
    Ok(InvoicePage { items, next_cursor })
}
