//! The person who is signed in, as the store knows them now.

use super::Caller;
use super::begin_session::me;
use crate::app::App;
use crate::flow::FlowError;
use shared::api::auth::Me;

/// The caller.
pub async fn who_am_i(app: &App, caller: &Caller) -> Result<Me, FlowError> {
    let user = app.store.user(caller.user_id).await?.ok_or(FlowError::SessionEnded)?;
    let account = match user.account_id {
        Some(id) => app.store.account(id).await?,
        None => None,
    };
    Ok(me(&user, account.as_ref()))
}
