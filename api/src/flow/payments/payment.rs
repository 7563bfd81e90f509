//! How does this payment stand? Reads only: the answer never depends on what a browser claims.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::auth::Role;
use shared::api::payments::{BoughtCycle, PaymentState, PaymentView};
use shared::billing::state::Billing;
use shared::ids::PaymentId;

/// Who may look at a payment.
#[derive(Debug, Clone, Copy)]
pub enum Viewer<'a> {
    /// A person of its account, or an operator.
    Caller(&'a Caller),
    /// Whoever holds its seal: the payer's browser, back from the gateway, with no session.
    Seal(&'a str),
}

/// The payment, if the viewer may see it.
pub async fn payment(app: &App, viewer: Viewer<'_>, id: PaymentId) -> Result<PaymentView, FlowError> {
    let payment = app.store.payment(id).await?.ok_or(FlowError::NotFound)?;
    let allowed = match viewer {
        Viewer::Caller(caller) => caller.role == Role::Operator || caller.account_id == Some(payment.account_id),
        Viewer::Seal(seal) => app.signer.is_sealed(id, seal),
    };
    if !allowed {
        return Err(FlowError::NotFound);
    }
    let order = app.store.order(payment.order_id).await?.ok_or(FlowError::NotFound)?;
    let tenant = app.store.tenant(payment.tenant_id).await?.ok_or(FlowError::NotFound)?;
    let bought = order.cycle_number.filter(|_| payment.state == PaymentState::Settled).map(|number| {
        let running = match &tenant.state.billing {
            Billing::Running { cycle, .. } if cycle.number == number => Some(cycle),
            Billing::None | Billing::Running { .. } | Billing::Grace { .. } | Billing::Expired { .. } => None,
        };
        BoughtCycle {
            number,
            starts_at: running.map(|cycle| cycle.starts_at),
            ends_at: running.map(|cycle| cycle.ends_at),
        }
    });
    let unpaid = matches!(payment.state, PaymentState::Failed | PaymentState::Cancelled | PaymentState::Expired);
    Ok(PaymentView {
        payment_id: payment.id,
        order_id: payment.order_id,
        tenant_id: payment.tenant_id,
        tenant_url: tenant.state.panel.is_open().then(|| app.settings.panel_url(&tenant.subdomain)),
        tenant_name: tenant.name,
        state: payment.state,
        amount: payment.amount,
        reference: payment.tran_id,
        method: payment.method,
        created_at: payment.created_at,
        settled_at: payment.settled_at,
        cycle: bought,
        can_retry: unpaid && order.settled.is_none(),
    })
}
