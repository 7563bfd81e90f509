//! A new password, by whoever knows the present one. Who is signed in elsewhere is so no more.

use super::on_record::by;
use super::prove::{Proof, may_prove, prove};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::{Caller, fields};
use crate::flow::post::write::{Reader, write};
use shared::api::people::ChangePassword;
use shared::api::problem::FieldError;
use shared::wording::letter::Letter;

/// Replaces the caller's password, and ends their other sign-ins.
pub async fn change_password(app: &App, caller: &Caller, request: &ChangePassword) -> Result<(), FlowError> {
    may_prove(app, caller, app.wall.now()).await?;
    let at_fault = |error: FieldError| FlowError::Invalid(vec![FieldError { pointer: "/new".to_owned(), ..error }]);
    let new = fields::password(&request.new).map_err(at_fault)?;
    // Before the transaction: it takes a while.
    let hash = app.passwords.hash(new).await?;
    let now = app.wall.now();
    let proof = Proof { password: &request.current, field: "/current", code: None };
    let (tx, user) = prove(app, caller, &proof, now).await?;
    tx.set_password(user.id, &hash).await?;
    tx.end_sessions_of(user.id, caller.session_id, now, "password_changed").await?;
    tx.spend_links_of_user(user.id, now).await?;
    tx.insert_audit(&by(app, &tx, &user, "password_changed").await?).await?;
    write(app, &tx, &Reader::from(&user), Letter::PasswordChanged, None).await?;
    Ok(tx.commit().await?)
}
