//! One usage tick of one tenant: ask the host, then account for the time since the last one. Cycles end here, graces
//! end here, and what runs out is closed here.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::look::{Look, look};
use crate::flow::publish::publish;
use crate::flow::record_step::record_step;
use crate::store::Actor;
use shared::api::tenants::PanelStatus;
use shared::billing::event::Event;
use shared::billing::step::step;
use shared::ids::TenantId;

/// Looks at a tenant and books what is due.
pub async fn observe(app: &App, id: TenantId) -> Result<(), FlowError> {
    let Some(known) = app.store.tenant(id).await? else { return Ok(()) };
    let looked_at = known.time(app.clock.now());
    let seen = match known.state.panel.status() {
        PanelStatus::Active => Some(look(app, &known).await?),
        _ => None,
    };
    let tx = app.store.begin().await?;
    let Some(record) = tx.tenant(id).await? else { return Ok(()) };
    // It moved while the host was asked: what was seen speaks of another state. Whoever moved it made it due anew.
    if record.state.panel.status() != known.state.panel.status() {
        return Ok(());
    }
    if let Some(at) =
        seen.and_then(Look::last_active_at).filter(|at| record.last_active_at.is_none_or(|known| known < *at))
    {
        tx.save_activity(id, at).await?;
    }
    let event = seen.map_or(Event::TimePassed, |look| look.observed(app.settings.reach_seconds));
    let next = step(&record.state, &event, looked_at)?;
    record_step(app, &tx, record, next, &Actor::SYSTEM, looked_at).await?;
    publish(app, tx).await?;
    Ok(())
}
