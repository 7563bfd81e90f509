//! The invoice of a settled order: issued with the settlement, in the same transaction, and never again.

use crate::app::App;
use crate::flow::FlowError;
use crate::store::{AccountRecord, InvoiceNumber, NewInvoice, OrderRecord, PaymentRecord, TenantRecord, Tx};
use shared::api::invoices::{InvoiceKind, InvoiceView, LineView, Party};
use shared::billing::order::totals;
use shared::ids::InvoiceId;
use shared::time::Timestamp;

/// Who the document is about, and the invoice that a credit note takes back.
pub(in crate::flow) struct Subject<'a> {
    pub(in crate::flow) tenant: &'a TenantRecord,
    pub(in crate::flow) account: &'a AccountRecord,
}

/// Issues the invoice of an order that this payment settles.
pub(in crate::flow) async fn issue_invoice(
    app: &App,
    tx: &Tx,
    tenant: &TenantRecord,
    order: &OrderRecord,
    payment: &PaymentRecord,
    now: Timestamp,
) -> Result<InvoiceView, FlowError> {
    let account = tx.account(order.account_id).await?.ok_or(FlowError::NotFound)?;
    let subject = Subject { tenant, account: &account };
    let blank = blank(app, tx, &subject, InvoiceKind::Invoice, &order.lines, now).await?;
    let view = InvoiceView { order_id: Some(order.id), payment_reference: Some(payment.tran_id.clone()), ..blank.view };
    let new = NewInvoice { view, ..blank };
    tx.insert_invoice(&new).await?;
    Ok(new.view)
}

/// A document of these lines with the next number of its series, still to be kept.
pub(in crate::flow) async fn blank(
    app: &App,
    tx: &Tx,
    subject: &Subject<'_>,
    kind: InvoiceKind,
    lines: &[LineView],
    now: Timestamp,
) -> Result<NewInvoice, FlowError> {
    let seller = &app.settings.seller;
    let issued_on = seller.zone.day_of(now);
    let series = match kind {
        InvoiceKind::Invoice => &seller.invoice_series,
        InvoiceKind::CreditNote => &seller.credit_note_series,
    };
    let number = tx.next_number(series, issued_on.fiscal_year(seller.fiscal_year_month)).await?;
    let currency = subject.tenant.plan.terms.currency();
    let currency = lines.first().map_or(currency, |line| line.gross.currency);
    let totals = totals(lines, currency)?;
    let view = InvoiceView {
        invoice_id: InvoiceId::new(app.ids.uuid()),
        kind,
        number: text(&number, seller.fiscal_year_month),
        account_id: subject.account.id,
        tenant_id: subject.tenant.state.id,
        tenant_name: subject.tenant.name.clone(),
        order_id: None,
        corrects: None,
        reason: None,
        issued_at: now,
        issued_on: issued_on.to_string(),
        payment_reference: None,
        seller: Party { name: seller.name.clone(), address: seller.address.clone(), bin: seller.bin.clone() },
        buyer: Party {
            name: subject.account.name.clone(),
            address: subject.account.address.clone(),
            bin: subject.account.bin.clone(),
        },
        lines: lines.to_vec(),
        net: totals.net,
        tax: totals.tax,
        gross: totals.gross,
    };
    Ok(NewInvoice { number, corrects: None, view })
}

/// `INV-2026-27-000042`; where the fiscal year is the calendar's, `INV-2026-000042`.
fn text(number: &InvoiceNumber, fiscal_year_month: u32) -> String {
    let InvoiceNumber { series, fiscal_year, sequence } = number;
    if fiscal_year_month == 1 {
        format!("{series}-{fiscal_year}-{sequence:06}")
    } else {
        format!("{series}-{fiscal_year}-{:02}-{sequence:06}", (fiscal_year + 1).rem_euclid(100))
    }
}
