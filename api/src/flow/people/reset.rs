//! A new password by the link of a letter. Who is signed in anywhere is so no more, and the address need not wait any longer. A
//! second factor is asked for as before, and guesses at its codes are not forgiven: whoever reads the mail could go on guessing.

use super::on_record::by;
use super::second_factor::in_force;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::fields;
use crate::flow::post::link::{look_link, take_link};
use crate::flow::post::write::{Reader, write};
use crate::store::LinkPurpose;
use shared::api::people::ResetPassword;
use shared::wording::letter::Letter;

/// Uses the link up, and keeps the password.
pub async fn reset(app: &App, request: &ResetPassword) -> Result<(), FlowError> {
    let password = fields::password(&request.password).map_err(|error| FlowError::Invalid(vec![error]))?;
    let link = look_link(app, &request.token, LinkPurpose::Reset).await?;
    let user_id = link.user_id.ok_or(FlowError::LinkSpent)?;
    let user = app.store.user(user_id).await?.ok_or(FlowError::LinkSpent)?;
    let hash = app.passwords.hash(password).await?;

    let now = app.wall.now();
    let tx = app.store.begin().await?;
    // Locked in the order in which signing in locks them; the link comes after its person.
    tx.failures(&user.email).await?;
    let user = tx.locked_user(user.id).await?.ok_or(FlowError::LinkSpent)?;
    take_link(app, &tx, &request.token, LinkPurpose::Reset).await?;
    if in_force(&tx, user.id).await?.is_none() {
        tx.clear_failures(&user.email).await?;
    }
    tx.set_password(user.id, &hash).await?;
    tx.end_sessions_of(user.id, None, now, "password_reset").await?;
    tx.spend_links_of_user(user.id, now).await?;
    tx.insert_audit(&by(app, &tx, &user, "password_reset").await?).await?;
    write(app, &tx, &Reader::from(&user), Letter::PasswordChanged, None).await?;
    Ok(tx.commit().await?)
}
