//! A letter is written: it leaves once the transaction that it belongs to has committed.

use crate::app::App;
use crate::flow::FlowError;
use crate::store::{LetterRecord, Tx, UserRecord};
use shared::api::auth::Language;
use shared::ids::{AccountId, LetterId, LinkId, UserId};
use shared::time::Timestamp;
use shared::wording::letter::Letter;

pub use super::needs_post::needs_post;

/// Who is written to.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Who; `None` for somebody who is not with us yet.
    pub user_id: Option<UserId>,
    /// On behalf of which account; `None` if of none.
    pub account_id: Option<AccountId>,
    /// Their address.
    pub address: String,
    /// Their language.
    pub language: Language,
}

impl From<&UserRecord> for Reader {
    fn from(user: &UserRecord) -> Self {
        Self {
            user_id: Some(user.id),
            account_id: user.account_id,
            address: user.email.clone(),
            language: user.language,
        }
    }
}

/// Writes a letter that is due at once. Where none can be sent none is written: it would leave months late.
pub async fn write(app: &App, tx: &Tx, to: &Reader, letter: Letter, link_id: Option<LinkId>) -> Result<(), FlowError> {
    write_for(app, tx, to, letter, link_id, app.wall.now()).await
}

/// The same, due at an instant of the wall clock.
pub(in crate::flow) async fn write_for(
    app: &App,
    tx: &Tx,
    to: &Reader,
    letter: Letter,
    link_id: Option<LinkId>,
    due_at: Timestamp,
) -> Result<(), FlowError> {
    if app.post.is_none() {
        return Ok(());
    }
    let record = LetterRecord {
        id: LetterId::new(app.ids.uuid()),
        user_id: to.user_id,
        account_id: to.account_id,
        to_address: to.address.clone(),
        language: to.language,
        letter,
        link_id,
        at: app.wall.now(),
        attempts: 0,
    };
    Ok(tx.insert_letter(&record, due_at).await?)
}
