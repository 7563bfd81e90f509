//! What people do to themselves and to each other is put on record with their account.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::audit::new_audit;
use crate::flow::auth::Caller;
use crate::store::{NewAudit, Tx, UserRecord};

/// A row about the account of `user`, who acts, at this moment by its clock; an operator has none.
pub(super) async fn by(app: &App, tx: &Tx, user: &UserRecord, what: &str) -> Result<NewAudit, FlowError> {
    let account = tx.account_of(user).await?;
    let now = app.clock.now().plus(account.map_or(0, |account| account.clock_ahead_seconds));
    let actor = Caller { user_id: user.id, role: user.role, account_id: user.account_id, session_id: None }.actor();
    Ok(NewAudit { account_id: user.account_id, ..new_audit(app, actor, what, now) })
}
