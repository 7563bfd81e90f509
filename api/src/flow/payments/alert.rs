//! An alert about a payment: what a person of the operator has to look at.

use crate::app::App;
use crate::store::{AlertRecord, PaymentRecord};
use shared::api::alerts::AlertKind;
use shared::ids::AlertId;

/// An alert that says only what it is about; the caller adds the rest.
pub(in crate::flow) fn alert(app: &App, payment: &PaymentRecord, kind: AlertKind, subject: &str) -> AlertRecord {
    AlertRecord {
        id: AlertId::new(app.ids.uuid()),
        kind,
        subject: subject.to_owned(),
        account_id: payment.account_id,
        tenant_id: payment.tenant_id,
        payment_id: payment.id,
        receipt_id: None,
        refund_id: None,
        here: None,
        there: None,
        at: app.wall.now(),
        reconciliation_id: None,
        resolved: None,
    }
}
