//! What the world must be told: promises, kept by whoever delivers effects, each at least once under one id.

use crate::api::history::NoticeKind;
use serde::{Deserialize, Serialize};

/// Something to be done outside, after the change that caused it is safely stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// Set the panel up at a host, then report [`super::event::Event::PanelReady`].
    SetUpPanel,
    /// Close the panel at its host.
    ClosePanel,
    /// Open the panel at its host, then report [`super::event::Event::PanelOpened`].
    OpenPanel,
    /// Keep a last copy of the panel, take it from its host, then report [`super::event::Event::Removed`].
    RemovePanel,
    /// Tell the account.
    Notify {
        /// What to say.
        notice: NoticeKind,
        /// The threshold that was reached, of a reminder: days, hours or percent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<u32>,
    },
}

impl Effect {
    /// The name under which it is stored and logged.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SetUpPanel => "set_up_panel",
            Self::ClosePanel => "close_panel",
            Self::OpenPanel => "open_panel",
            Self::RemovePanel => "remove_panel",
            Self::Notify { .. } => "notify",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a promise is stored under one name and looked for under another, and is never kept.
    #[test]
    fn an_effect_is_named_in_its_row_as_in_its_text() {
        let notify = Effect::Notify { notice: NoticeKind::Renewed, value: None };
        for (effect, name) in [
            (Effect::SetUpPanel, "set_up_panel"),
            (Effect::ClosePanel, "close_panel"),
            (Effect::OpenPanel, "open_panel"),
            (Effect::RemovePanel, "remove_panel"),
            (notify, "notify"),
        ] {
            assert_eq!(effect.name(), name);
            assert_eq!(serde_json::to_value(effect).unwrap()["effect"], name);
        }
    }
}
