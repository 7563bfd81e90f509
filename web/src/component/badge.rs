//! A state as icon and word on a tint. Colour never stands alone.

use crate::component::erased::say;
use crate::present::face::Face;
use leptos::prelude::*;

/// The badge of a state.
pub(crate) fn badge(face: Signal<Face>) -> impl IntoView {
    view! {
        <p class=Signal::derive(move || format!("badge {}", face.get().colour().name())) data-testid="badge">
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                <path d=Signal::derive(move || face.get().colour().shape().to_owned()) fill-rule="evenodd"></path>
            </svg>
            <span>{say(move |lang| face.get().word(lang).to_owned())}</span>
        </p>
    }
}
