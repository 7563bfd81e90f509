//! Somebody who cannot sign in asks for a letter with a link. The answer never tells whether anybody signs in with that address, and
//! neither does the time that it takes.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::fields;
use crate::flow::post::link::{LinkTo, new_link};
use crate::flow::post::write::{Reader, needs_post, write};
use crate::store::{LinkPurpose, LinkRecord, Tx, UserRecord};
use shared::api::auth::Language;
use shared::ids::{LinkId, UserId};
use shared::time::{HOUR, Timestamp};
use shared::wording::letter::Letter;

/// How long the link is good.
const GOOD_SECONDS: i64 = HOUR;
/// An address gets at most one letter in so long.
const PAUSE_SECONDS: i64 = 120;
/// While there is a good link that is younger than this no other is sent: whoever asks again and again does not spend the link that its
/// reader is about to follow, and does not fill a mailbox.
const FRESH_SECONDS: i64 = 900;

/// Writes to whoever signs in with this address, unless that was done a moment ago, or what was written then is still of use.
pub async fn forgot(app: &App, email: &str) -> Result<(), FlowError> {
    needs_post(app)?;
    let email = fields::email(email).map_err(|error| FlowError::Invalid(vec![error]))?;
    let found = app.store.user_by_email(&email).await?;
    let now = app.wall.now();
    let tx = app.store.begin().await?;
    if tx.note_reset_request(&email, now, now.plus(-PAUSE_SECONDS)).await? {
        let nobody = UserId::new(app.ids.uuid());
        let id = found.as_ref().map_or(nobody, |user| user.id);
        let user = tx.locked_user(id).await?;
        let fresh = tx.has_link_until(id, now.plus(GOOD_SECONDS - FRESH_SECONDS)).await?;
        match user.filter(|_| !fresh) {
            Some(user) => write_link(app, &tx, &user).await?,
            None => write_to_nobody(app, &tx, nobody, &email, now).await?,
        }
    }
    Ok(tx.commit().await?)
}

async fn write_link(app: &App, tx: &Tx, user: &UserRecord) -> Result<(), FlowError> {
    let link = new_link(app, tx, LinkTo::Reset(user.id), GOOD_SECONDS).await?;
    write(app, tx, &Reader::from(user), Letter::ResetPassword, Some(link)).await
}

/// The same statements, and a last one that takes back what they wrote.
async fn write_to_nobody(app: &App, tx: &Tx, id: UserId, email: &str, now: Timestamp) -> Result<(), FlowError> {
    tx.spend_links_of_user(id, now).await?;
    let link = LinkRecord {
        id: LinkId::new(app.ids.uuid()),
        purpose: LinkPurpose::Reset,
        user_id: None,
        invitation_id: None,
        expires_at: now,
        used_at: None,
    };
    tx.insert_link(&link).await?;
    let nobody = Reader { user_id: None, account_id: None, address: email.to_owned(), language: Language::En };
    write(app, tx, &nobody, Letter::ResetPassword, Some(link.id)).await?;
    Ok(tx.take_link_back(link.id).await?)
}
