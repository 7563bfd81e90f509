//! What all panels together come to: how many, how many need somebody or money soon, and how many are in which state.

use super::face::Face;
use super::meter::{Meter, today};
use super::order::needs_attention;
use shared::api::tenants::TenantStatus;
use shared::time::DAY;

/// Paid time that ends within so many seconds ends soon.
const SOON: i64 = 3 * DAY;

/// The states by which panels are told apart, most urgent first.
pub const FACES: [Face; 12] = [
    Face::Expired,
    Face::Grace,
    Face::Failed,
    Face::Pending,
    Face::Suspended,
    Face::Returning,
    Face::Opening,
    Face::Creating,
    Face::Active,
    Face::Stopped,
    Face::Deleting,
    Face::Deleted,
];

/// The sums.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// All panels, without those that were removed.
    pub count: usize,
    /// Those that somebody has to do something about.
    pub urgent: usize,
    /// Those that have to be paid for soon.
    pub due: usize,
    /// Whether one of them has a meter.
    pub has_meter: bool,
    /// How many are in each of [`FACES`].
    pub faces: [usize; FACES.len()],
}

impl Totals {
    /// Counts one in.
    pub fn add(&mut self, status: &TenantStatus) {
        self.count += usize::from(Face::of(status) != Face::Deleted);
        self.urgent += usize::from(needs_attention(status));
        self.due += usize::from(is_due_soon(status));
        self.has_meter |= Meter::of(status).is_some();
        let face = Face::of(status);
        if let Some(place) = FACES.iter().position(|known| *known == face).and_then(|at| self.faces.get_mut(at)) {
            *place += 1;
        }
    }
}

/// Whether a panel has to be paid for soon: nothing is paid any more, or what is paid is over within three days, by the
/// server's forecast and its clock, which goes on while a panel is stopped.
#[must_use]
pub fn is_due_soon(status: &TenantStatus) -> bool {
    let billing = &status.billing;
    match Face::of(status) {
        Face::Pending | Face::Grace | Face::Expired => true,
        Face::Active | Face::Stopped => {
            let ends_at = billing.cycle.as_ref().filter(|_| billing.queued_cycles == 0).map(|cycle| cycle.ends_at);
            let over_at = billing.runs_out_at.or(ends_at);
            today(status).zip(over_at).is_some_and(|(now, over_at)| over_at.seconds_since(now) <= SOON)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::{active, now, suspended};
    use shared::api::tenants::{BillingState, PanelStatus, SuspendReason};

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

    // Harm prevented: a chip counts panels that it does not show, or a state has none.
    #[test]
    fn every_panel_is_counted_once_under_its_state() {
        let mut totals = Totals::default();
        let closed = suspended(SuspendReason::BillingExpired, BillingState::Expired);
        for status in [&active(10, 360), &active(350, 360), &closed] {
            totals.add(status);
        }
        assert_eq!((totals.count, totals.urgent, totals.due, totals.has_meter), (3, 2, 1, true));
        let counted: Vec<(Face, usize)> = FACES.into_iter().zip(totals.faces).filter(|(_, count)| *count > 0).collect();
        assert_eq!(counted, [(Face::Expired, 1), (Face::Active, 2)]);
    }
}
