//! A second person approves what was recorded, or rejects it. Then the one story of all payments is told.

use super::confirm::confirm;
use super::manual_payments::shown;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::audit::new_audit;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use crate::store::NewAudit;
use shared::api::manual::{ManualPaymentView, ManualState};
use shared::ids::ManualPaymentId;

/// Approves or rejects. Nobody decides about what they recorded ([`FlowError::SecondPersonNeeded`]). Repeating the same
/// decision changes nothing; another one comes too late ([`FlowError::AlreadyDecided`]).
pub async fn decide_manual(
    app: &App,
    caller: &Caller,
    id: ManualPaymentId,
    approve: bool,
) -> Result<ManualPaymentView, FlowError> {
    operator(caller)?;
    let known = app.store.manual_payment(id).await?.ok_or(FlowError::NotFound)?;
    if known.recorded_by == caller.user_id {
        return Err(FlowError::SecondPersonNeeded);
    }
    let wanted = if approve { ManualState::Approved } else { ManualState::Rejected };
    let tx = app.store.begin().await?;
    let tenant = tx.tenant(known.tenant_id).await?.ok_or(FlowError::NotFound)?;
    let mut record = tx.manual_payment(id).await?.ok_or(FlowError::NotFound)?;
    if record.state == ManualState::Recorded {
        let now = tenant.time(app.clock.now());
        record.state = wanted;
        record.decided = Some((caller.user_id, app.wall.now()));
        tx.save_manual_payment(&record).await?;
        // Should this process end here, the sweeper tells the story.
        let mut payment = tx.payment(record.payment_id).await?.ok_or(FlowError::NotFound)?;
        payment.look_at = Some(app.wall.now());
        tx.save_payment(&payment).await?;
        let row = NewAudit {
            tenant_id: Some(record.tenant_id),
            account_id: Some(record.account_id),
            from: Some("recorded".to_owned()),
            to: Some(if approve { "approved" } else { "rejected" }.to_owned()),
            why: Some(record.reference.clone()),
            ..new_audit(app, caller.actor(), "manual_payment_decided", now)
        };
        tx.insert_audit(&row).await?;
        tx.commit().await?;
    } else if record.state != wanted {
        return Err(FlowError::AlreadyDecided);
    }
    let claimed = Some(id.to_string()).filter(|_| approve);
    confirm(app, record.payment_id, claimed.as_deref()).await?;
    Ok(shown(record, &tenant.name, caller))
}
