//! One hand on one panel: what stopping, starting, retrying, suspending and resuming have in common.

use super::beside::beside;
use super::owned::owned;
use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::look::look;
use crate::flow::publish::publish;
use crate::flow::record_step::record_step;
use shared::api::auth::Role;
use shared::api::tenants::{PanelStatus, TenantStatus};
use shared::billing::event::Event;
use shared::billing::step::step;
use shared::ids::TenantId;

/// Applies what a person asked for, if they are one of `allowed`. A panel that is up is looked at first, so that its
/// last minutes are accounted for by what was seen and not by a guess.
pub(super) async fn operate(
    app: &App,
    caller: &Caller,
    id: TenantId,
    allowed: &[Role],
    event: Event,
) -> Result<TenantStatus, FlowError> {
    let known = owned(app.store.tenant(id).await?, caller)?;
    if !allowed.contains(&caller.role) {
        return Err(FlowError::NotFound);
    }
    let looked_at = known.time(app.clock.now());
    let seen = match known.state.panel.status() {
        PanelStatus::Active => Some(look(app, &known).await?),
        _ => None,
    };
    let tx = app.store.begin().await?;
    let mut record = owned(tx.tenant(id).await?, caller)?;
    let actor = caller.actor();
    if let Some(seen) = seen {
        let observed = seen.observed(app.settings.reach_seconds);
        let first = step(&record.state, &observed, looked_at)?;
        record = record_step(app, &tx, record, first, &crate::store::Actor::SYSTEM, looked_at).await?;
    }
    let now = record.time(app.clock.now());
    let then = step(&record.state, &event, now)?;
    record = record_step(app, &tx, record, then, &actor, now).await?;
    publish(app, tx).await?;
    let beside = beside(app, caller, std::slice::from_ref(&record)).await?;
    Ok(view(app, caller, &record, &beside.of(&record), app.clock.now()))
}
