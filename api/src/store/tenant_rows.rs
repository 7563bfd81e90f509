//! Between rows and the states of the core. A row that no version of this program writes is an error, never a guess.

use super::StoreError;
use super::code::{count, from_json, json, parse, variant, word};
use super::entity::{account, cycle, plan, plan_version, tenant};
use super::plans::PlanRecord;
use super::tenants::TenantRecord;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::api::tenants::{BillingState, EndedReason, PanelStatus, SuspendReason};
use shared::billing::cycle::{Cycle, EndedCycle, Origin, QueuedCycle};
use shared::billing::proof::Seal;
use shared::billing::state::{Billing, Panel, Suspension, Tenant};
use shared::billing::terms::Terms;
use shared::civil::Zone;
use shared::money::Money;
use shared::time::Timestamp;
use std::collections::HashMap;

const TENANTS: &str = "tenants";
const CYCLES: &str = "cycles";

/// The columns that a state fills; the caller adds the others.
pub(super) fn columns(state: &Tenant) -> Result<tenant::ActiveModel, StoreError> {
    let message = match &state.panel {
        Panel::Failed { reason } => Some(reason.clone()),
        Panel::Suspended(Suspension::ByOperator { message }) => Some(message.clone()),
        Panel::Suspended(Suspension::Opening { closed_with }) => closed_with.clone(),
        _ => None,
    };
    let reason = state.panel.suspend_reason().map(|reason| word(&reason, TENANTS)).transpose()?;
    let grace_until = match &state.billing {
        Billing::Grace { until, .. } => Some(until.unix()),
        _ => None,
    };
    Ok(tenant::ActiveModel {
        panel: Set(word(&state.panel.status(), TENANTS)?),
        suspend_reason: Set(reason),
        panel_message: Set(message),
        panel_since: Set(state.panel_since.unix()),
        billing: Set(word(&state.billing.state(), TENANTS)?),
        grace_until: Set(grace_until),
        accounted_until: Set(state.accounted_until.map(Timestamp::unix)),
        next_cycle_number: Set(state.next_cycle_number.into()),
        cancelled: Set(state.cancelled),
        id: NotSet,
        ..Default::default()
    })
}

pub(super) fn running_row(cycle: &Cycle) -> Result<cycle::ActiveModel, StoreError> {
    let order_id = match cycle.origin {
        Origin::Trial => None,
        Origin::Order(order_id) => Some(order_id.to_string()),
    };
    Ok(cycle::ActiveModel {
        tenant_id: NotSet,
        number: Set(cycle.number.into()),
        order_id: Set(order_id),
        terms: Set(json(&cycle.terms, CYCLES)?),
        phase: Set("running".to_owned()),
        starts_at: Set(Some(cycle.starts_at.unix())),
        ends_at: Set(Some(cycle.ends_at.unix())),
        used_seconds: Set(cycle.used_seconds),
        day_index: Set(cycle.day_index),
        day_used_seconds: Set(cycle.day_used_seconds),
        ended_at: Set(None),
        ended_reason: Set(None),
        plan_version_id: NotSet,
        allowance_seconds: Set(cycle.allowance_seconds),
        overage_seconds: Set(cycle.overage_seconds),
        gauges: Set(json(&cycle.gauges, CYCLES)?),
        reminded: Set(cycle.reminded.into()),
        paid_net_minor: Set(cycle.paid_net.minor),
        earned_net_minor: Set(cycle.earned_net.minor),
        upgraded_by: Set(cycle.upgraded_by.map(|id| id.to_string())),
        seal: NotSet,
    })
}

pub(super) fn ended_row(ended: &EndedCycle) -> Result<cycle::ActiveModel, StoreError> {
    let mut row = running_row(&ended.cycle)?;
    row.phase = Set("ended".to_owned());
    row.ended_at = Set(Some(ended.at.unix()));
    row.ended_reason = Set(Some(word(&ended.reason, CYCLES)?));
    Ok(row)
}

pub(super) fn queued_row(queued: &QueuedCycle) -> Result<cycle::ActiveModel, StoreError> {
    Ok(cycle::ActiveModel {
        tenant_id: NotSet,
        number: Set(queued.number.into()),
        order_id: Set(Some(queued.order_id.to_string())),
        terms: Set(json(&queued.terms, CYCLES)?),
        phase: Set("queued".to_owned()),
        starts_at: Set(None),
        ends_at: Set(None),
        used_seconds: Set(0),
        day_index: Set(0),
        day_used_seconds: Set(0),
        allowance_seconds: Set(queued.terms.allowance_seconds()),
        gauges: Set("{}".to_owned()),
        ..Default::default()
    })
}

/// Adds to tenants' rows what stands in other tables: three queries, however many tenants.
pub(super) async fn assemble(
    db: &impl ConnectionTrait,
    rows: Vec<tenant::Model>,
) -> Result<Vec<TenantRecord>, StoreError> {
    let plans = plans_of(db, &rows).await?;
    let clocks = clocks_of(db, &rows).await?;
    let mut cycles = cycles_of(db, &rows).await?;
    rows.into_iter()
        .map(|row| {
            let plan = plans.get(&row.plan_version_id).cloned().ok_or_else(|| missing("plan version"))?;
            let clock = clocks.get(&row.account_id).copied().ok_or_else(|| missing("account"))?;
            record(&row, plan, clock, cycles.remove(&row.id).unwrap_or_default())
        })
        .collect()
}

fn missing(what: &str) -> StoreError {
    StoreError::Corrupt { table: TENANTS, what: what.to_owned() }
}

async fn plans_of(
    db: &impl ConnectionTrait,
    rows: &[tenant::Model],
) -> Result<HashMap<String, PlanRecord>, StoreError> {
    let ids = rows.iter().map(|row| row.plan_version_id.as_str());
    let found = plan_version::Entity::find().filter(plan_version::Column::Id.is_in(ids)).all(db).await?;
    let plan_ids = found.iter().map(|version| version.plan_id.as_str());
    let plans = plan::Entity::find().filter(plan::Column::Id.is_in(plan_ids)).all(db).await?;
    let names: HashMap<String, String> = plans.into_iter().map(|plan| (plan.id, plan.name)).collect();
    found
        .into_iter()
        .map(|version| {
            let name = names.get(&version.plan_id).cloned().ok_or_else(|| missing("plan"))?;
            Ok((version.id.clone(), plan_record(&version, name)?))
        })
        .collect()
}

/// Each account's zone, and how far its clock is ahead.
async fn clocks_of(
    db: &impl ConnectionTrait,
    rows: &[tenant::Model],
) -> Result<HashMap<String, (Zone, i64)>, StoreError> {
    let ids = rows.iter().map(|row| row.account_id.as_str());
    let found: Vec<(String, String, i64)> = account::Entity::find()
        .select_only()
        .columns([account::Column::Id, account::Column::Zone, account::Column::ClockAheadSeconds])
        .filter(account::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    found.into_iter().map(|(id, zone, ahead)| Ok((id, (parse(&zone, "accounts")?, ahead)))).collect()
}

/// A plan version under its plan's name.
pub(super) fn plan_record(version: &plan_version::Model, name: String) -> Result<PlanRecord, StoreError> {
    Ok(PlanRecord {
        id: parse(&version.plan_id, "plan_versions")?,
        version_id: parse(&version.id, "plan_versions")?,
        name,
        number: count(version.number, "plan_versions")?,
        terms: from_json(&version.terms, "plan_versions")?,
    })
}

/// The cycles that make up the tenants' present: running and queued ones, or the last one that ended. By number.
async fn cycles_of(
    db: &impl ConnectionTrait,
    rows: &[tenant::Model],
) -> Result<HashMap<String, Vec<cycle::Model>>, StoreError> {
    let ids = rows.iter().map(|row| row.id.as_str());
    let live = cycle::Column::TenantId.is_in(ids).and(cycle::Column::Phase.is_in(["running", "queued"]));
    let lapsed = rows.iter().filter(|row| matches!(row.billing.as_str(), "grace" | "expired"));
    let wanted = lapsed.fold(Condition::any().add(live), |wanted, row| {
        let last = cycle::Column::Number.eq(row.next_cycle_number - 1);
        wanted.add(cycle::Column::TenantId.eq(row.id.as_str()).and(last))
    });
    let found = cycle::Entity::find().filter(wanted).order_by_asc(cycle::Column::Number).all(db).await?;
    let mut by_tenant: HashMap<String, Vec<cycle::Model>> = HashMap::new();
    for cycle in found {
        by_tenant.entry(cycle.tenant_id.clone()).or_default().push(cycle);
    }
    Ok(by_tenant)
}

fn record(
    row: &tenant::Model,
    plan: PlanRecord,
    (zone, clock_ahead_seconds): (Zone, i64),
    cycles: Vec<cycle::Model>,
) -> Result<TenantRecord, StoreError> {
    let running = cycles.iter().find(|cycle| cycle.phase == "running");
    let seal = running.and_then(|cycle| cycle.seal.clone()).map(Seal::from_hex);
    let state = Tenant {
        id: parse(&row.id, TENANTS)?,
        panel: panel(row)?,
        panel_since: Timestamp::from_unix(row.panel_since),
        billing: billing(row, cycles)?,
        accounted_until: row.accounted_until.map(Timestamp::from_unix),
        next_cycle_number: count(row.next_cycle_number, TENANTS)?,
        cancelled: row.cancelled,
    };
    Ok(TenantRecord {
        state,
        account_id: parse(&row.account_id, TENANTS)?,
        name: row.name.clone(),
        subdomain: row.shown_subdomain.clone().unwrap_or_else(|| row.subdomain.clone()),
        plan,
        zone,
        clock_ahead_seconds,
        seal,
        users_used: row.users_used,
        storage_bytes_used: row.storage_bytes_used,
        users_at: row.users_at.map(Timestamp::from_unix),
        storage_bytes_at: row.storage_bytes_at.map(Timestamp::from_unix),
        adopted: row.adopted,
        last_active_at: row.last_active_at.map(Timestamp::from_unix),
        server_id: row.server_id.as_deref().map(|id| parse(id, TENANTS)).transpose()?,
        avoid_server_id: row.avoid_server_id.as_deref().map(|id| parse(id, TENANTS)).transpose()?,
        version: row.version,
    })
}

fn panel(row: &tenant::Model) -> Result<Panel, StoreError> {
    let message = || row.panel_message.clone().unwrap_or_default();
    Ok(match variant::<PanelStatus>(&row.panel, TENANTS)? {
        PanelStatus::Pending => Panel::Pending,
        PanelStatus::Creating => Panel::Creating,
        PanelStatus::Active => Panel::Active,
        PanelStatus::Stopped => Panel::Stopped,
        PanelStatus::Failed => Panel::Failed { reason: message() },
        PanelStatus::Deleting => Panel::Deleting,
        PanelStatus::Deleted => Panel::Deleted,
        PanelStatus::Suspended => {
            let reason = row.suspend_reason.as_deref().ok_or_else(|| missing("suspend_reason"))?;
            Panel::Suspended(match variant(reason, TENANTS)? {
                SuspendReason::Opening => Suspension::Opening { closed_with: row.panel_message.clone() },
                SuspendReason::BillingExpired => Suspension::BillingExpired,
                SuspendReason::ByOperator => Suspension::ByOperator { message: message() },
            })
        }
    })
}

fn billing(row: &tenant::Model, cycles: Vec<cycle::Model>) -> Result<Billing, StoreError> {
    let mut cycles = cycles.into_iter();
    let mut first = || cycles.next().ok_or_else(|| missing("cycle"));
    Ok(match variant::<BillingState>(&row.billing, TENANTS)? {
        BillingState::None => Billing::None,
        BillingState::Trial | BillingState::Active => {
            let cycle = running(&first()?)?;
            Billing::Running { cycle, queued: cycles.map(|row| queued(&row)).collect::<Result<_, _>>()? }
        }
        BillingState::Grace => {
            let until = row.grace_until.ok_or_else(|| missing("grace_until"))?;
            Billing::Grace { ended: ended(&first()?)?, until: Timestamp::from_unix(until) }
        }
        BillingState::Expired => Billing::Expired { ended: ended(&first()?)? },
    })
}

fn instant(value: Option<i64>, what: &str) -> Result<Timestamp, StoreError> {
    let absent = || StoreError::Corrupt { table: CYCLES, what: what.to_owned() };
    value.map(Timestamp::from_unix).ok_or_else(absent)
}

pub(super) fn running(row: &cycle::Model) -> Result<Cycle, StoreError> {
    let origin = match &row.order_id {
        Some(order_id) => Origin::Order(parse(order_id, CYCLES)?),
        None => Origin::Trial,
    };
    let terms: Terms = from_json(&row.terms, CYCLES)?;
    let currency = terms.currency();
    Ok(Cycle {
        number: count(row.number, CYCLES)?,
        origin,
        terms,
        allowance_seconds: row.allowance_seconds,
        starts_at: instant(row.starts_at, "starts_at")?,
        ends_at: instant(row.ends_at, "ends_at")?,
        used_seconds: row.used_seconds,
        day_index: row.day_index,
        day_used_seconds: row.day_used_seconds,
        overage_seconds: row.overage_seconds,
        gauges: from_json(&row.gauges, CYCLES)?,
        reminded: count(row.reminded, CYCLES)?,
        paid_net: Money::new(row.paid_net_minor, currency),
        earned_net: Money::new(row.earned_net_minor, currency),
        upgraded_by: row.upgraded_by.as_deref().map(|id| parse(id, CYCLES)).transpose()?,
    })
}

pub(super) fn ended(row: &cycle::Model) -> Result<EndedCycle, StoreError> {
    let reason = row.ended_reason.as_deref().unwrap_or_default();
    Ok(EndedCycle {
        cycle: running(row)?,
        at: instant(row.ended_at, "ended_at")?,
        reason: variant::<EndedReason>(reason, CYCLES)?,
    })
}

fn queued(row: &cycle::Model) -> Result<QueuedCycle, StoreError> {
    let order_id = row.order_id.as_deref().unwrap_or_default();
    Ok(QueuedCycle {
        number: count(row.number, CYCLES)?,
        order_id: parse(order_id, CYCLES)?,
        terms: from_json(&row.terms, CYCLES)?,
    })
}
