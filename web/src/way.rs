//! Going from page to page without loading the program again: the address bar, links, back and forward.
//!
//! Which path is which page is written in `crate::address`. A router with nested routes would cost the customer twenty
//! kilobytes for a map of ten addresses.

use crate::browser;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// Where the visitor is.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    address: RwSignal<String>,
    inside: fn(&str) -> bool,
}

impl Way {
    /// Starts where the browser is, and follows its links and its history from then on. `inside` says which paths are pages
    /// of this program; all others it leaves to the browser.
    pub(crate) fn provide(inside: fn(&str) -> bool) {
        let way = Self { address: RwSignal::new(browser::path_and_query()), inside };
        window_event_listener(ev::popstate, move |_| way.address.set(browser::path_and_query()));
        window_event_listener(ev::click, move |event| {
            if let Some(inside) = way.followed(&event) {
                event.prevent_default();
                way.go(&inside);
            }
        });
        provide_context(way);
    }

    /// The path without its query.
    pub(crate) fn path(self) -> String {
        path(&self.address.get()).to_owned()
    }

    /// The whole address inside this origin.
    pub(crate) fn address(self) -> String {
        self.address.get()
    }

    /// A value of the query, decoded; read once.
    pub(crate) fn query(self, name: &str) -> Option<String> {
        let address = self.address.get_untracked();
        let (_, query) = address.split_once('?')?;
        web_sys::UrlSearchParams::new_with_str(query).ok()?.get(name)
    }

    /// To another page.
    pub(crate) fn go(self, to: &str) {
        self.turn(to, web_sys::History::push_state_with_url);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }

    /// To another page, which takes this one's place in the history; or to another program's.
    pub(crate) fn replace(self, to: &str) {
        if !(self.inside)(path(to)) {
            return browser::go_in(Some(window()), to);
        }
        self.turn(to, web_sys::History::replace_state_with_url);
    }

    fn turn(self, to: &str, write: fn(&web_sys::History, &JsValue, &str, Option<&str>) -> Result<(), JsValue>) {
        if let Ok(history) = window().history() {
            let _ = write(&history, &JsValue::NULL, "", Some(to));
        }
        self.address.set(to.to_owned());
    }

    /// Where a plain click on a link to one of our pages leads. All other clicks are the browser's.
    fn followed(self, event: &web_sys::MouseEvent) -> Option<String> {
        let held = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        if event.default_prevented() || event.button() != 0 || held {
            return None;
        }
        let clicked = event.target()?.dyn_into::<web_sys::Element>().ok()?;
        let link = clicked.closest("a[href]").ok()??.dyn_into::<web_sys::HtmlAnchorElement>().ok()?;
        let ours =
            link.origin() == window().location().origin().ok()? && link.hash().is_empty() && link.target().is_empty();
        let inside = (self.inside)(&link.pathname());
        (ours && inside).then(|| link.pathname() + &link.search())
    }
}

fn path(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

/// The way, from anywhere below the root.
pub(crate) fn way() -> Way {
    expect_context()
}
