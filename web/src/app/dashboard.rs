//! The dashboard: what a customer needs first. The panels, the way in, paying, and what became of a payment.

use super::start as start_program;
use crate::address::Place;
use crate::component::guard::guarded_or_old;
use crate::component::loading::loading;
use crate::page;
use crate::store::house::house;
use leptos::prelude::*;
use shared::pages::Program;

/// Starts it.
pub fn start() {
    start_program(Program::Dashboard, page);
}

fn page(place: Place) -> AnyView {
    match place {
        Place::Panels => guarded_or_old(page::panels::page),
        Place::Pay(id) => guarded_or_old(move || page::pay::page(id)),
        Place::Payment(id) => page::payment::page(id),
        Place::SignIn if house().is_settled() => page::sign_in::page(),
        Place::SignIn => loading(1, None::<Callback<()>>),
        Place::SignUp => page::sign_up::page(),
        Place::Forgot => page::forgot::page(),
        Place::Reset => page::reset::page(),
        Place::Join => page::join::page(),
        _ => page::not_found::page(),
    }
}
