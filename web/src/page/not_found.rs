//! An address that leads nowhere.

use crate::component::erased::t;
use crate::component::heading::heading;
use crate::component::shape::{link, para, to};
use crate::i18n::Lang;
use leptos::prelude::*;

/// Says so, and leads back.
pub(crate) fn page() -> AnyView {
    view! {
        <div class="narrow">
            {heading(t(Lang::not_found_title), false)} {para("", t(Lang::not_found_text))}
            {link("button primary", "to-panels", to("/"), t(Lang::go_to_panels), None)}
        </div>
    }
    .into_any()
}
