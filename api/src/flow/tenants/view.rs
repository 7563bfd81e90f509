//! From what is kept to what is shown: the one place where a status is put together.

use super::beside::BesideOne;
use crate::app::App;
use crate::flow::auth::Caller;
use crate::flow::jobs;
use crate::store::{PlanRecord, TenantRecord};
use shared::api::invoices::LineView;
use shared::api::jobs::JobView;
use shared::api::tenants::{BillingView, CycleView, Limit, Limits, PanelView, PlanView, TenantStatus};
use shared::billing::actions::actions;
use shared::billing::cycle::Cycle;
use shared::billing::forecast::{overage_price_per_hour, runs_out_at};
use shared::billing::limit::level;
use shared::billing::order::{renewal_lines, totals};
use shared::billing::renewal::{Renewal, renewal};
use shared::billing::state::{Billing, Panel, Suspension, Tenant};
use shared::money::Money;
use shared::time::{DAY, Timestamp};

/// The status of a tenant when the billing clock shows `now`, as `caller` sees it.
pub(super) fn view(
    app: &App,
    caller: &Caller,
    record: &TenantRecord,
    beside: &BesideOne,
    now: Timestamp,
) -> TenantStatus {
    let state = &record.state;
    let now = record.time(now);
    let terms = &record.plan.terms;
    // The next cycle may be on another plan; what may be held now is what the running one was sold with.
    let job = beside.job.as_ref().map(|job| jobs::view(job, caller.role));
    let limits = state.billing.running().map_or(terms.limits, |cycle| cycle.terms.limits);
    TenantStatus {
        tenant_id: state.id,
        account_id: record.account_id,
        name: record.name.clone(),
        subdomain: record.subdomain.clone(),
        url: app.settings.panel_url(&record.subdomain),
        panel: panel_view(app, record, job.as_ref(), now),
        billing: billing_view(record, &beside.unbilled, now),
        plan: PlanView { id: record.plan.id, version: record.plan.version_id, name: record.plan.name.clone() },
        limits: Limits {
            users: limit(record.users_used, limits.users),
            storage_bytes: limit(record.storage_bytes_used, limits.storage_bytes),
        },
        actions: actions(state, terms, record.measured(now), caller.role, beside.trial_open, now),
        job,
        last_active_at: record.last_active_at,
        notices_unread: beside.unread,
        as_of: state.accounted_until,
    }
}

fn limit(used: Option<i64>, limit: Option<i64>) -> Limit {
    Limit { used, limit, level: level(used, limit) }
}

fn panel_view(app: &App, record: &TenantRecord, job: Option<&JobView>, now: Timestamp) -> PanelView {
    let panel = &record.state.panel;
    let message = match panel {
        Panel::Failed { reason } => Some(reason.clone()),
        Panel::Suspended(Suspension::ByOperator { message }) => Some(message.clone()),
        Panel::Suspended(Suspension::Opening { .. } | Suspension::BillingExpired)
        | Panel::Pending
        | Panel::Creating
        | Panel::Active
        | Panel::Stopped
        | Panel::Deleting
        | Panel::Deleted => None,
    };
    PanelView {
        status: panel.status(),
        reason: panel.suspend_reason(),
        message,
        progress_percent: job.filter(|_| *panel == Panel::Creating).map(|job| job.progress_percent),
        since: record.state.panel_since,
        kept_until: kept_until(app, record).filter(|until| *until > now),
    }
}

/// When [`super::discard_unpaid`] gives a panel up at the earliest, if it ever may.
pub(super) fn kept_until(app: &App, record: &TenantRecord) -> Option<Timestamp> {
    let waits = record.state.panel == Panel::Pending && !record.adopted && record.server_id.is_none();
    waits.then(|| record.state.panel_since.plus(app.settings.unpaid_seconds()))
}

fn billing_view(record: &TenantRecord, unbilled: &[LineView], now: Timestamp) -> BillingView {
    let state = &record.state;
    let offered = renewal(state, &record.plan.terms, record.measured(now), now);
    let grace_ends_at = match state.billing {
        Billing::Grace { until, .. } => Some(until),
        Billing::None | Billing::Running { .. } | Billing::Expired { .. } => None,
    };
    BillingView {
        state: state.billing.state(),
        cycle: cycle_view(state, now),
        queued_cycles: u32::try_from(state.billing.queued().len()).unwrap_or(u32::MAX),
        // As of what is accounted for, so that an unchanged panel gives an unchanged answer.
        runs_out_at: runs_out_at(state, state.accounted_until.unwrap_or(now)),
        grace_ends_at,
        cancels_at_end: state.cancelled && state.billing.running().is_some(),
        can_renew: offered.is_ok(),
        can_renew_early: offered == Ok(Renewal::Early),
        amount_due: offered.ok().and_then(|_| amount_due(record, unbilled)),
    }
}

/// What a renewal's order would come to, with VAT and with what earlier cycles still owe.
fn amount_due(record: &TenantRecord, unbilled: &[LineView]) -> Option<Money> {
    let PlanRecord { name, terms, .. } = &record.plan;
    let lines = renewal_lines(name, terms, record.state.next_cycle_number, unbilled).ok()?;
    totals(&lines, terms.currency()).ok().map(|totals| totals.gross)
}

fn cycle_view(state: &Tenant, now: Timestamp) -> Option<CycleView> {
    let (cycle, ended): (&Cycle, _) = match &state.billing {
        Billing::None => return None,
        Billing::Running { cycle, .. } => (cycle, None),
        Billing::Grace { ended, .. } | Billing::Expired { ended } => (&ended.cycle, Some((ended.at, ended.reason))),
    };
    let allowance_seconds = cycle.allowance_seconds;
    let ends_at = ended.map_or(cycle.ends_at, |(at, _)| at);
    let seconds_left = if ended.is_some() { 0 } else { ends_at.seconds_since(now).max(0) };
    let percent = cycle.used_seconds.saturating_mul(100) / allowance_seconds.max(1);
    Some(CycleView {
        number: cycle.number,
        starts_at: cycle.starts_at,
        ends_at,
        ended_reason: ended.map(|(_, reason)| reason),
        allowance_seconds,
        used_seconds: cycle.used_seconds,
        remaining_seconds: cycle.remaining_seconds(),
        used_percent: u8::try_from(percent.clamp(0, 100)).unwrap_or(100),
        days_left: u32::try_from((seconds_left + DAY - 1) / DAY).unwrap_or(u32::MAX),
        overage_seconds: cycle.overage_seconds,
        overage_price_per_hour: overage_price_per_hour(state),
    })
}
