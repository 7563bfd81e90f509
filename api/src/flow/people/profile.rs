//! A person, as they see themselves.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::store::UserRecord;
use shared::api::people::Profile;

/// The caller.
pub async fn profile(app: &App, caller: &Caller) -> Result<Profile, FlowError> {
    let user = app.store.user(caller.user_id).await?.ok_or(FlowError::SessionEnded)?;
    view(app, user).await
}

pub(super) async fn view(app: &App, user: UserRecord) -> Result<Profile, FlowError> {
    let factor = app.store.second_factor(user.id).await?;
    let left = app.store.recovery_codes_left(user.id).await?;
    Ok(Profile {
        user_id: user.id,
        email: user.email,
        name: user.name,
        language: user.language,
        role: user.role,
        since: user.created_at,
        has_second_factor: factor.is_some_and(|factor| factor.since.is_some()),
        recovery_codes_left: u32::try_from(left).unwrap_or(u32::MAX),
    })
}
