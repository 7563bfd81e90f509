//! The first server is where everything was before servers were kept: what stands at none stands there.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::jobs::nightly::next_night;
use crate::store::{Actor, NewAudit, OutboxRow, ServerRecord, TenantRecord, Tx};
use shared::api::tenants::PanelStatus;
use shared::billing::effect::Effect;
use shared::ids::{AuditId, EffectId};

/// What has, or is to have, a database somewhere.
const STANDING: [PanelStatus; 4] =
    [PanelStatus::Creating, PanelStatus::Active, PanelStatus::Stopped, PanelStatus::Suspended];

/// Places all panels that stand nowhere at the server that `tx` has just registered, if it is the only one. They are copied from
/// the next night on; those that were being set up are set up by a job.
pub(super) async fn take_in(app: &App, tx: &Tx, server: &ServerRecord, actor: &Actor) -> Result<(), FlowError> {
    if !tx.is_only_server(server.id).await? {
        return Ok(());
    }
    for id in tx.unplaced_tenants(&STANDING).await? {
        let Some(record) = tx.tenant(id).await?.filter(|record| record.server_id.is_none()) else { continue };
        match record.state.panel.status() {
            PanelStatus::Active | PanelStatus::Stopped | PanelStatus::Suspended => {
                tx.plan_copy(id, Some(next_night(app.wall.now()))).await?;
            }
            // Its job, or the promise of one, chooses a server by itself.
            PanelStatus::Creating if is_on_its_way(tx, &record).await? => continue,
            PanelStatus::Creating => promise(app, tx, &record).await?,
            PanelStatus::Pending | PanelStatus::Failed | PanelStatus::Deleting | PanelStatus::Deleted => continue,
        }
        tx.place_tenant(id, Some(server.id)).await?;
        tx.insert_audit(&placed(app, &record, actor)).await?;
        tx.record_change(id, record.account_id).await?;
    }
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

fn placed(app: &App, record: &TenantRecord, actor: &Actor) -> NewAudit {
    let now = record.time(app.clock.now());
    NewAudit {
        id: AuditId::new(app.ids.uuid()),
        tenant_id: Some(record.state.id),
        account_id: Some(record.account_id),
        at: now,
        noticed_at: now,
        actor: actor.clone(),
        what: "panel_placed".to_owned(),
        from: None,
        // The panel's people read this: which server it is, is the operator's business.
        to: None,
        why: None,
    }
}
