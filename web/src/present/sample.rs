//! Made-up statuses for the tests of this folder.

use shared::api::jobs::{JobKind, JobState, JobStep, JobView};
use shared::api::tenants::{
    BillingState, BillingView, CycleView, Limit, LimitLevel, Limits, PanelStatus, PanelView, PlanView, SuspendReason,
    TenantStatus,
};
use shared::time::{DAY, HOUR, Timestamp};

/// 22 November 2026, 9:05 pm in Dhaka.
pub(crate) fn now() -> Timestamp {
    "2026-11-22T15:05:00Z".parse().unwrap()
}

/// A running panel on the 15th of 30 days.
pub(crate) fn active(used_hours: i64, allowance_hours: i64) -> TenantStatus {
    let starts_at = now().plus(-15 * DAY);
    let cycle = CycleView {
        number: 3,
        starts_at,
        ends_at: starts_at.plus(30 * DAY),
        ended_reason: None,
        allowance_seconds: allowance_hours * HOUR,
        used_seconds: used_hours * HOUR,
        remaining_seconds: (allowance_hours - used_hours) * HOUR,
        used_percent: u8::try_from(used_hours * 100 / allowance_hours).unwrap(),
        days_left: 15,
        overage_seconds: 0,
        overage_price_per_hour: None,
    };
    let limit = Limit { used: Some(4), limit: Some(10), level: LimitLevel::Ok };
    TenantStatus {
        tenant_id: "ten_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap(),
        account_id: "acc_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap(),
        name: "Rahman Traders".to_owned(),
        subdomain: "rahman".to_owned(),
        url: "https://rahman.example.com".to_owned(),
        panel: PanelView {
            status: PanelStatus::Active,
            reason: None,
            message: None,
            progress_percent: None,
            since: starts_at,
            kept_until: None,
        },
        billing: BillingView {
            state: BillingState::Active,
            runs_out_at: Some(cycle.ends_at),
            cycle: Some(cycle),
            queued_cycles: 0,
            grace_ends_at: None,
            can_renew: false,
            can_renew_early: false,
            cancels_at_end: false,
            amount_due: None,
        },
        plan: PlanView {
            id: "pln_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap(),
            version: "plv_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap(),
            name: "Standard".to_owned(),
        },
        limits: Limits { users: limit, storage_bytes: limit },
        actions: Vec::new(),
        job: None,
        last_active_at: None,
        notices_unread: 0,
        as_of: Some(now()),
    }
}

/// A closed panel.
pub(crate) fn suspended(reason: SuspendReason, billing: BillingState) -> TenantStatus {
    let mut status = active(360, 360);
    status.panel.status = PanelStatus::Suspended;
    status.panel.reason = Some(reason);
    status.billing.state = billing;
    status.billing.runs_out_at = None;
    status
}

/// Work under way, two steps of five done.
pub(crate) fn job(kind: JobKind, step: JobStep) -> JobView {
    JobView {
        id: "job_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap(),
        tenant_id: "ten_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap(),
        kind,
        state: JobState::Running,
        step: Some(step),
        progress_percent: 40,
        tries: 0,
        trouble: None,
        trouble_words: None,
        backup_id: None,
        created_at: now(),
        finished_at: None,
    }
}
