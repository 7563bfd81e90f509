//! What is said to a screen reader: changes of state only, one polite region for the whole page.

use crate::browser;
use leptos::prelude::*;

/// Changes that nobody asked for are said at most this often.
const PAUSE_SECONDS: i64 = 60;

/// The page's one voice.
#[derive(Clone, Copy)]
pub(crate) struct Voice {
    said: RwSignal<String>,
    waiting: StoredValue<Vec<String>>,
    last_ms: StoredValue<f64>,
}

impl Voice {
    /// A silent one.
    pub(crate) fn new() -> Self {
        Self {
            said: RwSignal::new(String::new()),
            waiting: StoredValue::new(Vec::new()),
            last_ms: StoredValue::new(0.0),
        }
    }

    /// What the region holds.
    pub(crate) fn said(self) -> String {
        self.said.get()
    }

    /// Says what the person caused just now.
    pub(crate) fn answer(self, text: String) {
        self.said.set(text);
    }

    /// Keeps a change for the next pause.
    pub(crate) fn mention(self, text: String) {
        self.waiting.update_value(|waiting| waiting.push(text));
    }

    /// Called every second: says what waits, if the last word is a minute old.
    pub(crate) fn breathe(self, now_ms: f64) {
        let silent = browser::seconds_since(self.last_ms.get_value(), now_ms);
        if silent >= PAUSE_SECONDS && self.waiting.with_value(|waiting| !waiting.is_empty()) {
            let mut text = Vec::new();
            self.waiting.update_value(|waiting| text = std::mem::take(waiting));
            self.last_ms.set_value(now_ms);
            self.said.set(text.join(". "));
        }
    }
}

/// The voice, from anywhere below the root.
pub(crate) fn voice() -> Voice {
    expect_context()
}
