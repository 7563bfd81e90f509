//! Writes everything that follows from one step of the core, inside the caller's transaction.

use super::FlowError;
use crate::app::App;
use crate::flow::audit::new_audit;
use crate::store::{Actor, Fact, NewAudit, NewJournal, OutboxRow, TenantRecord, Tx};
use shared::api::invoices::LineView;
use shared::billing::counter::counts;
use shared::billing::facts::PlacedLine;
use shared::billing::forecast::changes_by;
use shared::billing::gauge::Sample;
use shared::billing::ledger::{Journal, charges_accrued, revenue_earned};
use shared::billing::order::cycle_of;
use shared::billing::proof::{Line, Seal};
use shared::billing::state::{Panel, Tenant};
use shared::billing::step::{Move, Step, What};
use shared::ids::{EffectId, JournalId};
use shared::time::Timestamp;
use std::collections::BTreeMap;

/// Writes the step: windows, counters, cycles and their proofs, state, ledger, audit and promises. `now` is by the
/// account's clock. Returns the tenant as it now is.
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
    tx.count(id, &counts(before.zone, &step.windows, &step.billed)).await?;
    let seals = prove(tx, &before, &step, now).await?;
    let due_at = due_at(app, &step.tenant, now).map(|at| at.plus(-before.clock_ahead_seconds));
    tx.save_tenant(&before, &step.tenant, &step.ended, &seals, due_at).await?;
    book(app, tx, &before, &step).await?;
    if let Some(measured) = step.windows.iter().rfind(|window| window.sample != Sample::default()) {
        tx.save_sample(id, measured.sample, measured.span.to()).await?;
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
    let running = step.tenant.billing.running().map(|cycle| cycle.number);
    let seal = running.and_then(|number| seals.get(&number).cloned());
    Ok(TenantRecord { state: step.tenant, version: before.version + 1, seal, ..before })
}

/// Seals the new lines onto those before, and keeps the lines that are not windows. A cycle that began before there were
/// seals gets none.
async fn prove(tx: &Tx, before: &TenantRecord, step: &Step, now: Timestamp) -> Result<BTreeMap<u32, Seal>, FlowError> {
    let running = before.state.billing.running().map(|cycle| cycle.number);
    let mut seals: BTreeMap<u32, Seal> = running.zip(before.seal.clone()).into_iter().collect();
    for (number, line) in &step.lines {
        let after_at = match line {
            Line::Started { starts_at, .. } => {
                seals.insert(*number, Seal::default());
                Some(*starts_at)
            }
            Line::Upgraded { .. } | Line::Corrected { .. } => Some(step.tenant.accounted_until.unwrap_or(now)),
            Line::Ended { at, .. } => Some(*at),
            Line::Window { .. } => None,
        };
        let Some(seal) = seals.get_mut(number) else { continue };
        *seal = seal.then(line);
        if let Some(after_at) = after_at {
            tx.insert_line(before.state.id, *number, &PlacedLine { after_at, line: line.clone() }).await?;
        }
    }
    Ok(seals)
}

/// What became earned, and what cycles that are over cost beyond their price.
async fn book(app: &App, tx: &Tx, before: &TenantRecord, step: &Step) -> Result<(), FlowError> {
    let journal = |fact, at, journal: Journal| NewJournal {
        id: JournalId::new(app.ids.uuid()),
        fact,
        at,
        tenant_id: before.state.id,
        account_id: before.account_id,
        journal,
    };
    for earned in &step.earned {
        let fact = Fact::RevenueEarned(earned.cycle_number, earned.at);
        tx.insert_journal(&journal(fact, earned.at, revenue_earned(earned.amount)?)).await?;
    }
    for ended in &step.ended {
        let number = ended.cycle.number;
        let lines: Vec<LineView> =
            step.postpaid.iter().filter(|line| cycle_of(&line.what) == number).cloned().collect();
        tx.insert_charges(before.state.id, number, &lines).await?;
        let accrued = charges_accrued(&lines, ended.cycle.terms.currency())?;
        tx.insert_journal(&journal(Fact::ChargesAccrued(number), ended.at, accrued)).await?;
    }
    Ok(())
}

/// When the worker must look at this tenant next: at its tick if the host is to be asked, and in any case when time
/// alone changes something.
fn due_at(app: &App, tenant: &Tenant, now: Timestamp) -> Option<Timestamp> {
    let tick = match tenant.panel {
        // From the last look: what happens in between (a renewal) must not put the next one off beyond its reach.
        Panel::Active => Some(tenant.accounted_until.unwrap_or(now).plus(app.settings.tick_seconds)),
        Panel::Pending
        | Panel::Creating
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
    let word = |name: &'static str| Some(name.to_owned());
    let (what, from, to, why) = match moved.what {
        What::Panel { from, to, why } => ("panel_moved", word(from.name()), word(to.name()), Some(why.name())),
        What::Billing { from, to, why } => ("billing_moved", word(from.name()), word(to.name()), Some(why.name())),
        What::CycleQueued { number } => ("cycle_queued", None, cycle(number), None),
        What::CycleWithdrawn { number } => ("cycle_withdrawn", cycle(number), None, None),
        What::CycleStarted { number } => ("cycle_started", None, cycle(number), None),
        What::CycleEnded { number, reason } => ("cycle_ended", cycle(number), None, Some(reason.name())),
        What::CycleUpgraded { number } => ("cycle_upgraded", None, cycle(number), None),
        What::UsageCorrected { from_seconds, to_seconds, .. } => {
            let seconds = |seconds: i64| Some(format!("{seconds} s"));
            ("usage_corrected", seconds(from_seconds), seconds(to_seconds), None)
        }
        What::Cancelled => ("cancelled", None, None, None),
        What::CancellationWithdrawn => ("cancellation_withdrawn", None, None, None),
    };
    NewAudit {
        at: moved.at,
        tenant_id: Some(before.state.id),
        account_id: Some(before.account_id),
        from,
        to,
        why: why.map(str::to_owned),
        ..new_audit(app, actor.clone(), what, now)
    }
}
