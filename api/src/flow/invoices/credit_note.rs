//! The operator takes part of an invoice back. The invoice stays as it is; the customer has credit.

use super::invoice::invoice;
use super::issue_invoice::{Subject, blank};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::claim::claim;
use crate::flow::publish::publish;
use crate::store::{Fact, NewAudit, NewInvoice, NewJournal, OutboxRow, StoredAnswer, Tx};
use shared::api::auth::Role;
use shared::api::history::NoticeKind;
use shared::api::invoices::{CreditNoteLine, InvoiceKind, InvoiceView, LineView, NewCreditNote};
use shared::billing::effect::Effect;
use shared::billing::ledger::credit_note_issued;
use shared::billing::vat::{RefundError, Taxed, refund_part};
use shared::ids::{AuditId, EffectId, InvoiceId, JournalId};
use shared::money::Money;
use shared::time::Timestamp;

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
    let corrected = invoice(app, caller, id).await?;
    if caller.role != Role::Operator || corrected.kind != InvoiceKind::Invoice {
        return Err(FlowError::NotFound);
    }
    let reason = new.reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_MAX {
        return Err(FlowError::field("/reason", "length", "must be 1 to 500 characters"));
    }
    let tx = app.store.begin().await?;
    // The tenant first, as in every story: two credit notes of one invoice follow each other.
    let tenant = tx.tenant(corrected.tenant_id).await?.ok_or(FlowError::NotFound)?;
    let request = format!("credit note {id} {}", serde_json::to_string(new).unwrap_or_default());
    claim(app, &tx, caller, key, &request).await?;
    let before = tx.credit_notes(id).await?;
    let lines = taken_back(&corrected, &before, &new.lines)?;
    let account = tx.account(corrected.account_id).await?.ok_or(FlowError::NotFound)?;
    let now = tenant.time(app.clock.now());
    let subject = Subject { tenant: &tenant, account: &account };
    let note = blank(app, &tx, &subject, InvoiceKind::CreditNote, &lines, now).await?;
    let (corrects, why) = (Some(corrected.number.clone()), Some(reason.to_owned()));
    let view = InvoiceView { corrects, reason: why, ..note.view };
    let note = NewInvoice { corrects: Some(id), view, ..note };
    tx.insert_invoice(&note).await?;
    book(app, &tx, caller, &note.view, now).await?;
    let body = serde_json::to_string(&note.view).unwrap_or_default();
    tx.answer_idempotent(caller.user_id, key, &StoredAnswer { status: CREATED, body }).await?;
    publish(app, tx).await?;
    Ok(note.view)
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

async fn book(app: &App, tx: &Tx, caller: &Caller, note: &InvoiceView, now: Timestamp) -> Result<(), FlowError> {
    let InvoiceView { tenant_id, account_id, invoice_id, .. } = *note;
    let journal = NewJournal {
        id: JournalId::new(app.ids.uuid()),
        fact: Fact::CreditNoteIssued(invoice_id),
        at: now,
        tenant_id,
        account_id,
        journal: credit_note_issued(note.net, note.tax)?,
    };
    tx.insert_journal(&journal).await?;
    tx.insert_audit(&NewAudit {
        id: AuditId::new(app.ids.uuid()),
        tenant_id: Some(tenant_id),
        account_id: Some(account_id),
        at: now,
        noticed_at: now,
        actor: caller.actor(),
        what: "credit_note_issued".to_owned(),
        from: note.corrects.clone(),
        to: Some(note.number.clone()),
        why: note.reason.clone(),
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
