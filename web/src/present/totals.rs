//! What all panels together come to: how many, how many need somebody or money soon, and how many are in which state.

use super::face::Face;
use super::meter::Meter;
use super::urgency::{is_due_soon, needs_attention};
use shared::api::tenants::TenantStatus;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::{active, suspended};
    use shared::api::tenants::{BillingState, SuspendReason};

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
