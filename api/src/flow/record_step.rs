//! Writes everything that follows from one step of the core, inside the caller's transaction.

use super::FlowError;
use crate::app::App;
use crate::store::{Actor, JournalKind, NewAudit, NewJournal, OutboxRow, TenantRecord, Tx};
use shared::api::tenants::{BillingState, PanelStatus};
use shared::billing::forecast::changes_by;
use shared::billing::ledger::cycle_earned;
use shared::billing::state::{Panel, Tenant};
use shared::billing::step::{Move, Step, What};
use shared::ids::{AuditId, EffectId, JournalId};
use shared::time::Timestamp;

/// How often a panel that is being set up is looked at, in billing seconds.
const CREATING_TICK_SECONDS: i64 = 5;

/// Writes the step: windows, cycles, state, ledger, audit and promises. Returns the tenant as it now is.
pub(super) async fn record_step(
    app: &App,
    tx: &Tx,
    before: TenantRecord,
    step: Step,
    actor: &Actor,
    now: Timestamp,
) -> Result<TenantRecord, FlowError> {
    let id = before.state.id;
    tx.insert_windows(id, &step.windows).await?;
    tx.save_tenant(&before, &step.tenant, &step.ended, due_at(app, &step.tenant, now)).await?;
    for ended in &step.ended {
        if let Some(journal) = cycle_earned(ended)? {
            let kind = JournalKind::CycleEarned(ended.cycle.number);
            let id = JournalId::new(app.ids.uuid());
            let new = NewJournal {
                id,
                kind,
                at: ended.at,
                tenant_id: step.tenant.id,
                account_id: before.account_id,
                journal,
            };
            tx.insert_journal(&new).await?;
        }
    }
    for moved in &step.moves {
        tx.insert_audit(&audit(app, &before, moved, actor, now)).await?;
    }
    for effect in &step.effects {
        let row = OutboxRow {
            id: EffectId::new(app.ids.uuid()),
            tenant_id: id,
            account_id: before.account_id,
            effect: *effect,
            at: now,
            attempts: 0,
        };
        tx.insert_effect(&row, app.wall.now()).await?;
    }
    Ok(TenantRecord { state: step.tenant, version: before.version + 1, ..before })
}

/// When the worker must look at this tenant next: at its tick if the host is to be asked, and in any case when time
/// alone changes something.
fn due_at(app: &App, tenant: &Tenant, now: Timestamp) -> Option<Timestamp> {
    let tick = match tenant.panel {
        // From the last look: what happens in between (a renewal) must not put the next one off beyond its reach.
        Panel::Active => Some(tenant.accounted_until.unwrap_or(now).plus(app.settings.tick_seconds)),
        Panel::Creating => Some(now.plus(CREATING_TICK_SECONDS)),
        Panel::Pending
        | Panel::Stopped
        | Panel::Suspended(_)
        | Panel::Failed { .. }
        | Panel::Deleting
        | Panel::Deleted => None,
    };
    [tick, changes_by(tenant)].into_iter().flatten().min()
}

fn audit(app: &App, before: &TenantRecord, moved: &Move, actor: &Actor, now: Timestamp) -> NewAudit {
    let cycle = |number: u32| Some(format!("cycle {number}"));
    let (what, from, to, why) = match moved.what {
        What::Panel { from, to, why } => ("panel_moved", Some(panel(from)), Some(panel(to)), Some(why.name())),
        What::Billing { from, to, why } => ("billing_moved", Some(billing(from)), Some(billing(to)), Some(why.name())),
        What::CycleQueued { number } => ("cycle_queued", None, cycle(number), None),
        What::CycleStarted { number } => ("cycle_started", None, cycle(number), None),
        What::CycleEnded { number, reason } => {
            let why = match reason {
                shared::api::tenants::EndedReason::HoursUsedUp => "hours_used_up",
                shared::api::tenants::EndedReason::TimeElapsed => "time_elapsed",
            };
            ("cycle_ended", cycle(number), None, Some(why))
        }
    };
    NewAudit {
        id: AuditId::new(app.ids.uuid()),
        tenant_id: Some(before.state.id),
        account_id: Some(before.account_id),
        at: moved.at,
        noticed_at: now,
        actor: actor.clone(),
        what: what.to_owned(),
        from,
        to,
        why: why.map(str::to_owned),
    }
}

fn panel(status: PanelStatus) -> String {
    let name = match status {
        PanelStatus::Pending => "pending",
        PanelStatus::Creating => "creating",
        PanelStatus::Active => "active",
        PanelStatus::Stopped => "stopped",
        PanelStatus::Suspended => "suspended",
        PanelStatus::Failed => "failed",
        PanelStatus::Deleting => "deleting",
        PanelStatus::Deleted => "deleted",
    };
    name.to_owned()
}

fn billing(state: BillingState) -> String {
    let name = match state {
        BillingState::None => "none",
        BillingState::Trial => "trial",
        BillingState::Active => "active",
        BillingState::Grace => "grace",
        BillingState::Expired => "expired",
    };
    name.to_owned()
}
