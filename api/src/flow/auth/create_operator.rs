//! The operator's own people are made at the command line, never over the network.

use super::fields;
use crate::flow::FlowError;
use crate::keys::password::Passwords;
use crate::port::clock::Clock;
use crate::port::ids::Ids;
use crate::store::{Store, UserRecord};
use shared::api::auth::{Language, Role};
use shared::ids::UserId;

/// A person of the operator, as they are asked for.
#[derive(Clone, Copy)]
pub struct NewOperator<'a> {
    /// What they are called.
    pub name: &'a str,
    /// What they sign in with.
    pub email: &'a str,
    /// Their password, 10 to 128 characters.
    pub password: &'a str,
}

/// Keeps a person of the operator. Needs no gateway and no host, so it is told without an application.
pub async fn create_operator(
    store: &Store,
    ids: &dyn Ids,
    wall: &dyn Clock,
    new: NewOperator<'_>,
) -> Result<UserId, FlowError> {
    let (name, email, password) = (fields::name(new.name), fields::email(new.email), fields::password(new.password));
    fields::all([name.clone().err(), email.clone().err(), password.clone().err()]).map_err(FlowError::Invalid)?;
    let (Ok(name), Ok(email), Ok(password)) = (name, email, password) else { return Err(FlowError::Invalid(vec![])) };
    let user = UserRecord {
        id: UserId::new(ids.uuid()),
        account_id: None,
        email,
        name,
        password_hash: Passwords::default().hash(password).await?,
        role: Role::Operator,
        language: Language::En,
        created_at: wall.now(),
    };
    let tx = store.begin().await?;
    if !tx.insert_user(&user).await? {
        return Err(FlowError::EmailTaken);
    }
    tx.commit().await?;
    Ok(user.id)
}
