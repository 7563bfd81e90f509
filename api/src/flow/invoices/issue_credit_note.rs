//! A credit note is issued, in the transaction of its caller: the invoice stays as it is, the customer has credit.

use super::issue_invoice::{Subject, blank};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::audit::new_audit;
use crate::flow::auth::Caller;
use crate::store::{Fact, NewAudit, NewInvoice, NewJournal, OutboxRow, TenantRecord, Tx};
use shared::api::history::NoticeKind;
use shared::api::invoices::{CreditNoteLine, InvoiceKind, InvoiceView, LineView};
use shared::billing::effect::Effect;
use shared::billing::ledger::credit_note_issued;
use shared::billing::order::{is_postpaid, totals};
use shared::billing::vat::{RefundError, Taxed, refund_part};
use shared::ids::{EffectId, JournalId};
use shared::money::Money;
use shared::time::Timestamp;

/// What is taken back of an invoice, and why.
pub(in crate::flow) struct Note<'a> {
    pub(in crate::flow) lines: &'a [CreditNoteLine],
    pub(in crate::flow) reason: &'a str,
    /// Whether nothing was used of the cycle that was paid beforehand, and never will be.
    pub(in crate::flow) unused: bool,
}

/// Issues the note, of a locked tenant's invoice. `now` is by the account's clock.
pub(in crate::flow) async fn issue_credit_note(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    tenant: &TenantRecord,
    corrected: &InvoiceView,
    note: &Note<'_>,
    now: Timestamp,
) -> Result<InvoiceView, FlowError> {
    let before = tx.credit_notes(corrected.invoice_id).await?;
    let lines = taken_back(corrected, &before, note.lines)?;
    let account = tx.account(corrected.account_id).await?.ok_or(FlowError::NotFound)?;
    let subject = Subject { tenant, account: &account };
    let new = blank(app, tx, &subject, InvoiceKind::CreditNote, &lines, now).await?;
    let (corrects, why) = (Some(corrected.number.clone()), Some(note.reason.to_owned()));
    let view = InvoiceView { corrects, reason: why, ..new.view };
    let new = NewInvoice { corrects: Some(corrected.invoice_id), view, ..new };
    tx.insert_invoice(&new).await?;
    let unused_net = if note.unused { beforehand(corrected)? } else { Money::zero(corrected.net.currency) };
    book(app, tx, caller, &new.view, unused_net, now).await?;
    Ok(new.view)
}

/// The lines of the note: of each as much as is asked for, never more than earlier notes left.
fn taken_back(
    corrected: &InvoiceView,
    before: &[InvoiceView],
    asked: &[CreditNoteLine],
) -> Result<Vec<LineView>, FlowError> {
    if asked.is_empty() {
        return Err(FlowError::field("/lines", "required", "must name at least one line"));
    }
    let mut lines: Vec<LineView> = vec![];
    for (index, wanted) in asked.iter().enumerate() {
        let at = |rule: &str| FlowError::field(&format!("/lines/{index}"), "range", rule);
        let named = lines.iter().any(|line| line.position == wanted.position);
        let line = corrected.lines.iter().find(|line| line.position == wanted.position && !named);
        let line = line.ok_or_else(|| at("must be a line of the invoice, named once"))?;
        let earlier = before.iter().flat_map(|note| &note.lines).filter(|line| line.position == wanted.position);
        let so_far = Money::sum(line.gross.currency, earlier.map(|line| line.gross))?;
        let whole = Taxed { net: line.net, tax: line.tax, gross: line.gross };
        let part = refund_part(whole, so_far, Money::new(wanted.gross_minor, line.gross.currency));
        let Taxed { net, tax, gross } = part.map_err(|error| match error {
            RefundError::Money(error) => error.into(),
            RefundError::Negative | RefundError::TooMuch | RefundError::Line => at("must be at most what is left"),
        })?;
        if gross.minor < 1 {
            return Err(at("must be at least 1 minor unit"));
        }
        lines.push(LineView { net, tax, gross, unit_price: None, ..line.clone() });
    }
    Ok(lines)
}

/// What an invoice asked for beforehand, without VAT. All of it was waiting to be earned, also what earlier notes took back:
/// those took it from revenue, which gets it back now.
pub(in crate::flow) fn beforehand(invoice: &InvoiceView) -> Result<Money, FlowError> {
    let lines: Vec<LineView> = invoice.lines.iter().filter(|line| !is_postpaid(&line.what)).cloned().collect();
    Ok(totals(&lines, invoice.net.currency)?.net)
}

async fn book(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    note: &InvoiceView,
    unused_net: Money,
    now: Timestamp,
) -> Result<(), FlowError> {
    let InvoiceView { tenant_id, account_id, invoice_id, .. } = *note;
    let journal = NewJournal {
        id: JournalId::new(app.ids.uuid()),
        fact: Fact::CreditNoteIssued(invoice_id),
        at: now,
        tenant_id,
        account_id,
        journal: credit_note_issued(note.net, note.tax, unused_net)?,
    };
    tx.insert_journal(&journal).await?;
    tx.insert_audit(&NewAudit {
        tenant_id: Some(tenant_id),
        account_id: Some(account_id),
        from: note.corrects.clone(),
        to: Some(note.number.clone()),
        why: note.reason.clone(),
        ..new_audit(app, caller.actor(), "credit_note_issued", now)
    })
    .await?;
    let notice = OutboxRow {
        id: EffectId::new(app.ids.uuid()),
        tenant_id,
        account_id,
        effect: Effect::Notify { notice: NoticeKind::CreditNoteIssued, value: None },
        at: now,
        attempts: 0,
    };
    tx.insert_effect(&notice, app.wall.now()).await?;
    Ok(())
}
