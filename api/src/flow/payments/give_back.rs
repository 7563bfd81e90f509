//! What was paid for a cycle that nobody used is given back, in the transaction of its caller: a credit note over all that is
//! left of the invoice, and a refund of as much as the gateway has taken. What credit had paid is credit again. What was given
//! back before is passed over.

use super::book::journal;
use super::open_refund::{Asked, open_refund};
use super::request_refund::{everything, left_of};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::invoices::issue_credit_note::{Note, beforehand, issue_credit_note};
use crate::store::{Fact, OrderRecord, ReceiptRecord, RefundRecord, TenantRecord, Tx};
use shared::api::invoices::InvoiceView;
use shared::api::payments::ReceiptState;
use shared::api::refunds::RefundState;
use shared::billing::ledger::{LedgerAccount, revenue_earned};
use shared::money::Money;
use shared::time::Timestamp;

const REASON: &str = "The panel could not be set up.";

/// Gives back what is left of what a settled order of a locked tenant cost. `false`: nothing is, all of it was given back
/// before. `now` is by the account's clock.
pub(in crate::flow) async fn give_back(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    tenant: &TenantRecord,
    order: &OrderRecord,
    now: Timestamp,
) -> Result<bool, FlowError> {
    // Credit before the series of invoices, as where an order is settled: always in this order.
    tx.credit(order.account_id, order.amount.currency).await?;
    let invoice = tx.invoice_of_order(order.id).await?.ok_or(FlowError::NotFound)?;
    let lines = everything(&left_of(tx, &invoice).await?);
    if lines.is_empty() {
        // Earlier notes took all of it from revenue, which gets it back now: nothing of it waits to be earned any more.
        let never_earned = revenue_earned(beforehand(&invoice)?)?;
        let whose = (order.tenant_id, order.account_id);
        journal(app, tx, whose, Fact::UnusedWithdrawn(order.id), never_earned, now).await?;
        return Ok(false);
    }
    let note = Note { lines: &lines, reason: REASON, unused: true };
    let note = issue_credit_note(app, tx, caller, tenant, &invoice, &note, now).await?;
    let (payment_id, _) = order.settled.ok_or(FlowError::NotFound)?;
    for receipt in tx.receipts_of(payment_id).await? {
        let amount = sent_back(tx, &receipt, &note).await?;
        if amount.minor > 0 {
            let asked = Asked {
                amount,
                reason: REASON.to_owned(),
                from: LedgerAccount::CustomerCredit,
                credit_note_id: Some(note.invoice_id),
                // By rule: no person has to agree.
                by: None,
                actor: caller.actor(),
            };
            open_refund(app, tx, &receipt, asked, now).await?;
        }
    }
    Ok(true)
}

/// As much of a charge as is left of it, as the note gives, and as is still there as credit.
async fn sent_back(tx: &Tx, receipt: &ReceiptRecord, note: &InvoiceView) -> Result<Money, FlowError> {
    let nothing = Money::zero(note.gross.currency);
    let Some(charged) = receipt.charged.filter(|charged| charged.currency == nothing.currency) else {
        return Ok(nothing);
    };
    match receipt.state {
        ReceiptState::Settled => {}
        ReceiptState::Credited | ReceiptState::Held | ReceiptState::Returned => return Ok(nothing),
    }
    let on_its_way = |refund: &&RefundRecord| refund.state != RefundState::Cancelled;
    let earlier = tx.refunds_of(receipt.id).await?;
    let so_far = Money::sum(charged.currency, earlier.iter().filter(on_its_way).map(|refund| refund.amount))?;
    let left = charged.checked_sub(so_far)?;
    let credit = tx.credit(receipt.account_id, charged.currency).await?;
    Ok(Money::new(left.minor.min(note.gross.minor).min(credit.minor).max(0), charged.currency))
}
