//! A database that is there already becomes a panel of a customer. It awaits its first payment like any other; nothing that
//! goes wrong with it afterwards may ever remove it.

use super::access::access;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::jobs::identity;
use crate::flow::operator::operator;
use crate::flow::publish::publish;
use crate::flow::tenants::create_tenant::{PanelOrder, new_tenant};
use crate::port::host::{HostError, PanelAddress};
use crate::store::NewAudit;
use shared::api::servers::{Adopt, Adopted};
use shared::ids::{AuditId, ServerId};
use std::sync::Arc;

/// Makes a panel of a database. Its address is the database's name.
pub async fn adopt(app: &App, caller: &Caller, id: ServerId, new: &Adopt) -> Result<Adopted, FlowError> {
    let actor = operator(caller)?;
    let server = app.store.server(id).await?.ok_or(FlowError::NotFound)?;
    let access = Arc::new(access(app, &server)?);
    let survey = match app.host.survey(&access).await {
        Ok(survey) => survey,
        Err(HostError::Unknown(unknown)) => return Err(FlowError::HostSilent(unknown)),
        Err(HostError::Refused(why)) => return Err(FlowError::field("/database", "refused", &why)),
    };
    if !survey.databases.iter().any(|it| it.name == new.database && it.template != Some(true)) {
        return Err(FlowError::field("/database", "unknown", "the server has no database of this name"));
    }
    let order =
        PanelOrder { owner_email: &new.owner_email, name: &new.name, subdomain: &new.database, plan: &new.plan };
    let tx = app.store.begin().await?;
    let tenant_id = new_tenant(app, &tx, order).await?;
    tx.place_tenant(tenant_id, id).await?;
    tx.mark_adopted(tenant_id).await?;
    let now = app.clock.now();
    let record = tx.tenant(tenant_id).await?.ok_or(FlowError::NotFound)?;
    let audit = NewAudit {
        id: AuditId::new(app.ids.uuid()),
        tenant_id: Some(tenant_id),
        account_id: Some(record.account_id),
        at: now,
        noticed_at: now,
        actor,
        what: "adopted".to_owned(),
        from: None,
        to: Some(new.database.clone()),
        why: None,
    };
    tx.insert_audit(&audit).await?;
    publish(app, tx).await?;
    // So that its owner can be signed in. A server that cannot write that leaves them the front door.
    let panel = PanelAddress { server: access, subdomain: new.database.clone() };
    let knows_us = app.host.adopt(&panel, &identity(app, &record).await?).await;
    Ok(Adopted { tenant_id, trouble: knows_us.err().map(|error| error.to_string()) })
}
