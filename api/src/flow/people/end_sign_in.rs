//! A person ends one of their sign-ins, wherever it is.

use super::on_record::by;
use super::present::present;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::store::NewAudit;
use shared::ids::SessionId;

/// Ends a sign-in of the caller's. One that is over already stays so.
pub async fn end_sign_in(app: &App, caller: &Caller, id: SessionId) -> Result<(), FlowError> {
    let tx = app.store.begin().await?;
    let user = present(&tx, caller).await?;
    let session = tx.session(id).await?.filter(|session| session.user_id == user.id).ok_or(FlowError::NotFound)?;
    if session.ended {
        return Ok(());
    }
    tx.end_session(id, app.wall.now(), "ended_elsewhere").await?;
    let row = NewAudit { why: Some(id.to_string()), ..by(app, &tx, &user, "sign_in_ended").await? };
    tx.insert_audit(&row).await?;
    Ok(tx.commit().await?)
}
