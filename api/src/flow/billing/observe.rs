//! One usage tick of one tenant: ask the host, then account for the time since the last one. Cycles end here, graces
//! end here, and what runs out is closed here.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::publish::publish;
use crate::flow::record_step::record_step;
use crate::port::host::PanelAddress;
use crate::store::{Actor, TenantRecord};
use shared::api::tenants::PanelStatus;
use shared::billing::event::Event;
use shared::billing::step::step;
use shared::billing::usage::Seen;
use shared::ids::TenantId;
use shared::time::Timestamp;

/// Looks at a tenant and books what is due.
pub async fn observe(app: &App, id: TenantId) -> Result<(), FlowError> {
    let Some(known) = app.store.tenant(id).await? else { return Ok(()) };
    let looked_at = app.clock.now();
    let seen = match known.state.panel.status() {
        PanelStatus::Active | PanelStatus::Creating => {
            app.host.probe(&PanelAddress { subdomain: known.subdomain.clone() }).await
        }
        _ => Seen::Unknown,
    };
    let tx = app.store.begin().await?;
    let Some(record) = tx.tenant(id).await? else { return Ok(()) };
    // It moved while the host was asked: what was seen speaks of another state. Whoever moved it made it due anew.
    if record.state.panel.status() != known.state.panel.status() {
        return Ok(());
    }
    let event = event(app, &record, seen, looked_at);
    let next = step(&record.state, &event, looked_at)?;
    record_step(app, &tx, record, next, &Actor::SYSTEM, looked_at).await?;
    publish(app, tx).await?;
    Ok(())
}

fn event(app: &App, record: &TenantRecord, seen: Seen, now: Timestamp) -> Event {
    match (record.state.panel.status(), seen) {
        (PanelStatus::Active, seen) => Event::Observed { seen, reach_seconds: app.settings.reach_seconds },
        (PanelStatus::Creating, Seen::Up) => Event::PanelReady,
        (PanelStatus::Creating, _) if now.seconds_since(record.state.panel_since) >= app.settings.creation_seconds => {
            let minutes = app.settings.creation_seconds / 60;
            Event::CreationFailed { reason: format!("The host did not bring the panel up within {minutes} minutes.") }
        }
        _ => Event::TimePassed,
    }
}
