//! A one-time link for a letter. The token in a link's address is made when the letter is written out, and is kept nowhere.

use crate::app::App;
use crate::flow::FlowError;
use crate::store::{LinkPurpose, LinkRecord, Tx};
use shared::ids::{InvitationId, LinkId, UserId};

pub use super::look_link::look_link;
pub use super::take_link::take_link;

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
