//! An owner takes an invitation back: its link leads nowhere from then on.

use super::house::House;
use super::on_record::by;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::store::NewAudit;
use shared::ids::InvitationId;

/// Revokes an invitation of the caller's account. One that is closed already stays as it is.
pub async fn revoke(app: &App, caller: &Caller, id: InvitationId) -> Result<(), FlowError> {
    let now = app.wall.now();
    let tx = app.store.begin().await?;
    let house = House::of_owner(&tx, caller).await?;
    let found = tx.invitation(id).await?.filter(|found| found.account_id == house.account_id);
    if found.ok_or(FlowError::NotFound)?.closed {
        return Ok(());
    }
    tx.close_invitation(id, now, None).await?;
    tx.spend_links_of_invitation(id, now).await?;
    let row = NewAudit { why: Some(id.to_string()), ..by(app, &tx, &house.me, "invitation_revoked").await? };
    tx.insert_audit(&row).await?;
    Ok(tx.commit().await?)
}
