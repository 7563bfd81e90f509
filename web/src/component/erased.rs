//! What changes in a view, brought to few types.
//!
//! A view compiles every closure that it holds into an effect of its own, a kilobyte or two each. Texts, strings and parts
//! of pages that come through here share three of them. It halves the program that a customer has to fetch.

use crate::format::fixed;
use crate::i18n::Lang;
use crate::prefs::prefs;
use crate::store::panels::Shown;
use leptos::prelude::*;
use shared::api::tenants::TenantStatus;
use std::sync::{Arc, Mutex};

/// A part of a page that is drawn anew when what it reads changes.
pub(crate) type Part = Arc<Mutex<dyn FnMut() -> AnyView + Send>>;

/// A fixed text in the language of the moment.
pub(crate) fn t(text: fn(Lang) -> &'static str) -> Signal<String> {
    say(move |lang| fixed(text(lang)))
}

/// A text with figures or names in it.
pub(crate) fn say(text: impl Fn(Lang) -> String + Send + Sync + 'static) -> Signal<String> {
    let prefs = prefs();
    Signal::derive(move || text(prefs.lang()))
}

/// A text about a panel.
pub(crate) fn told(status: Shown, text: fn(Lang, &TenantStatus) -> String) -> Signal<String> {
    say(move |lang| text(lang, &status.get()))
}

/// A part that draws itself.
pub(crate) fn part(draw: impl FnMut() -> AnyView + Send + 'static) -> Part {
    Arc::new(Mutex::new(draw))
}

/// A part that is there only while `shown` says so, and that is drawn once for as long as it does.
pub(crate) fn when(
    shown: impl Fn() -> bool + Send + Sync + 'static,
    draw: impl Fn() -> AnyView + Send + 'static,
) -> Part {
    kept(Box::new(shown), Box::new(draw))
}

fn kept(shown: Box<dyn Fn() -> bool + Send + Sync>, draw: Box<dyn Fn() -> AnyView + Send>) -> Part {
    let shown = Memo::new(move |_| shown());
    part(move || if shown.get() { draw() } else { ().into_any() })
}
