//! The first server is where everything was before servers were kept: what stands at none stands there, if the server has it.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::audit::panel_audit;
use crate::flow::jobs::nightly::next_night;
use crate::flow::publish::publish;
use crate::port::host::Survey;
use crate::store::{Actor, OutboxRow, ServerRecord, TenantRecord, Tx};
use shared::api::tenants::PanelStatus;
use shared::billing::effect::Effect;
use shared::ids::{EffectId, TenantId};
use std::collections::HashSet;

/// What has, or is to have, a database somewhere.
const STANDING: [PanelStatus; 4] =
    [PanelStatus::Creating, PanelStatus::Active, PanelStatus::Stopped, PanelStatus::Suspended];

/// Whether any panel that has, or is to have, a database stands nowhere.
pub(super) async fn is_anything_nowhere(app: &App) -> Result<bool, FlowError> {
    let tx = app.store.begin().await?;
    let nowhere = tx.unplaced_tenants(&STANDING).await?;
    tx.commit().await?;
    Ok(!nowhere.is_empty())
}

/// Places the panels that stand nowhere at a server that has just `said` what it has, if it is the only one and has a database of their
/// name. They are copied from the next night on; those that were being set up are set up by a job, which chooses a server by
/// itself. What the server does not list stays where it is, nowhere, and is logged whenever the server is asked: nothing is closed, opened
/// or dropped on its behalf.
pub(super) async fn take_in(app: &App, server: &ServerRecord, said: &Survey) -> Result<(), FlowError> {
    let tx = app.store.begin().await?;
    let is_only = tx.is_only_server(server.id).await?;
    let nowhere = if is_only { tx.unplaced_tenants(&STANDING).await? } else { Vec::new() };
    tx.commit().await?;
    let plain = said.databases.iter().filter(|it| it.template != Some(true) && it.name != server.template);
    let there: HashSet<&str> = plain.map(|it| it.name.as_str()).collect();
    // One after the other: each is locked for itself, and a crash in between leaves the rest for the next time.
    for id in nowhere {
        take_one(app, server, &there, id).await?;
    }
    Ok(())
}

async fn take_one(app: &App, server: &ServerRecord, there: &HashSet<&str>, id: TenantId) -> Result<(), FlowError> {
    let tx = app.store.begin().await?;
    let Some(record) = tx.tenant(id).await?.filter(|record| record.server_id.is_none()) else { return Ok(()) };
    match record.state.panel.status() {
        PanelStatus::Active | PanelStatus::Stopped | PanelStatus::Suspended => {
            if !there.contains(record.subdomain.as_str()) {
                let (server, panel) = (&server.name, &record.subdomain);
                tracing::error!(server, panel, tenant = %id, "a panel stands nowhere, and the only server does not have it");
                return Ok(());
            }
            tx.plan_copy(id, Some(next_night(app.wall.now()))).await?;
            tx.place_tenant(id, Some(server.id)).await?;
            // The panel's people read this: which server it is, is the operator's business.
            tx.insert_audit(&panel_audit(app, &record, Actor::SYSTEM, "panel_placed")).await?;
        }
        // Its job, or the promise of one, chooses a server by itself.
        PanelStatus::Creating if is_on_its_way(&tx, &record).await? => return Ok(()),
        PanelStatus::Creating => promise(app, &tx, &record).await?,
        PanelStatus::Pending | PanelStatus::Failed | PanelStatus::Deleting | PanelStatus::Deleted => return Ok(()),
    }
    tx.record_change(id, record.account_id).await?;
    publish(app, tx).await?;
    Ok(())
}

async fn is_on_its_way(tx: &Tx, record: &TenantRecord) -> Result<bool, FlowError> {
    let id = record.state.id;
    Ok(tx.open_job(id).await?.is_some() || tx.has_promise(id, Effect::SetUpPanel).await?)
}

async fn promise(app: &App, tx: &Tx, record: &TenantRecord) -> Result<(), FlowError> {
    let row = OutboxRow {
        id: EffectId::new(app.ids.uuid()),
        tenant_id: record.state.id,
        account_id: record.account_id,
        effect: Effect::SetUpPanel,
        at: record.time(app.clock.now()),
        attempts: 0,
    };
    Ok(tx.insert_effect(&row, app.wall.now()).await?)
}
