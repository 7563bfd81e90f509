//! A person ends all of their sign-ins but the one that they are at.

use super::on_record::by;
use super::present::present;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;

/// Ends the caller's other sign-ins.
pub async fn end_others(app: &App, caller: &Caller) -> Result<(), FlowError> {
    let tx = app.store.begin().await?;
    let user = present(&tx, caller).await?;
    if tx.end_sessions_of(user.id, caller.session_id, app.wall.now(), "ended_elsewhere").await? > 0 {
        tx.insert_audit(&by(app, &tx, &user, "other_sign_ins_ended").await?).await?;
    }
    Ok(tx.commit().await?)
}
