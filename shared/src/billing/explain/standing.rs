//! Why a panel stands as it does now, and what would change that.

use crate::api::explain::{Fact, RenewalKind};
use crate::billing::cycle::EndedCycle;
use crate::billing::forecast::runs_out_at;
use crate::billing::gauge::Sample;
use crate::billing::renewal::{NotRenewable, Renewal, renewal};
use crate::billing::state::{Billing, Panel, Suspension, Tenant};
use crate::billing::terms::Terms;
use crate::money::Money;
use crate::time::{DAY, Timestamp};

/// The facts at `now`. `terms` are those that the next renewal would be ordered on; `measured` is what the panel held when it
/// was last measured; `due` is what the renewal would cost, with VAT and what earlier cycles still owe.
#[must_use]
pub fn standing(tenant: &Tenant, terms: &Terms, measured: Sample, due: Money, now: Timestamp) -> Vec<Fact> {
    let mut facts = vec![panel(tenant)];
    match &tenant.billing {
        // What a panel is closed for and what is paid are said once.
        Billing::None | Billing::Running { .. } => {}
        Billing::Grace { ended, until } => {
            let EndedCycle { cycle, at, reason } = ended;
            facts.push(Fact::InGrace { cycle_number: cycle.number, ended_at: *at, reason: *reason, until: *until });
        }
        Billing::Expired { ended } => {
            let EndedCycle { cycle, at, reason } = ended;
            facts.push(Fact::PaidTimeOver { cycle_number: cycle.number, ended_at: *at, reason: *reason });
        }
    }
    let waiting = count(tenant.billing.queued().len());
    if waiting > 0 {
        facts.push(Fact::CyclesWait { waiting });
    }
    if tenant.cancelled {
        facts.push(Fact::WantsNoMore);
    }
    if let Some(at) = runs_out_at(tenant, tenant.accounted_until.unwrap_or(now)) {
        facts.push(Fact::RunsOut { at });
    }
    facts.extend(next(tenant, terms, measured, due, now));
    facts
}

fn panel(tenant: &Tenant) -> Fact {
    let since = tenant.panel_since;
    match &tenant.panel {
        Panel::Pending => Fact::AwaitsFirstPayment,
        Panel::Creating => Fact::SettingUp { since },
        Panel::Active => Fact::IsOpen { since },
        Panel::Stopped => Fact::StoppedByCustomer { since },
        Panel::Suspended(Suspension::Opening { .. }) => Fact::BeingStarted { since },
        Panel::Suspended(Suspension::BillingExpired) => match tenant.billing {
            Billing::Running { .. } | Billing::Grace { .. } => Fact::BeingOpened,
            Billing::None | Billing::Expired { .. } => Fact::ClosedUnpaid { since },
        },
        Panel::Suspended(Suspension::ByOperator { message }) => {
            Fact::ClosedByOperator { since, message: message.clone() }
        }
        Panel::Failed { reason } => Fact::SetUpFailed { since, reason: reason.clone() },
        Panel::Deleting => Fact::BeingRemoved { since },
        Panel::Deleted => Fact::WasRemoved { since },
    }
}

/// Whether a renewal is open, and if not, when it opens.
fn next(tenant: &Tenant, terms: &Terms, measured: Sample, due: Money, now: Timestamp) -> Option<Fact> {
    let kind = match renewal(tenant, terms, measured, now) {
        Ok(Renewal::First) => RenewalKind::First,
        Ok(Renewal::Early) => RenewalKind::Early,
        Ok(Renewal::InGrace) => RenewalKind::InGrace,
        Ok(Renewal::Lapsed) => RenewalKind::Lapsed,
        Err(NotRenewable::OverLimit) => return Some(Fact::NoRenewalOverLimit),
        Err(NotRenewable::Gone) => return Some(Fact::NoRenewalGone),
        Err(NotRenewable::QueueFull) => {
            let frees_at = tenant.billing.running()?.ends_at;
            let waiting = count(tenant.billing.queued().len());
            return Some(Fact::RenewalQueueFull { waiting, at_most: terms.queued_cycles_max, frees_at });
        }
        Err(NotRenewable::TooEarly) => {
            let cycle = tenant.billing.running()?;
            return Some(Fact::RenewalNotDue {
                days_at_most: terms.early_renewal_days,
                percent_at_most: terms.early_renewal_percent,
                seconds_left: cycle.ends_at.seconds_since(now),
                remaining_seconds: cycle.remaining_seconds(),
                allowance_seconds: cycle.allowance_seconds,
                opens_at: cycle.ends_at.plus(-i64::from(terms.early_renewal_days) * DAY),
            });
        }
    };
    Some(Fact::RenewalOpen { kind, due })
}

fn count(cycles: usize) -> u32 {
    u32::try_from(cycles).unwrap_or(u32::MAX)
}
