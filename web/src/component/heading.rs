//! A page's `h1`: takes the keyboard after a change of page, names the window, and takes the shell's place.

use crate::browser;
use crate::prefs::lang;
use crate::store::house::house;
use leptos::prelude::*;

/// The id of every page's `h1`.
pub(crate) const HEADING: &str = "heading";

/// Whether a page was shown before in this tab. On the first one the keyboard stays at the top, before the skip link.
#[derive(Clone, Copy)]
pub(crate) struct Visited(StoredValue<bool>);

impl Visited {
    /// No page yet.
    pub(crate) fn new() -> Self {
        Self(StoredValue::new(false))
    }
}

/// The heading. `outcome` pages take the keyboard even when they come first.
pub(crate) fn heading(text: Signal<String>, outcome: bool) -> AnyView {
    let visited = expect_context::<Visited>();
    let house = house();
    Effect::new(move |_| document().set_title(&lang().page_title(&text.get(), &house.name())));
    Effect::new(move |_| {
        browser::drop_shell();
        if visited.0.get_value() || outcome {
            browser::focus(HEADING);
        }
        visited.0.set_value(true);
    });
    view! { <h1 id=HEADING tabindex="-1">{text}</h1> }.into_any()
}
