//! The operator takes part of an invoice back. The invoice stays as it is; the customer has credit.

use super::invoice::invoice;
use super::issue_credit_note::{Note, issue_credit_note};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::claim::{claim, keep_answer};
use crate::flow::operator::operator;
use crate::flow::publish::publish;
use crate::flow::text::text;
use shared::api::invoices::{InvoiceKind, InvoiceView, NewCreditNote};
use shared::ids::InvoiceId;

const REASON_MAX: usize = 500;
const CREATED: u16 = 201;

/// Issues a credit note for lines of an invoice. With the same `key` it is issued once.
pub async fn credit_note(
    app: &App,
    caller: &Caller,
    id: InvoiceId,
    new: &NewCreditNote,
    key: &str,
) -> Result<InvoiceView, FlowError> {
    operator(caller)?;
    let corrected = invoice(app, caller, id).await?;
    if corrected.kind != InvoiceKind::Invoice {
        return Err(FlowError::NotFound);
    }
    let reason = text("/reason", &new.reason, REASON_MAX)?;
    let tx = app.store.begin().await?;
    // The tenant first, as in every story: two credit notes of one invoice follow each other.
    let tenant = tx.tenant(corrected.tenant_id).await?.ok_or(FlowError::NotFound)?;
    let request = format!("credit note {id} {}", serde_json::to_string(new).unwrap_or_default());
    claim(app, &tx, caller, key, &request).await?;
    let now = tenant.time(app.clock.now());
    let wanted = Note { lines: &new.lines, reason, unused: false };
    let note = issue_credit_note(app, &tx, caller, &tenant, &corrected, &wanted, now).await?;
    keep_answer(&tx, caller, key, CREATED, &note).await?;
    publish(app, tx).await?;
    Ok(note)
}
