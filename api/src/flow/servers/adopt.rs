//! An operator makes a panel of a database that is there already.

use super::adopt_one::{Asked, adopt_one};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use shared::api::servers::{Adopt, Adopted};
use shared::ids::ServerId;

/// Makes a panel of a database. Its address is the database's name.
pub async fn adopt(app: &App, caller: &Caller, id: ServerId, new: &Adopt) -> Result<Adopted, FlowError> {
    let actor = operator(caller)?;
    let at = Asked::of(app, id).await?;
    adopt_one(app, &actor, &at, new).await
}
