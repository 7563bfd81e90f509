//! One-time links in letters. The token in a link's address is made when the letter is written out, and is kept nowhere.

use crate::app::App;
use crate::flow::FlowError;
use crate::store::{LinkPurpose, LinkRecord, Tx};
use shared::ids::{InvitationId, LinkId, UserId};

/// What a new link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkTo {
    /// A new password for this person.
    Reset(UserId),
    /// The account that this invitation is to.
    Join(InvitationId),
}

/// A link that is good for so many seconds of the wall clock. Links to the same that were given before are good no longer.
pub async fn new_link(app: &App, tx: &Tx, to: LinkTo, good_for_seconds: i64) -> Result<LinkId, FlowError> {
    let now = app.wall.now();
    let (purpose, user_id, invitation_id) = match to {
        LinkTo::Reset(user_id) => {
            tx.spend_links_of_user(user_id, now).await?;
            (LinkPurpose::Reset, Some(user_id), None)
        }
        LinkTo::Join(invitation_id) => {
            tx.spend_links_of_invitation(invitation_id, now).await?;
            (LinkPurpose::Join, None, Some(invitation_id))
        }
    };
    let id = LinkId::new(app.ids.uuid());
    let expires_at = now.plus(good_for_seconds);
    tx.insert_link(&LinkRecord { id, purpose, user_id, invitation_id, expires_at, used_at: None }).await?;
    Ok(id)
}

/// The link behind a token, if it is good for this. Uses nothing up.
pub async fn look_link(app: &App, token: &str, purpose: LinkPurpose) -> Result<LinkRecord, FlowError> {
    let id = app.signer.read_link(token).ok_or(FlowError::LinkSpent)?;
    let link = app.store.link(id).await?;
    good(app, link, purpose)
}

/// The link behind a token, if it is good for this, and good no longer once this transaction commits.
pub async fn take_link(app: &App, tx: &Tx, token: &str, purpose: LinkPurpose) -> Result<LinkRecord, FlowError> {
    let id = app.signer.read_link(token).ok_or(FlowError::LinkSpent)?;
    let link = good(app, tx.link(id).await?, purpose)?;
    tx.use_link(id, app.wall.now()).await?;
    Ok(link)
}

fn good(app: &App, link: Option<LinkRecord>, purpose: LinkPurpose) -> Result<LinkRecord, FlowError> {
    let now = app.wall.now();
    link.filter(|link| link.purpose == purpose && link.is_good(now)).ok_or(FlowError::LinkSpent)
}
