//! What would a change of plan come to? Reads only, and reckons by the functions that charge.

use super::owned::owned;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::payments::stands;
use shared::api::auth::Role;
use shared::api::plans::{ChangeEffect, PlanChangeView, Share};
use shared::api::tenants::PlanView;
use shared::billing::limit::blocks;
use shared::billing::order::{totals, upgrade_lines};
use shared::billing::plan_change::{PlanChange, Upgrade, plan_change as reckon};
use shared::billing::renewal::NotRenewable;
use shared::ids::{PlanId, TenantId};
use shared::money::Money;

/// What moving the panel to what is sold of a plan comes to now. While the order of this very upgrade waits for its
/// money, what that order says.
pub async fn plan_change(
    app: &App,
    caller: &Caller,
    id: TenantId,
    plan_id: PlanId,
) -> Result<PlanChangeView, FlowError> {
    let record = owned(app.store.tenant(id).await?, caller)?;
    if !matches!(caller.role, Role::Owner | Role::Billing) {
        return Err(FlowError::NotFound);
    }
    let to = app.store.sold_version(plan_id).await?.ok_or_else(not_sold)?;
    let now = record.time(app.clock.now());
    let plan = PlanView { id: to.id, version: to.version_id, name: to.name.clone() };
    let upgrade = match reckon(&record.state, &to.terms, now)? {
        PlanChange::WithNextCycle => {
            return Ok(PlanChangeView {
                plan,
                effect: ChangeEffect::WithNextCycle,
                lines: vec![],
                amount_due: Money::zero(to.terms.currency()),
                allowance_added_seconds: 0,
                share: None,
            });
        }
        PlanChange::Upgrade(_) if blocks(&to.terms, record.measured(now)) => return Err(NotRenewable::OverLimit.into()),
        PlanChange::Upgrade(upgrade) => upgrade,
    };
    let open = app.store.open_order(id).await?.filter(|open| stands(open, &to, &upgrade, now));
    let quoted = open.and_then(|open| open.upgrade.map(|upgrade| (upgrade, open.lines)));
    let (upgrade, lines) = match quoted {
        Some(quoted) => quoted,
        None => {
            let from = app.store.plan_of_cycle(id, upgrade.cycle_number).await?.unwrap_or(record.plan.name);
            (upgrade, upgrade_lines(&from, &to.name, &to.terms, &upgrade)?)
        }
    };
    let Upgrade { left_seconds, of_seconds, allowance_added_seconds, .. } = upgrade;
    Ok(PlanChangeView {
        plan,
        effect: ChangeEffect::UpgradeNow,
        amount_due: totals(&lines, to.terms.currency())?.gross,
        lines,
        allowance_added_seconds,
        share: Some(Share { left_seconds, of_seconds }),
    })
}

/// To customers only what is sold exists.
pub(super) fn not_sold() -> FlowError {
    FlowError::field("/plan_id", "unknown", "no plan that is sold has this id")
}
