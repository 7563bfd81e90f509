//! What was posted about a payment, and what became of it? Reads only, and only for the operator.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use shared::api::payments::InboxRow;
use shared::ids::PaymentId;

/// The notices about a payment, oldest first.
pub async fn inbox(app: &App, caller: &Caller, id: PaymentId) -> Result<Vec<InboxRow>, FlowError> {
    operator(caller)?;
    let payment = app.store.payment(id).await?.ok_or(FlowError::NotFound)?;
    Ok(app.store.notices_about(&payment.gateway, &payment.tran_id).await?)
}
