//! One database that is there already becomes a panel. It awaits its first payment like any other; nothing that goes wrong with it
//! afterwards may ever remove it.

use super::access::access;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::audit::panel_audit;
use crate::flow::jobs::identity;
use crate::flow::publish::publish;
use crate::flow::record_step::record_step;
use crate::flow::tenants::create_tenant::{PanelOrder, new_tenant};
use crate::port::host::{HostError, Identity, PanelAddress, ServerAccess, Survey};
use crate::store::{Actor, NewAudit, ServerRecord, TenantRecord};
use shared::api::servers::{Adopt, Adopted};
use shared::billing::event::Event;
use shared::billing::state::Panel;
use shared::billing::step::step;
use shared::ids::ServerId;
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
        let survey = app.host.survey(&access).await?;
        Ok(Self { server, access, survey })
    }

    fn has(&self, database: &str) -> bool {
        let plain =
            self.survey.databases.iter().filter(|it| it.template != Some(true) && it.name != self.server.template);
        plain.into_iter().any(|it| it.name == database)
    }
}

/// Makes a panel of a database. Its address is the database's name. If the host refuses, there is no panel: the field `/database` says why.
pub(super) async fn adopt_one(app: &App, actor: &Actor, at: &Asked, new: &Adopt) -> Result<Adopted, FlowError> {
    if !at.has(&new.database) {
        return Err(FlowError::field("/database", "unknown", "the server has no database of this name"));
    }
    let order =
        PanelOrder { owner_email: &new.owner_email, name: &new.name, subdomain: &new.database, plan: &new.plan };
    let tx = app.store.begin().await?;
    let tenant_id = new_tenant(app, &tx, order).await?;
    tx.place_tenant(tenant_id, Some(at.server.id)).await?;
    tx.mark_adopted(tenant_id, true).await?;
    let record = tx.tenant(tenant_id).await?.ok_or(FlowError::NotFound)?;
    let row = panel_audit(app, &record, actor.clone(), "adopted");
    tx.insert_audit(&NewAudit { to: Some(record.subdomain.clone()), ..row }).await?;
    publish(app, tx).await?;
    introduce(app, at, &record).await
}

/// Tells the panel of us, so that its owner can be signed in. Where that cannot be written they are left the front door; a host that refuses
/// (the database is another panel's, or none that a panel could be) ends it, and the placing is taken back.
pub(super) async fn introduce(app: &App, at: &Asked, record: &TenantRecord) -> Result<Adopted, FlowError> {
    let panel = PanelAddress { server: Arc::clone(&at.access), subdomain: record.subdomain.clone() };
    let before = app.store.adopted_before(&record.subdomain).await?;
    let identity = Identity { before, ..identity(app, record).await? };
    let trouble = match app.host.adopt(&panel, &identity).await {
        Ok(trouble) => trouble,
        Err(HostError::Unknown(unknown)) => Some(unknown.to_string()),
        Err(HostError::Refused(why)) => {
            take_back(app, record, &why).await?;
            return Err(FlowError::field("/database", "refused", &why));
        }
    };
    Ok(Adopted { tenant_id: record.state.id, trouble })
}

/// The panel stands nowhere any more and is removed, by itself: the database is not touched. One that somebody has paid for meanwhile
/// stays, and is a person's to look at.
async fn take_back(app: &App, record: &TenantRecord, why: &str) -> Result<(), FlowError> {
    let id = record.state.id;
    let tx = app.store.begin().await?;
    let Some(record) = tx.tenant(id).await? else { return Ok(()) };
    if record.state.panel != Panel::Pending {
        tracing::error!(tenant = %id, why, "an adopted panel was refused by its host after it was paid for");
        return Ok(());
    }
    let now = record.time(app.clock.now());
    tx.place_tenant(id, None).await?;
    let row = panel_audit(app, &record, Actor::SYSTEM, "adoption_refused");
    let (to, why) = (Some(record.subdomain.clone()), Some(why.to_owned()));
    tx.insert_audit(&NewAudit { to, why, ..row }).await?;
    let next = step(&record.state, &Event::DeletionRequested, now)?;
    record_step(app, &tx, record, next, &Actor::SYSTEM, now).await?;
    publish(app, tx).await?;
    Ok(())
}
