//! The operator's own people are made at the command line, never over the network.

use super::fields;
use crate::app::App;
use crate::flow::FlowError;
use crate::store::UserRecord;
use shared::api::auth::{Language, Role};
use shared::ids::UserId;

/// Keeps an operator with this name, address and password.
pub async fn create_operator(app: &App, name: &str, email: &str, password: &str) -> Result<UserId, FlowError> {
    let (name, email, password) = (fields::name(name), fields::email(email), fields::password(password));
    fields::all([name.clone().err(), email.clone().err(), password.clone().err()]).map_err(FlowError::Invalid)?;
    let (Ok(name), Ok(email), Ok(password)) = (name, email, password) else { return Err(FlowError::Invalid(vec![])) };
    let user = UserRecord {
        id: UserId::new(app.ids.uuid()),
        account_id: None,
        email,
        name,
        password_hash: app.passwords.hash(password).await?,
        role: Role::Operator,
        language: Language::En,
        created_at: app.wall.now(),
    };
    let tx = app.store.begin().await?;
    if !tx.insert_user(&user).await? {
        return Err(FlowError::EmailTaken);
    }
    tx.commit().await?;
    Ok(user.id)
}
