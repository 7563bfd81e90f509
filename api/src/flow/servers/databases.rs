//! Which databases does a server have, and which of them are panels? Asks the server; writes nothing.

use super::access::access;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use shared::api::servers::{DatabaseList, DatabaseView};
use shared::ids::ServerId;

/// All databases but templates, by name.
pub async fn databases(app: &App, caller: &Caller, id: ServerId) -> Result<DatabaseList, FlowError> {
    operator(caller)?;
    let server = app.store.server(id).await?.ok_or(FlowError::NotFound)?;
    let survey = app.host.survey(&access(app, &server)?).await?;
    let panels = app.store.tenants_at(id).await?;
    let databases = survey.databases.into_iter();
    let plain = databases.filter(|it| it.template != Some(true) && it.name != server.template);
    let items =
        plain.map(|it| DatabaseView { tenant_id: panels.get(&it.name).copied(), name: it.name, closed: it.closed });
    Ok(DatabaseList { items: items.collect() })
}
