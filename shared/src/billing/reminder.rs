//! When an account is told that a cycle nears its end: data of the plan, not code.
//!
//! Each reminder is due at most once a cycle, and every new cycle arms it again. Knows no channel; what is due becomes a
//! notice. While a paid cycle waits, or the customer has cancelled, nobody needs to be reminded.

use super::cycle::Cycle;
use super::state::{Billing, Panel, Tenant};
use crate::api::history::NoticeKind;
use crate::time::{DAY, HOUR, Timestamp};
use serde::{Deserialize, Serialize};

/// A reminder: due as soon as one of its conditions holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reminder {
    /// Any of these is enough.
    pub any_of: Vec<Condition>,
}

/// What a reminder waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Condition {
    /// So many days of the cycle are left, or fewer. Never in a cycle that is not longer than that.
    DaysLeft(u32),
    /// So many hours of the allowance are left, or fewer. Never in a cycle that does not include more.
    HoursLeft(u32),
    /// So much of the allowance is used, or more.
    UsedPercent(u32),
    /// The cycle is over and grace began. (That a panel was closed is always told.)
    Ended,
}

/// A reminder that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Its place in the plan's list.
    pub index: usize,
    /// What to say.
    pub notice: NoticeKind,
    /// The threshold that was reached: days, hours or percent.
    pub value: u32,
}

impl Reminder {
    fn one(condition: Condition) -> Self {
        Self { any_of: vec![condition] }
    }

    /// The thresholds of the house: 7 days or 84 hours left, 80 % used, 2 days left, ended.
    #[must_use]
    pub fn standard() -> Vec<Self> {
        vec![
            Self { any_of: vec![Condition::DaysLeft(7), Condition::HoursLeft(84)] },
            Self::one(Condition::UsedPercent(80)),
            Self::one(Condition::DaysLeft(2)),
            Self::one(Condition::Ended),
        ]
    }

    pub(super) fn check(&self) -> Result<(), &'static str> {
        if self.any_of.is_empty() || self.any_of.len() > 4 {
            return Err("must have 1 to 4 conditions");
        }
        let sound = |condition: &Condition| match condition {
            Condition::DaysLeft(days) => (1..=366).contains(days),
            Condition::HoursLeft(hours) => (1..=24 * 366).contains(hours),
            Condition::UsedPercent(percent) => (1..=100).contains(percent),
            Condition::Ended => true,
        };
        if self.any_of.iter().all(sound) { Ok(()) } else { Err("must name a threshold that a cycle can reach") }
    }
}

impl Condition {
    /// What to say if the condition holds in this running cycle at `now`.
    fn due(self, cycle: &Cycle, now: Timestamp) -> Option<(NoticeKind, u32)> {
        match self {
            Self::DaysLeft(days) => {
                let at = days_left_at(cycle, days)?;
                (now >= at).then_some((NoticeKind::DaysLeft, days))
            }
            Self::HoursLeft(hours) => {
                let threshold = i64::from(hours) * HOUR;
                let reached = threshold < cycle.allowance_seconds && cycle.remaining_seconds() <= threshold;
                reached.then_some((NoticeKind::HoursLeft, hours))
            }
            Self::UsedPercent(percent) => {
                let used = i128::from(cycle.used_seconds) * 100;
                let reached = used >= i128::from(cycle.allowance_seconds) * i128::from(percent);
                reached.then_some((NoticeKind::UsedPercent, percent))
            }
            Self::Ended => None,
        }
    }
}

/// When so many days are left of the cycle; `None` if it never had more.
fn days_left_at(cycle: &Cycle, days: u32) -> Option<Timestamp> {
    let before = i64::from(days) * DAY;
    (before < cycle.ends_at.seconds_since(cycle.starts_at)).then(|| cycle.ends_at.plus(-before))
}

/// The reminders of a running cycle that are due at `now` and were not given yet.
#[must_use]
pub fn due(cycle: &Cycle, now: Timestamp) -> Vec<Due> {
    let open = cycle.terms.reminders.iter().enumerate().filter(|(index, _)| !cycle.was_reminded(*index));
    open.filter_map(|(index, reminder)| {
        let (notice, value) = reminder.any_of.iter().find_map(|condition| condition.due(cycle, now))?;
        Some(Due { index, notice, value })
    })
    .collect()
}

/// When time alone makes the next reminder due, if nothing is used meanwhile.
#[must_use]
pub fn next_at(cycle: &Cycle) -> Option<Timestamp> {
    let open = cycle.terms.reminders.iter().enumerate().filter(|(index, _)| !cycle.was_reminded(*index));
    open.flat_map(|(_, reminder)| &reminder.any_of)
        .filter_map(|condition| match condition {
            Condition::DaysLeft(days) => days_left_at(cycle, *days),
            Condition::HoursLeft(_) | Condition::UsedPercent(_) | Condition::Ended => None,
        })
        .min()
}

/// Whether the plan tells when grace begins.
#[must_use]
pub fn tells_the_end(reminders: &[Reminder]) -> bool {
    reminders.iter().any(|reminder| reminder.any_of.contains(&Condition::Ended))
}

/// Whether asking to pay, because of what happened at `at`, would be in vain by now: the next cycle waits, a newer one has begun, an end
/// is over because something is paid again, or the panel is being removed. Never of what does not ask to pay.
#[must_use]
pub fn asks_in_vain(notice: NoticeKind, at: Timestamp, tenant: &Tenant) -> bool {
    let of_an_end = match notice {
        NoticeKind::DaysLeft | NoticeKind::HoursLeft | NoticeKind::UsedPercent => false,
        NoticeKind::GraceBegan | NoticeKind::Expired => true,
        NoticeKind::UsersPercent
        | NoticeKind::StoragePercent
        | NoticeKind::Renewed
        | NoticeKind::Upgraded
        | NoticeKind::Resumed
        | NoticeKind::SuspendedByOperator
        | NoticeKind::PaymentCredited
        | NoticeKind::CreditNoteIssued
        | NoticeKind::PaymentHeld
        | NoticeKind::Refunded
        | NoticeKind::CreationFailed
        | NoticeKind::Restored
        | NoticeKind::RestoreFailed
        | NoticeKind::Removed
        | NoticeKind::GivenUp => return false,
    };
    let is_removed = matches!(tenant.panel, Panel::Deleting | Panel::Deleted);
    is_removed
        || match &tenant.billing {
            Billing::Running { cycle, queued } => of_an_end || !queued.is_empty() || cycle.starts_at > at,
            Billing::Grace { ended, .. } | Billing::Expired { ended } => ended.cycle.starts_at > at,
            Billing::None => false,
        }
}
