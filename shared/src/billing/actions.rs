//! What a reader may do with a panel now. Clients draw their buttons from this and nothing else.

use super::gauge::Sample;
use super::refund::unused;
use super::renewal::{Renewal, renewal};
use super::state::{Panel, Suspension, Tenant};
use super::terms::Terms;
use crate::api::auth::Role;
use crate::api::tenants::Action;
use crate::time::Timestamp;

/// What `role` may do with `tenant` at `now`, in the order in which buttons are drawn. `terms` are those that the next
/// renewal would be ordered on, `measured` is what is known of what the panel holds, and `trial_open` says that the
/// account has not had its trial of that plan.
#[must_use]
pub fn actions(
    tenant: &Tenant,
    terms: &Terms,
    measured: Sample,
    role: Role,
    trial_open: bool,
    now: Timestamp,
) -> Vec<Action> {
    let may_pay = matches!(role, Role::Owner | Role::Billing);
    let may_run = role == Role::Owner;
    let is_operator = role == Role::Operator;
    let offered = renewal(tenant, terms, measured, now).ok().filter(|_| may_pay);
    let pay = offered.map(|kind| match kind {
        Renewal::First => Action::PayNow,
        Renewal::Early => Action::RenewEarly,
        Renewal::InGrace | Renewal::Lapsed => Action::PayToRenew,
    });
    let urgent = pay.filter(|action| *action != Action::RenewEarly);
    let early = pay.filter(|action| *action == Action::RenewEarly);
    let when = |allowed: bool, action| allowed.then_some(action);
    let drawn = match &tenant.panel {
        Panel::Pending => {
            let tries = may_run && trial_open && terms.trial_days > 0;
            vec![urgent, when(tries, Action::StartTrial), Some(Action::Manage)]
        }
        Panel::Creating => vec![urgent, Some(Action::Manage)],
        Panel::Active => vec![
            urgent,
            Some(Action::OpenPanel),
            Some(Action::Manage),
            early,
            when(may_run, Action::Stop),
            when(is_operator, Action::Suspend),
        ],
        Panel::Stopped => {
            vec![urgent, when(may_run, Action::Start), Some(Action::Manage), early, when(is_operator, Action::Suspend)]
        }
        // What a stopped one offers; in place of starting, stopping.
        Panel::Suspended(Suspension::Opening { .. }) => {
            vec![urgent, Some(Action::Manage), early, when(may_run, Action::Stop), when(is_operator, Action::Suspend)]
        }
        Panel::Suspended(Suspension::BillingExpired) => vec![Some(Action::Inactive), urgent, Some(Action::Manage)],
        Panel::Suspended(Suspension::ByOperator { .. }) => vec![
            Some(Action::Inactive),
            when(!is_operator, Action::ContactSupport),
            Some(Action::Manage),
            when(is_operator, Action::Resume),
        ],
        Panel::Failed { .. } => vec![
            when(may_run || is_operator, Action::Retry),
            urgent,
            Some(Action::Manage),
            when(may_run && !unused(tenant).is_empty(), Action::Refund),
        ],
        Panel::Deleting | Panel::Deleted => vec![],
    };
    drawn.into_iter().flatten().collect()
}
