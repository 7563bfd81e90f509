//! Tells a story of the application, as its entrances would: one request, one story.

use super::asks::{Ask, Hand};
use hourglass::app::App;
use hourglass::flow::FlowError;
use hourglass::flow::billing::{deliver_effect, due_effects, due_tenants, forget, observe};
use hourglass::flow::payments::{checkout, confirm, due_payments, receive_notice};
use hourglass::flow::tenants::{resume, retry, start, status, stop, suspend};
use hourglass::store::OutboxRow;
use shared::ids::{PaymentId, TenantId};

/// At most so many of a kind are taken at once.
const BATCH: u64 = 8;

/// How a story ended well.
#[derive(Debug)]
pub(crate) enum Ending {
    /// Nothing to go on with.
    Done,
    /// Tenants to look at.
    Tenants(Vec<TenantId>),
    /// Payments to ask about.
    Payments(Vec<PaymentId>),
    /// Promises to keep.
    Promises(Vec<OutboxRow>),
}

/// Tells it.
pub(crate) async fn tell(app: &App, ask: &Ask) -> Result<Ending, FlowError> {
    let done = |_| Ending::Done;
    match ask {
        Ask::Checkout { caller, tenant, key } => {
            Box::pin(checkout::checkout(app, caller, *tenant, key)).await.map(|_| Ending::Done)
        }
        Ask::Notice { fields, via } => {
            Box::pin(receive_notice::receive_notice(app, fields, *via)).await.map(|_| Ending::Done)
        }
        Ask::Operate { caller, tenant, hand } => {
            let moved = match hand {
                Hand::Stop => Box::pin(stop::stop(app, caller, *tenant)).await,
                Hand::Start => Box::pin(start::start(app, caller, *tenant)).await,
                Hand::Retry => Box::pin(retry::retry(app, caller, *tenant)).await,
                Hand::Suspend => Box::pin(suspend::suspend(app, caller, *tenant, "abuse")).await,
                Hand::Resume => Box::pin(resume::resume(app, caller, *tenant)).await,
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
    }
}
