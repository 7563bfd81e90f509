//! Which panel comes first: the one that needs somebody soonest, or has to be paid for soon.

use super::face::Face;
use super::meter::{Meter, Tone, today};
use shared::api::tenants::TenantStatus;
use shared::time::DAY;

/// Paid time that ends within so many seconds ends soon.
const SOON: i64 = 3 * DAY;

/// Sorts cards: lower is more urgent. Ties keep the server's order, oldest first.
#[must_use]
pub fn urgency(status: &TenantStatus) -> (u8, i64) {
    let tone = Meter::of(status).map(|meter| meter.tone);
    let rank = match Face::of(status) {
        Face::Expired => 0,
        Face::Grace => 1,
        Face::Failed => 2,
        Face::Pending => 3,
        Face::Suspended => 4,
        Face::Active if tone == Some(Tone::Red) && !needs_no_renewal(status) => 5,
        Face::Active | Face::Stopped if is_due_soon(status) => 5,
        Face::Returning | Face::Opening => 6,
        Face::Creating => 7,
        Face::Active if tone == Some(Tone::Yellow) => 8,
        Face::Active => 9,
        Face::Stopped => 10,
        Face::Deleting => 11,
        Face::Deleted => 12,
    };
    let soonest = status.billing.grace_ends_at.or(status.billing.runs_out_at).map_or(i64::MAX, |at| at.unix());
    (rank, soonest)
}

/// Whether it is on the list: what was given up before anything was paid for it is not.
#[must_use]
pub fn is_listed(status: &TenantStatus) -> bool {
    Face::of(status) != Face::Deleted || status.billing.cycle.is_some()
}

/// Whether somebody has to do something about it.
#[must_use]
pub fn needs_attention(status: &TenantStatus) -> bool {
    urgency(status).0 <= 5
}

/// Whether a panel has to be paid for soon: nothing is paid any more, or what is paid is over within three days, by the
/// server's forecast and its clock, which goes on while a panel is stopped.
#[must_use]
pub fn is_due_soon(status: &TenantStatus) -> bool {
    let billing = &status.billing;
    match Face::of(status) {
        Face::Pending | Face::Grace | Face::Expired => true,
        Face::Active | Face::Stopped if needs_no_renewal(status) => false,
        Face::Active | Face::Stopped => {
            let ends_at = billing.cycle.as_ref().map(|cycle| cycle.ends_at);
            let over_at = billing.runs_out_at.or(ends_at);
            today(status).zip(over_at).is_some_and(|(now, over_at)| over_at.seconds_since(now) <= SOON)
        }
        _ => false,
    }
}

/// Whether nothing has to be paid when the running cycle is over: the next one is, or the panel was cancelled.
const fn needs_no_renewal(status: &TenantStatus) -> bool {
    status.billing.queued_cycles > 0 || status.billing.cancels_at_end
}

/// Whether a panel is found by what was typed. Only Latin letters without accents have capitals here: the tables for all
/// others would cost every customer five kilobytes.
#[must_use]
pub fn matches(status: &TenantStatus, typed: &str) -> bool {
    let typed = typed.trim().to_ascii_lowercase();
    typed.is_empty()
        || status.name.to_ascii_lowercase().contains(&typed)
        || status.url.to_ascii_lowercase().contains(&typed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::{active, now, suspended};
    use shared::api::tenants::{BillingState, PanelStatus, SuspendReason};

    #[test]
    fn closed_comes_before_low_and_low_before_fine() {
        let closed = suspended(SuspendReason::BillingExpired, BillingState::Expired);
        let (low, fine) = (active(350, 360), active(10, 360));
        assert!(urgency(&closed) < urgency(&low) && urgency(&low) < urgency(&fine));
        assert!(needs_attention(&closed) && needs_attention(&low) && !needs_attention(&fine));
    }

    #[test]
    fn among_equals_the_one_that_runs_out_first_leads() {
        let mut soon = active(10, 360);
        soon.billing.runs_out_at = Some(now().plus(60));
        assert!(urgency(&soon) < urgency(&active(10, 360)));
    }

    #[test]
    fn a_panel_is_found_by_name_and_by_address() {
        assert!(matches(&active(1, 360), " RAHMAN "));
        assert!(matches(&active(1, 360), "example.com"));
        assert!(!matches(&active(1, 360), "meghna"));
    }

    // Harm prevented: the strip says that nothing is due, and two days later the panel is closed.
    #[test]
    fn what_is_over_within_three_days_is_due_soon() {
        let mut status = active(100, 360);
        assert!(!is_due_soon(&status), "half of its cycle is left");
        status.billing.runs_out_at = Some(now().plus(SOON));
        assert!(is_due_soon(&status));
        status.billing.runs_out_at = Some(now().plus(SOON + 1));
        assert!(!is_due_soon(&status));
        assert!(is_due_soon(&suspended(SuspendReason::BillingExpired, BillingState::Expired)));
        assert!(!is_due_soon(&suspended(SuspendReason::ByOperator, BillingState::Expired)), "paying would not open it");
    }

    // Harm prevented: a stopped panel has no forecast, and its cycle's end surprises its owner; or one that is paid for
    // longer is said to be due.
    #[test]
    fn without_a_forecast_the_end_of_the_paid_cycle_counts() {
        let mut status = active(100, 360);
        status.billing.runs_out_at = None;
        if let Some(cycle) = &mut status.billing.cycle {
            cycle.ends_at = now().plus(SOON);
        }
        assert!(is_due_soon(&status));
        status.billing.queued_cycles = 1;
        assert!(!is_due_soon(&status));
    }

    // Harm prevented: what is left of a panel's cycle is reckoned from the day on which it was stopped, and its end is never due.
    #[test]
    fn a_stopped_panel_is_due_when_few_days_are_left() {
        let mut status = active(100, 360);
        status.panel.status = PanelStatus::Stopped;
        for (days_left, due) in [(4, false), (3, true), (1, true)] {
            if let Some(cycle) = &mut status.billing.cycle {
                cycle.days_left = days_left;
            }
            assert_eq!(is_due_soon(&status), due, "{days_left} days are left");
        }
    }

    // Harm prevented: whoever has paid ahead, or has cancelled, is told to pay; or a panel is called fine whose time is nearly over.
    #[test]
    fn attention_is_asked_for_only_where_something_can_be_done() {
        let mut low = active(350, 360);
        assert!(needs_attention(&low));
        low.billing.queued_cycles = 1;
        assert!(!needs_attention(&low), "the next cycle is paid");
        (low.billing.queued_cycles, low.billing.cancels_at_end) = (0, true);
        low.billing.runs_out_at = Some(now().plus(60));
        assert!(!needs_attention(&low) && !is_due_soon(&low), "it ends as was asked");
        let mut late = active(10, 360);
        late.billing.runs_out_at = Some(now().plus(SOON));
        assert!(needs_attention(&late));
        late.panel.status = PanelStatus::Stopped;
        assert!(needs_attention(&late), "its days go on");
    }
}
