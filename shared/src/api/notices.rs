//! What a person wants to be told, by which channel, and when not.

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
