//! Whose deployment this is, and in a demonstration its clock.

use crate::browser;
use crate::client::Client;
use crate::present::problem::Failure;
use leptos::prelude::*;
use shared::api::about::About;
use shared::time::Timestamp;

/// The answer of `/about`, with the moment at which it came.
#[derive(Clone, Copy)]
pub(crate) struct House {
    client: Client,
    about: RwSignal<Option<About>>,
    asked: RwSignal<bool>,
    fetched_ms: StoredValue<f64>,
}

impl House {
    /// Nothing known yet.
    pub(crate) fn new(client: Client) -> Self {
        Self { client, about: RwSignal::new(None), asked: RwSignal::new(false), fetched_ms: StoredValue::new(0.0) }
    }

    /// What is known.
    pub(crate) fn about(self) -> Option<About> {
        self.about.get()
    }

    /// Whether the first answer came, or failed to come: what depends on it can be drawn without moving later.
    pub(crate) fn is_settled(self) -> bool {
        self.asked.get()
    }

    /// Nobody waits for the first answer any longer.
    pub(crate) fn settle(self) {
        if !self.asked.get_untracked() {
            self.asked.set(true);
        }
    }

    /// The deployment's name.
    pub(crate) fn name(self) -> String {
        self.about.with(|about| about.as_ref().map_or_else(|| "Hourglass".to_owned(), |about| about.name.clone()))
    }

    /// Where to write for help.
    pub(crate) fn support_email(self) -> Option<String> {
        self.about.with(|about| about.as_ref()?.support_email.clone())
    }

    /// Whether no real money moves here.
    pub(crate) fn is_demo(self) -> bool {
        self.about.with(|about| about.as_ref().is_some_and(|about| about.demo.is_some()))
    }

    /// Asks again.
    pub(crate) async fn refresh(self) {
        if let Ok(about) = self.client.about().await {
            self.hold(about);
        }
        self.settle();
    }

    /// Moves the demonstration's clock.
    pub(crate) async fn move_clock(self, seconds: u32) -> Result<(), Failure> {
        self.hold(self.client.move_clock(seconds).await?);
        Ok(())
    }

    /// The billing clock at `now_ms` of the browser's: as told last, moved on at the demonstration's speed.
    pub(crate) fn billing_now(self, now_ms: f64) -> Option<Timestamp> {
        self.about.with(|about| {
            let about = about.as_ref()?;
            let speed = about.demo.as_ref().map_or(1, |demo| i64::from(demo.speed));
            Some(about.now.plus(browser::seconds_since(self.fetched_ms.get_value(), now_ms).saturating_mul(speed)))
        })
    }

    fn hold(self, about: About) {
        self.fetched_ms.set_value(browser::now_ms());
        self.about.set(Some(about));
    }
}

/// The house, from anywhere below the root.
pub(crate) fn house() -> House {
    expect_context()
}
