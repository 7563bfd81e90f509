//! One database that is there already becomes a panel. It awaits its first payment like any other; nothing that goes wrong with it
//! afterwards may ever remove it.

use super::access::access;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::jobs::identity;
use crate::flow::publish::publish;
use crate::flow::tenants::create_tenant::{PanelOrder, new_tenant};
use crate::port::Unknown;
use crate::port::host::{HostError, PanelAddress, ServerAccess, Survey};
use crate::store::{Actor, NewAudit, ServerRecord, TenantRecord};
use shared::api::servers::{Adopt, Adopted};
use shared::ids::{AuditId, ServerId};
use std::sync::Arc;

/// A server that has just said what it has.
pub(super) struct Asked {
    pub(super) server: ServerRecord,
    pub(super) access: Arc<ServerAccess>,
    pub(super) survey: Survey,
}

impl Asked {
    /// Asks a server what it has.
    pub(super) async fn of(app: &App, id: ServerId) -> Result<Self, FlowError> {
        let server = app.store.server(id).await?.ok_or(FlowError::NotFound)?;
        let access = Arc::new(access(app, &server)?);
        let survey = app.host.survey(&access).await.map_err(|error| match error {
            HostError::Unknown(unknown) => FlowError::HostSilent(unknown),
            HostError::Refused(why) => FlowError::HostSilent(Unknown::new(why)),
        })?;
        Ok(Self { server, access, survey })
    }

    fn has(&self, database: &str) -> bool {
        let plain =
            self.survey.databases.iter().filter(|it| it.template != Some(true) && it.name != self.server.template);
        plain.into_iter().any(|it| it.name == database)
    }
}

/// Makes a panel of a database. Its address is the database's name.
pub(super) async fn adopt_one(app: &App, actor: &Actor, at: &Asked, new: &Adopt) -> Result<Adopted, FlowError> {
    if !at.has(&new.database) {
        return Err(FlowError::field("/database", "unknown", "the server has no database of this name"));
    }
    let order =
        PanelOrder { owner_email: &new.owner_email, name: &new.name, subdomain: &new.database, plan: &new.plan };
    let tx = app.store.begin().await?;
    let tenant_id = new_tenant(app, &tx, order).await?;
    tx.place_tenant(tenant_id, Some(at.server.id)).await?;
    tx.mark_adopted(tenant_id).await?;
    let record = tx.tenant(tenant_id).await?.ok_or(FlowError::NotFound)?;
    let now = record.time(app.clock.now());
    let audit = NewAudit {
        id: AuditId::new(app.ids.uuid()),
        tenant_id: Some(tenant_id),
        account_id: Some(record.account_id),
        at: now,
        noticed_at: now,
        actor: actor.clone(),
        what: "adopted".to_owned(),
        from: None,
        to: Some(new.database.clone()),
        why: None,
    };
    tx.insert_audit(&audit).await?;
    publish(app, tx).await?;
    introduce(app, at, &record).await
}

/// Tells the panel of us, so that its owner can be signed in. Where that cannot be written they are left the front door.
pub(super) async fn introduce(app: &App, at: &Asked, record: &TenantRecord) -> Result<Adopted, FlowError> {
    let panel = PanelAddress { server: Arc::clone(&at.access), subdomain: record.subdomain.clone() };
    let told = app.host.adopt(&panel, &identity(app, record).await?).await;
    Ok(Adopted { tenant_id: record.state.id, trouble: told.err().map(|error| error.to_string()) })
}
