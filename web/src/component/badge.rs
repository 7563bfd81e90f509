//! A state as icon and word on a tint. Colour never stands alone.

use crate::component::erased::say;
use crate::present::face::{Colour, Face};
use leptos::prelude::*;

/// The badge of a state.
pub(crate) fn badge(face: Signal<Face>) -> impl IntoView {
    view! {
        <p class=Signal::derive(move || format!("badge {}", face.get().colour().name())) data-testid="badge">
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                <path d=Signal::derive(move || shape(face.get().colour()).to_owned()) fill-rule="evenodd"></path>
            </svg>
            <span>{say(move |lang| face.get().word(lang).to_owned())}</span>
        </p>
    }
}

/// The shape that goes with a colour: disc, half disc, triangle, square, ring, two bars.
const fn shape(colour: Colour) -> &'static str {
    match colour {
        Colour::Green => "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3z",
        Colour::Yellow => "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3zm0 1.6v6.8a3.4 3.4 0 0 1 0-6.8z",
        Colour::Orange => "M8 2.5 14 13.5H2z",
        Colour::Red => "M3.5 3.5h9v9h-9z",
        Colour::Blue => "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3zm0 1.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4z",
        Colour::Grey => "M4 3h3v10H4zM9 3h3v10H9z",
    }
}
