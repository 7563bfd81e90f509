//! An address that leads nowhere.

use crate::component::heading::Heading;
use crate::prefs::lang;
use leptos::prelude::*;
use leptos_router::components::A;

/// Says so, and leads back.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    view! {
        <div class="narrow">
            <Heading text=Signal::derive(move || lang().not_found_title().to_owned()) />
            <p>{move || lang().not_found_text()}</p>
            <p>
                <A href="/" attr:class="button primary">
                    {move || lang().go_to_panels()}
                </A>
            </p>
        </div>
    }
}
