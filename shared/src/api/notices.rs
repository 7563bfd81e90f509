//! What a person wants to be told, by which channel, and when not.

use crate::api::auth::Role;
use crate::api::history::NoticeKind;
use crate::civil::Zone;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What a group of notices is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum NoticeTopic {
    /// A cycle nears its end: days left, hours left, percent used.
    RunningLow,
    /// A cycle is over, or the panel was closed: this is always told in the dashboard.
    Ended,
    /// A renewal or an upgrade was settled, a panel is open again.
    Paid,
    /// Credit, credit notes, refunds, money that a person looks at.
    Money,
    /// Users or storage near what the plan includes.
    Limits,
    /// What was done with the panel: closed by the operator, not set up, put back to a copy, removed.
    Panel,
}

/// How one topic is told to one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeChoice {
    /// What about.
    pub topic: NoticeTopic,
    /// In the dashboard. `ended` cannot be switched off here.
    pub in_app: bool,
    /// By mail.
    pub mail: bool,
}

/// Hours in which no mail is sent; it waits until they are over. By the account's clocks; `from_hour` may be after `to_hour`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuietHours {
    /// The first hour without mail, 0 to 23.
    pub from_hour: u8,
    /// The first hour with mail again, 0 to 23, another one.
    pub to_hour: u8,
}

/// How a person wants to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeChoices {
    /// Every topic once.
    pub topics: Vec<NoticeChoice>,
    /// When no mail is sent; `null` if any hour will do.
    pub quiet: Option<QuietHours>,
}

impl NoticeTopic {
    /// Every topic, as lists show them.
    pub const ALL: [Self; 6] = [Self::RunningLow, Self::Ended, Self::Paid, Self::Money, Self::Limits, Self::Panel];

    /// What a notice is about.
    #[must_use]
    pub const fn of(kind: NoticeKind) -> Self {
        match kind {
            NoticeKind::DaysLeft | NoticeKind::HoursLeft | NoticeKind::UsedPercent => Self::RunningLow,
            NoticeKind::GraceBegan | NoticeKind::Expired => Self::Ended,
            NoticeKind::Renewed | NoticeKind::Upgraded | NoticeKind::Resumed => Self::Paid,
            NoticeKind::PaymentCredited
            | NoticeKind::CreditNoteIssued
            | NoticeKind::PaymentHeld
            | NoticeKind::Refunded => Self::Money,
            NoticeKind::UsersPercent | NoticeKind::StoragePercent => Self::Limits,
            NoticeKind::SuspendedByOperator
            | NoticeKind::CreationFailed
            | NoticeKind::Restored
            | NoticeKind::RestoreFailed
            | NoticeKind::Removed
            | NoticeKind::GivenUp => Self::Panel,
        }
    }

    /// Whether whoever looks after the account gets it by mail without having asked: what they have to act upon.
    const fn is_mailed(self) -> bool {
        match self {
            Self::RunningLow | Self::Ended | Self::Money | Self::Panel => true,
            Self::Paid | Self::Limits => false,
        }
    }
}

impl NoticeChoices {
    /// What somebody of this role is told who never chose. Viewers get no mail unless they ask for it.
    #[must_use]
    pub fn standard(role: Role) -> Self {
        let reads_mail = match role {
            Role::Owner | Role::Billing => true,
            Role::Viewer | Role::Operator => false,
        };
        let choice = |topic: NoticeTopic| NoticeChoice { topic, in_app: true, mail: reads_mail && topic.is_mailed() };
        Self { topics: NoticeTopic::ALL.into_iter().map(choice).collect(), quiet: None }
    }

    /// Whether a topic is told by mail.
    #[must_use]
    pub fn mails(&self, topic: NoticeTopic) -> bool {
        self.topics.iter().any(|choice| choice.topic == topic && choice.mail)
    }

    /// Whether a topic is shown in the dashboard. That something ended always is.
    #[must_use]
    pub fn shows(&self, topic: NoticeTopic) -> bool {
        let hidden = self.topics.iter().any(|choice| choice.topic == topic && !choice.in_app);
        topic == NoticeTopic::Ended || !hidden
    }

    /// The rule that the choices break, with its place: every topic once, `ended` shown, hours of the clock that differ.
    pub fn check(&self) -> Result<(), ChoiceError> {
        let once = |topic: &NoticeTopic| self.topics.iter().filter(|choice| choice.topic == *topic).count() == 1;
        if !NoticeTopic::ALL.iter().all(once) {
            return Err(ChoiceError { pointer: "/topics", rule: "must name every topic once" });
        }
        if self.topics.iter().any(|choice| choice.topic == NoticeTopic::Ended && !choice.in_app) {
            return Err(ChoiceError { pointer: "/topics", rule: "must show `ended` in the dashboard" });
        }
        let sound = |quiet: &QuietHours| {
            let hours = [quiet.from_hour, quiet.to_hour];
            hours.iter().all(|hour| *hour < 24) && quiet.from_hour != quiet.to_hour
        };
        if self.quiet.as_ref().is_none_or(sound) {
            Ok(())
        } else {
            Err(ChoiceError { pointer: "/quiet", rule: "must be two different hours from 0 to 23" })
        }
    }
}

impl QuietHours {
    /// When a letter that is written at `now` may leave, by a zone's clocks: at once, or when the quiet hours are over.
    #[must_use]
    pub fn over_at(&self, zone: Zone, now: Timestamp) -> Timestamp {
        let mut at = now;
        // A day of 25 hours at the most, and an hour that clocks cut in two.
        for _ in 0..27 {
            if !self.holds(zone.clock_of(at).0) {
                break;
            }
            at = zone.next_hour(at);
        }
        at
    }

    fn holds(&self, hour: i64) -> bool {
        let (from, to) = (i64::from(self.from_hour), i64::from(self.to_hour));
        if from < to { (from..to).contains(&hour) } else { hour >= from || hour < to }
    }
}

/// A rule that choices break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{pointer} {rule}")]
pub struct ChoiceError {
    /// Where: a JSON pointer.
    pub pointer: &'static str,
    /// The rule in words.
    pub rule: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dhaka(text: &str) -> Timestamp {
        format!("{text}+06:00").parse().unwrap()
    }

    // Harm prevented: a phone that buzzes at night, or a letter that is held back all day.
    #[test]
    fn quiet_hours_end_at_their_hour_by_the_clocks_of_the_account() {
        let night = QuietHours { from_hour: 22, to_hour: 7 };
        for (now, leaves) in [
            ("2026-01-05T21:59:59", "2026-01-05T21:59:59"),
            ("2026-01-05T22:00:00", "2026-01-06T07:00:00"),
            ("2026-01-06T06:59:59", "2026-01-06T07:00:00"),
            ("2026-01-06T07:00:00", "2026-01-06T07:00:00"),
        ] {
            assert_eq!(night.over_at(Zone::default(), dhaka(now)), dhaka(leaves), "{now}");
        }
        let noon = QuietHours { from_hour: 12, to_hour: 14 };
        assert_eq!(noon.over_at(Zone::default(), dhaka("2026-01-05T13:30:00")), dhaka("2026-01-05T14:00:00"));
        assert_eq!(noon.over_at(Zone::default(), dhaka("2026-01-05T14:00:00")), dhaka("2026-01-05T14:00:00"));
        let nearly_all_day = QuietHours { from_hour: 8, to_hour: 7 };
        assert_eq!(nearly_all_day.over_at(Zone::default(), dhaka("2026-01-05T08:00:00")), dhaka("2026-01-06T07:00:00"));
    }

    // Harm prevented: somebody hides that a panel was closed, or a topic is nobody's choice.
    #[test]
    fn choices_name_every_topic_once_and_show_what_ended() {
        let sound = NoticeChoices::standard(Role::Owner);
        assert_eq!(sound.check(), Ok(()));
        assert_eq!(NoticeTopic::ALL.map(|topic| sound.mails(topic)), [true, true, false, true, false, true]);
        let viewer = NoticeChoices::standard(Role::Viewer);
        assert!(NoticeTopic::ALL.iter().all(|topic| viewer.shows(*topic) && !viewer.mails(*topic)));
        let broken = |change: fn(&mut NoticeChoices)| {
            let mut choices = sound.clone();
            change(&mut choices);
            choices.check().map_err(|error| error.pointer)
        };
        assert_eq!(broken(|choices| choices.topics.truncate(5)), Err("/topics"));
        assert_eq!(broken(|choices| choices.topics.push(choices.topics[0].clone())), Err("/topics"));
        assert_eq!(broken(|choices| choices.topics[1].in_app = false), Err("/topics"));
        assert_eq!(broken(|choices| choices.quiet = Some(QuietHours { from_hour: 7, to_hour: 7 })), Err("/quiet"));
        assert_eq!(broken(|choices| choices.quiet = Some(QuietHours { from_hour: 24, to_hour: 7 })), Err("/quiet"));
        let mut hidden = sound.clone();
        hidden.topics.iter_mut().for_each(|choice| choice.in_app = false);
        assert_eq!(NoticeTopic::ALL.map(|topic| hidden.shows(topic)), [false, true, false, false, false, false]);
    }
}
