//! The money is there: it buys what was ordered, in the transaction of its caller.

use super::book::journal;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::invoices::issue_invoice::issue_invoice;
use crate::flow::record_step::record_step;
use crate::store::{Actor, Fact, OrderRecord, PaymentRecord, ReceiptRecord, TenantRecord, Tx};
use shared::api::history::ActorKind;
use shared::billing::event::Event;
use shared::billing::ledger::{invoice_issued, payment_accepted, payment_received};
use shared::billing::order::{cycle_of, is_postpaid, totals};
use shared::billing::state::Billing;
use shared::billing::step::{Refusal, Step, step};
use shared::money::Money;
use shared::time::{Span, Timestamp};

/// Where the money stands that settles an order.
#[derive(Debug, Clone, Copy)]
pub(super) enum By<'a> {
    /// Charged just now.
    Charge(&'a ReceiptRecord),
    /// Charged before, held, and accepted by a person.
    Held(&'a ReceiptRecord),
    /// The account's credit, which the order has used already.
    Credit,
}

/// An order, its payment and its tenant, all locked.
pub(super) struct Sale<'a> {
    pub(super) order: &'a OrderRecord,
    pub(super) payment: &'a PaymentRecord,
    pub(super) by: By<'a>,
}

/// Settles the order: cycle, invoice and journals. `false` if it is settled or withdrawn, if the tenant takes no more, or
/// if the money is less than what is due; then nothing is written, and the money is still the customer's.
pub(super) async fn settle(
    app: &App,
    tx: &Tx,
    tenant: TenantRecord,
    sale: &Sale<'_>,
    now: Timestamp,
) -> Result<bool, FlowError> {
    let Sale { order, payment, by } = *sale;
    let due = order.due()?;
    let paid = match by {
        By::Charge(receipt) | By::Held(receipt) => receipt.charged.unwrap_or(Money::zero(due.currency)),
        By::Credit => Money::zero(due.currency),
    };
    if !order.is_open() || paid.currency != due.currency || paid.checked_sub(due)?.minor < 0 {
        return Ok(false);
    }
    if paid != due {
        // Credit before the series of invoices, as where an order uses credit: always in this order.
        tx.credit(order.account_id, due.currency).await?;
    }
    let number = order.upgrade.map_or(tenant.state.next_cycle_number, |upgrade| upgrade.cycle_number);
    let event = event(tx, &tenant, order, now).await?;
    let Some(next) = accepted(step(&tenant.state, &event, now))? else { return Ok(false) };
    let who = Actor { kind: ActorKind::Gateway, id: Some(payment.gateway.clone()) };
    let tenant = Box::pin(record_step(app, tx, tenant, next, &who, now)).await?;
    tx.label_cycle(order.tenant_id, number, order.plan_version_id).await?;
    if order.upgrade.is_some() {
        tx.move_to_plan(order.tenant_id, order.plan_version_id).await?;
    }
    tx.settle_order(order.id, payment.id, now, number).await?;
    let billed: Vec<u32> =
        order.lines.iter().filter(|line| is_postpaid(&line.what)).map(|line| cycle_of(&line.what)).collect();
    tx.bill_charges(order.tenant_id, &billed, order.id).await?;
    let invoice = issue_invoice(app, tx, &tenant, order, payment, now).await?;
    let whose = (order.tenant_id, order.account_id);
    let issued = invoice_issued(&invoice.lines, due.currency)?;
    journal(app, tx, whose, Fact::InvoiceIssued(order.id), issued, now).await?;
    let (fact, entries) = match by {
        By::Charge(receipt) => (Fact::PaymentReceived(payment.id), payment_received(paid, fee(receipt, paid), due)?),
        By::Held(receipt) => (Fact::PaymentAccepted(receipt.id), payment_accepted(paid, due)?),
        By::Credit => return Ok(true),
    };
    journal(app, tx, whose, fact, entries, now).await?;
    Ok(true)
}

/// What follows, or `None` if the tenant takes no such order any more.
fn accepted(decided: Result<Step, Refusal>) -> Result<Option<Step>, FlowError> {
    match decided {
        Ok(next) => Ok(Some(next)),
        Err(
            Refusal::QueueFull
            | Refusal::WrongState { .. }
            | Refusal::AlreadyBought
            | Refusal::CycleOver
            | Refusal::NotACorrection,
        ) => Ok(None),
        Err(refusal @ Refusal::TooLarge) => Err(refusal.into()),
    }
}

/// What the gateway keeps of a charge; nothing, if it did not say.
pub(super) fn fee(receipt: &ReceiptRecord, charged: Money) -> Money {
    receipt.fee.filter(|fee| fee.currency == charged.currency).unwrap_or(Money::zero(charged.currency))
}

/// What the core is told of a settled order.
async fn event(tx: &Tx, tenant: &TenantRecord, order: &OrderRecord, now: Timestamp) -> Result<Event, FlowError> {
    let (order_id, terms) = (order.id, order.terms.clone());
    if let Some(upgrade) = order.upgrade {
        return Ok(Event::UpgradeSettled {
            order_id,
            cycle_number: upgrade.cycle_number,
            terms,
            allowance_added_seconds: upgrade.allowance_added_seconds,
            paid_net_added: totals(&order.lines, order.amount.currency)?.net,
        });
    }
    let since_end = match &tenant.state.billing {
        // Up to what is accounted for, also where the clock was set back since.
        Billing::Grace { ended, .. } => {
            let until = now.max(tenant.state.accounted_until.unwrap_or(now));
            tx.windows(tenant.state.id, Span::new(ended.at, until)).await?
        }
        Billing::None | Billing::Running { .. } | Billing::Expired { .. } => vec![],
    };
    Ok(Event::RenewalSettled { order_id, terms, since_end })
}
