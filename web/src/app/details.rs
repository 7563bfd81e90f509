//! The details: everything about one panel. A program of its own, so that nobody waits for it to see their panels.

use super::start as start_program;
use crate::address::Place;
use crate::component::guard::guarded_or_old;
use crate::page;
use leptos::prelude::*;
use shared::pages::Program;

/// Starts it.
pub fn start() {
    start_program(Program::Details, page);
}

#[allow(clippy::needless_pass_by_value, reason = "every program's takes it so, and some addresses hold a text")]
fn page(place: Place) -> AnyView {
    match place {
        Place::Manage(id) => guarded_or_old(move || page::manage::page(id)),
        _ => page::not_found::page(),
    }
}
