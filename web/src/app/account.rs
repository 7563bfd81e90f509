//! The account: what is read and set at leisure. A program of its own, so that nobody waits for it to see their panels.

use super::start as start_program;
use crate::address::Place;
use crate::component::guard::{guarded, guarded_or_old};
use crate::page;
use leptos::prelude::*;
use shared::pages::Program;

/// Starts it.
pub fn start() {
    start_program(Program::Account, page);
}

#[allow(clippy::needless_pass_by_value, reason = "every program's takes it so, and some addresses hold a text")]
fn page(place: Place) -> AnyView {
    match place {
        Place::Invoices => guarded(page::invoices::page),
        Place::Invoice(id) => guarded(move || page::invoice::page(id)),
        Place::Credit => guarded(page::credit::page),
        Place::Notices => guarded(page::notices::page),
        Place::Account(section) => guarded(move || page::account::page(section)),
        Place::More => guarded_or_old(page::more::page),
        _ => page::not_found::page(),
    }
}
