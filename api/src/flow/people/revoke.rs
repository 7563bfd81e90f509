//! An owner takes an invitation back: its link leads nowhere from then on. So do all that they sent once they own the account no more.

use super::house::House;
use super::on_record::by;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::store::{NewAudit, Tx};
use shared::ids::{InvitationId, UserId};
use shared::time::Timestamp;

/// Revokes an invitation of the caller's account. One that is closed already stays as it is.
pub async fn revoke(app: &App, caller: &Caller, id: InvitationId) -> Result<(), FlowError> {
    let now = app.wall.now();
    let tx = app.store.begin().await?;
    let house = House::of_owner(&tx, caller).await?;
    let found = tx.invitation(id).await?.filter(|found| found.account_id == house.account_id);
    if found.ok_or(FlowError::NotFound)?.closed {
        return Ok(());
    }
    close(app, &tx, &house, id, now).await?;
    Ok(tx.commit().await?)
}

/// Revokes what `inviter` asked for, in the transaction that makes them no owner: nobody joins on the word of who may not ask.
pub(super) async fn revoke_all_of(
    app: &App,
    tx: &Tx,
    house: &House,
    inviter: UserId,
    now: Timestamp,
) -> Result<(), FlowError> {
    for invitation in tx.open_invitations_by(house.account_id, inviter).await? {
        close(app, tx, house, invitation.id, now).await?;
    }
    Ok(())
}

async fn close(app: &App, tx: &Tx, house: &House, id: InvitationId, now: Timestamp) -> Result<(), FlowError> {
    tx.close_invitation(id, now, None).await?;
    tx.spend_links_of_invitation(id, now).await?;
    let row = NewAudit { why: Some(id.to_string()), ..by(app, tx, &house.me, "invitation_revoked").await? };
    Ok(tx.insert_audit(&row).await?)
}
