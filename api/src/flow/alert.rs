//! What a person of the operator has to look at begins here: an alert that says only what is the matter.

use crate::app::App;
use crate::store::{AlertRecord, Resolution};
use shared::api::alerts::AlertKind;
use shared::ids::AlertId;

/// An alert about nobody's; the caller adds whose and what it is about. Of one kind and subject one is open at a time.
pub(super) fn new_alert(app: &App, kind: AlertKind, subject: &str) -> AlertRecord {
    AlertRecord {
        id: AlertId::new(app.ids.uuid()),
        kind,
        subject: subject.to_owned(),
        account_id: None,
        tenant_id: None,
        payment_id: None,
        server_id: None,
        receipt_id: None,
        refund_id: None,
        here: None,
        there: None,
        at: app.wall.now(),
        reconciliation_id: None,
        resolved: None,
    }
}

/// It has come right without anybody.
pub(super) fn by_itself(app: &App) -> Resolution {
    Resolution { at: app.wall.now(), by: None, remedy: None, note: None }
}
