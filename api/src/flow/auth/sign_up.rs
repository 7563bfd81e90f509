//! A new customer: an account, its owner, and a first sign-in.

use super::begin_session::{SignedIn, begin_session};
use super::fields;
use crate::app::App;
use crate::flow::FlowError;
use crate::store::{AccountRecord, UserRecord};
use shared::api::auth::{Role, SignUp};
use shared::civil::Zone;
use shared::ids::{AccountId, UserId};

/// Opens an account and signs its owner in; `browser` is what they are signed in with.
pub async fn sign_up(app: &App, request: &SignUp, browser: &str) -> Result<SignedIn, FlowError> {
    let (name, email, password) =
        (fields::name(&request.name), fields::email(&request.email), fields::password(&request.password));
    fields::all([name.clone().err(), email.clone().err(), password.clone().err()]).map_err(FlowError::Invalid)?;
    let (Ok(name), Ok(email), Ok(password)) = (name, email, password) else { return Err(FlowError::Invalid(vec![])) };
    let password_hash = app.passwords.hash(password).await?;

    let now = app.wall.now();
    let tx = app.store.begin().await?;
    let account_id = AccountId::new(app.ids.uuid());
    let account = AccountRecord {
        id: account_id,
        name: name.clone(),
        language: request.language,
        created_at: now,
        zone: Zone::default(),
        address: String::new(),
        bin: None,
        clock_ahead_seconds: 0,
    };
    tx.insert_account(&account).await?;
    let user = UserRecord {
        id: UserId::new(app.ids.uuid()),
        account_id: Some(account_id),
        email,
        name,
        password_hash,
        role: Role::Owner,
        language: request.language,
        created_at: now,
    };
    if !tx.insert_user(&user).await? {
        return Err(FlowError::EmailTaken);
    }
    let signed_in = begin_session(app, &tx, &user, browser, now).await?;
    tx.commit().await?;
    Ok(signed_in)
}
