//! Which panel comes first: the one that needs somebody soonest.

use super::face::Face;
use super::meter::{Meter, Tone};
use shared::api::tenants::TenantStatus;

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
        Face::Active if tone == Some(Tone::Red) => 5,
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
    use shared::api::tenants::{BillingState, SuspendReason};

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
}
