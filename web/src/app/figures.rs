//! Figures to choose by: usage across panels, and the plan of a new one. A program of its own, so that nobody waits for it to see their panels.

use super::start as start_program;
use crate::address::Place;
use crate::component::guard::guarded;
use crate::page;
use leptos::prelude::*;
use shared::pages::Program;

/// Starts it.
pub fn start() {
    start_program(Program::Figures, page);
}

#[allow(clippy::needless_pass_by_value, reason = "every program's takes it so, and some addresses hold a text")]
fn page(place: Place) -> AnyView {
    match place {
        Place::NewPanel => guarded(page::new_panel::page),
        Place::Usage => guarded(page::usage::page),
        Place::Orders => guarded(page::orders::page),
        Place::Payments => guarded(page::payments::page),
        _ => page::not_found::page(),
    }
}
