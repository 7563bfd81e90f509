//! An alert about a payment: what a person of the operator has to look at.

use crate::app::App;
use crate::flow::alert::new_alert;
use crate::store::{AlertRecord, PaymentRecord};
use shared::api::alerts::AlertKind;

/// An alert that says only what it is about; the caller adds the rest.
pub(in crate::flow) fn alert(app: &App, payment: &PaymentRecord, kind: AlertKind, subject: &str) -> AlertRecord {
    AlertRecord {
        account_id: Some(payment.account_id),
        tenant_id: Some(payment.tenant_id),
        payment_id: Some(payment.id),
        ..new_alert(app, kind, subject)
    }
}
