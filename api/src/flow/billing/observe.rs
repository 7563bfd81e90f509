//! One usage tick of one tenant: ask the host, then account for the time since the last one. Cycles end here, graces
//! end here, and what runs out is closed here.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::look::{Look, look};
use crate::flow::publish::publish;
use crate::flow::record_step::record_step;
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
    let looked_at = known.time(app.clock.now());
    let seen = match known.state.panel.status() {
        PanelStatus::Active | PanelStatus::Creating => Some(look(app, &known.subdomain).await),
        _ => None,
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

fn event(app: &App, record: &TenantRecord, look: Option<Look>, now: Timestamp) -> Event {
    let Some(look) = look else { return Event::TimePassed };
    match (record.state.panel.status(), look.seen) {
        (PanelStatus::Active, _) => look.observed(app.settings.reach_seconds),
        (PanelStatus::Creating, Seen::Up) => Event::PanelReady,
        (PanelStatus::Creating, _) if now.seconds_since(record.state.panel_since) >= app.settings.creation_seconds => {
            let minutes = app.settings.creation_seconds / 60;
            Event::CreationFailed { reason: format!("The host did not bring the panel up within {minutes} minutes.") }
        }
        _ => Event::TimePassed,
    }
}
