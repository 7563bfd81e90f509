//! A person says what they are called, and in which language they are spoken to.

use super::on_record::by;
use super::present::present;
use super::profile::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::{Caller, fields};
use crate::store::UserRecord;
use shared::api::people::{EditProfile, Profile};

/// Replaces what the caller says of themselves.
pub async fn edit_profile(app: &App, caller: &Caller, request: &EditProfile) -> Result<Profile, FlowError> {
    let name = fields::name(&request.name).map_err(|error| FlowError::Invalid(vec![error]))?;
    let tx = app.store.begin().await?;
    let user = present(&tx, caller).await?;
    tx.set_profile(user.id, &name, request.language).await?;
    tx.insert_audit(&by(app, &tx, &user, "profile_edited").await?).await?;
    tx.commit().await?;
    view(app, UserRecord { name, language: request.language, ..user }).await
}
