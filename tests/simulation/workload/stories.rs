//! Tells a story of the application, as its entrances would: one request, one story.

use super::asks::{Ask, Hand};
use hourglass::app::App;
use hourglass::flow::FlowError;
use hourglass::flow::accounts::move_clock;
use hourglass::flow::auth::Caller;
use hourglass::flow::billing::{deliver_effect, due_effects, due_tenants, forget, observe};
use hourglass::flow::invoices::{credit_note, list};
use hourglass::flow::jobs::due_jobs::{Claim, due_jobs};
use hourglass::flow::jobs::{back_up, backups, drop_outlived, nightly, pursue, restore, watch};
use hourglass::flow::payments::checkout::Buy;
use hourglass::flow::payments::{
    accept, checkout, confirm, due_payments, due_refunds, expire_orders, pursue_refund, receive_notice, request_refund,
};
use hourglass::flow::reconciliation::{begin, go_on, resolve, run_now};
use hourglass::flow::servers::adopt;
use hourglass::flow::tenants::create_tenant::{PanelOrder, create_tenant};
use hourglass::flow::tenants::{
    cancel, change_plan, correct, delete, keep, resume, retry, start, start_trial, status, stop, suspend,
};
use hourglass::store::OutboxRow;
use shared::api::invoices::{CreditNoteLine, InvoiceKind, NewCreditNote};
use shared::api::jobs::JobKind;
use shared::api::tenants::RestorePanel;
use shared::ids::{PaymentId, RefundId, TenantId};

/// At most so many of a kind are taken at once.
const BATCH: u64 = 8;
/// One payment is compared in a turn: several would be asked about at once, in an order that nobody decides.
const COMPARED: u64 = 1;

/// How a story ended well.
#[derive(Debug)]
pub(crate) enum Ending {
    /// Nothing to go on with.
    Done,
    /// Tenants to look at.
    Tenants(Vec<TenantId>),
    /// Payments to ask about.
    Payments(Vec<PaymentId>),
    /// Refunds to ask about.
    Refunds(Vec<RefundId>),
    /// Jobs to go on with.
    Jobs(Vec<Claim>),
    /// Promises to keep.
    Promises(Vec<OutboxRow>),
    /// A database is a panel now.
    Adopted(TenantId),
    /// There is a new panel.
    Ordered(TenantId),
}

/// Tells it.
pub(crate) async fn tell(app: &App, ask: &Ask) -> Result<Ending, FlowError> {
    let done = |_| Ending::Done;
    match ask {
        Ask::Checkout { caller, tenant, key } => {
            Box::pin(checkout::checkout(app, caller, *tenant, &Buy::NextCycle, key)).await.map(|_| Ending::Done)
        }
        Ask::ChangePlan { caller, tenant, change, key } => {
            Box::pin(change_plan::change_plan(app, caller, *tenant, *change, key)).await.map(|_| Ending::Done)
        }
        Ask::Correct { caller, tenant, new, key } => {
            Box::pin(correct::correct(app, caller, *tenant, new, key)).await.map(|_| Ending::Done)
        }
        Ask::CreditNote { caller, nth, gross_minor, key } => {
            Box::pin(take_back(app, caller, *nth, *gross_minor, key)).await.map(|()| Ending::Done)
        }
        Ask::MoveClock { caller, account, seconds, key } => {
            Box::pin(move_clock::move_clock(app, caller, *account, *seconds, key)).await.map(|_| Ending::Done)
        }
        Ask::Notice { fields, via } => {
            Box::pin(receive_notice::receive_notice(app, "pretend", fields, *via)).await.map(|_| Ending::Done)
        }
        Ask::Operate { caller, tenant, hand } => {
            let moved = match hand {
                Hand::Stop => Box::pin(stop::stop(app, caller, *tenant)).await,
                Hand::Start => Box::pin(start::start(app, caller, *tenant)).await,
                Hand::Retry => Box::pin(retry::retry(app, caller, *tenant)).await,
                Hand::Suspend => Box::pin(suspend::suspend(app, caller, *tenant, "abuse")).await,
                Hand::Resume => Box::pin(resume::resume(app, caller, *tenant)).await,
                Hand::Try => Box::pin(start_trial::start_trial(app, caller, *tenant)).await,
                Hand::Cancel => Box::pin(cancel::cancel(app, caller, *tenant)).await,
                Hand::Keep => Box::pin(keep::keep(app, caller, *tenant)).await,
            };
            moved.map(|_| Ending::Done)
        }
        Ask::Status { caller, tenant } => status::status(app, caller, *tenant).await.map(|_| Ending::Done),
        Ask::ClaimTenants => due_tenants::due_tenants(app, BATCH).await.map(Ending::Tenants),
        Ask::Observe(tenant) => Box::pin(observe::observe(app, *tenant)).await.map(done),
        Ask::ClaimPayments => due_payments::due_payments(app, BATCH).await.map(Ending::Payments),
        Ask::Confirm(payment) => Box::pin(confirm::confirm(app, *payment, None)).await.map(|_| Ending::Done),
        Ask::ClaimPromises => due_effects::due_effects(app, BATCH).await.map(Ending::Promises),
        Ask::Deliver(row) => Box::pin(deliver_effect::deliver_effect(app, row)).await.map(done),
        Ask::Forget => forget::forget(app).await.map(done),
        Ask::Accept { .. }
        | Ask::Refund { .. }
        | Ask::Resolve { .. }
        | Ask::CompareNow { .. }
        | Ask::BackUp { .. }
        | Ask::Restore { .. }
        | Ask::Remove { .. }
        | Ask::Adopt { .. }
        | Ask::Order { .. }
        | Ask::Copies
        | Ask::ClaimRefunds
        | Ask::ClaimJobs
        | Ask::GoOnWith(_)
        | Ask::Pursue(_)
        | Ask::ExpireOrders
        | Ask::Compare
        | Ask::GoOn => after_the_sale(app, ask).await,
    }
}

/// What becomes of charges and orders later on.
async fn after_the_sale(app: &App, ask: &Ask) -> Result<Ending, FlowError> {
    match ask {
        Ask::Accept { caller, receipt } => Box::pin(accept::accept(app, caller, *receipt)).await.map(drop),
        Ask::Refund { caller, receipt, new, key } => {
            Box::pin(request_refund::request_refund(app, caller, *receipt, new, key)).await.map(drop)
        }
        Ask::Resolve { caller, alert, how } => Box::pin(resolve::resolve(app, caller, *alert, how)).await.map(drop),
        Ask::CompareNow { caller } => run_now::run_now(app, caller).await.map(drop),
        Ask::ClaimRefunds => return due_refunds::due_refunds(app, BATCH).await.map(Ending::Refunds),
        Ask::Pursue(refund) => Box::pin(pursue_refund::pursue_refund(app, *refund)).await.map(drop),
        Ask::ClaimJobs => {
            let all = [JobKind::SetUp, JobKind::BackUp, JobKind::Restore, JobKind::Remove];
            return due_jobs(app, &all, BATCH).await.map(Ending::Jobs);
        }
        Ask::GoOnWith(job) => Box::pin(pursue::pursue(app, *job)).await,
        Ask::ExpireOrders => Box::pin(expire_orders::expire_orders(app, BATCH)).await.map(drop),
        Ask::BackUp { .. }
        | Ask::Restore { .. }
        | Ask::Remove { .. }
        | Ask::Adopt { .. }
        | Ask::Order { .. }
        | Ask::Copies => return at_a_host(app, ask).await,
        Ask::Compare => begin::begin(app).await.map(drop),
        Ask::GoOn => Box::pin(go_on::go_on(app, COMPARED)).await.map(drop),
        _ => Ok(()),
    }
    .map(|()| Ending::Done)
}

/// What takes several steps at a host.
async fn at_a_host(app: &App, ask: &Ask) -> Result<Ending, FlowError> {
    match ask {
        Ask::BackUp { caller, tenant, key } => back_up::back_up(app, caller, *tenant, key).await.map(drop),
        Ask::Restore { caller, tenant, subdomain, nth, key } => {
            let copies = backups::backups(app, caller, *tenant, false, None, 20).await?.items;
            let Some(copy) = nth.checked_rem(copies.len()).and_then(|at| copies.get(at)) else {
                return Ok(Ending::Done);
            };
            let wanted = RestorePanel { backup_id: copy.id, subdomain: subdomain.clone() };
            restore::restore(app, caller, *tenant, &wanted, key).await.map(drop)
        }
        Ask::Remove { caller, tenant, subdomain } => {
            Box::pin(delete::delete(app, caller, *tenant, subdomain)).await.map(drop)
        }
        Ask::Adopt { caller, new } => {
            let Some(server) = app.store.servers().await?.into_iter().next() else { return Ok(Ending::Done) };
            return Box::pin(adopt::adopt(app, caller, server.id, new)).await.map(|it| Ending::Adopted(it.tenant_id));
        }
        Ask::Order { owner_email, subdomain } => {
            let order = PanelOrder { owner_email, name: subdomain, subdomain, plan: "plan 0" };
            return create_tenant(&app.store, &*app.ids, &*app.clock, order).await.map(Ending::Ordered);
        }
        Ask::Copies => {
            nightly::nightly(app, BATCH).await?;
            watch::watch(app).await?;
            drop_outlived::drop_outlived(app, BATCH).await.map(drop)
        }
        _ => Ok(()),
    }
    .map(|()| Ending::Done)
}

/// A part of one line of the n-th newest invoice.
async fn take_back(app: &App, caller: &Caller, nth: usize, gross_minor: i64, key: &str) -> Result<(), FlowError> {
    let page = list::list(app, caller, None, 20).await?;
    let invoices: Vec<_> = page.items.iter().filter(|it| it.kind == InvoiceKind::Invoice).collect();
    let Some(invoice) = nth.checked_rem(invoices.len()).and_then(|at| invoices.get(at)) else { return Ok(()) };
    let Some(line) = nth.checked_rem(invoice.lines.len()).and_then(|at| invoice.lines.get(at)) else { return Ok(()) };
    let lines = vec![CreditNoteLine { position: line.position, gross_minor }];
    let new = NewCreditNote { lines, reason: "a kindness".to_owned() };
    credit_note::credit_note(app, caller, invoice.invoice_id, &new, key).await.map(drop)
}
