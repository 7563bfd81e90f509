//! A person of the operator records what arrived by bank transfer or over the counter. It is money only once another
//! person approves.

use super::manual_payments::shown;
use super::names::tran_id;
use super::order::{closed_order, renewal_order};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::audit::new_audit;
use crate::flow::auth::Caller;
use crate::flow::claim::{claim, keep_answer};
use crate::flow::operator::operator;
use crate::flow::publish::publish;
use crate::flow::text::text;
use crate::store::{ManualPaymentRecord, NewAudit, PaymentRecord};
use shared::api::manual::{ManualPaymentView, ManualState, NewManualPayment};
use shared::billing::renewal::renewal;
use shared::ids::{ManualPaymentId, PaymentId, TenantId};
use shared::money::Money;

const REFERENCE_MAX: usize = 80;
const CREATED: u16 = 201;

/// Records it for the panel's next cycle. With the same `key` the same answer is given again ([`FlowError::Replayed`]).
pub async fn record_manual(
    app: &App,
    caller: &Caller,
    id: TenantId,
    new: &NewManualPayment,
    key: &str,
) -> Result<ManualPaymentView, FlowError> {
    operator(caller)?;
    let reference = check(new)?;
    let gateway = app.gateways.by_hand()?;
    let wall_now = app.wall.now();
    let tx = app.store.begin().await?;
    let tenant = tx.tenant(id).await?.ok_or(FlowError::NotFound)?;
    let request = format!("manual payment {id} {}", serde_json::to_string(new).unwrap_or_default());
    claim(app, &tx, caller, key, &request).await?;
    let now = tenant.time(app.clock.now());
    // Money that came is recorded, whether the panel takes a cycle now or not: then it will be credit.
    let order = match renewal(&tenant.state, &tenant.plan.terms, tenant.measured(now), now) {
        Ok(_) => renewal_order(app, &tx, &tenant, now).await?,
        Err(_) => closed_order(app, &tx, &tenant, now).await?,
    };
    let payment_id = PaymentId::new(app.ids.uuid());
    let payment = PaymentRecord {
        gateway: gateway.name().to_owned(),
        amount: Money::new(new.amount_minor, order.amount.currency),
        ..PaymentRecord::opened(payment_id, &order, tran_id(payment_id), now, wall_now)
    };
    tx.insert_payment(&payment).await?;
    let record = ManualPaymentRecord {
        id: ManualPaymentId::new(app.ids.uuid()),
        payment_id,
        tenant_id: id,
        account_id: tenant.account_id,
        method: new.method,
        amount: payment.amount,
        reference: reference.to_owned(),
        state: ManualState::Recorded,
        recorded_by: caller.user_id,
        recorded_at: wall_now,
        decided: None,
    };
    if !tx.insert_manual_payment(&record).await? {
        return Err(FlowError::ReferenceTaken);
    }
    let row = NewAudit {
        tenant_id: Some(id),
        account_id: Some(tenant.account_id),
        to: Some(payment.state.name().to_owned()),
        why: Some(record.reference.clone()),
        ..new_audit(app, caller.actor(), "manual_payment_recorded", now)
    };
    tx.insert_audit(&row).await?;
    let view = shown(record, &tenant.name, caller);
    keep_answer(&tx, caller, key, CREATED, &view).await?;
    publish(app, tx).await?;
    Ok(view)
}

fn check(new: &NewManualPayment) -> Result<&str, FlowError> {
    let reference = text("/reference", &new.reference, REFERENCE_MAX)?;
    if new.amount_minor < 1 {
        return Err(FlowError::field("/amount_minor", "range", "must be at least 1"));
    }
    Ok(reference)
}
