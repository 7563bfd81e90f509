//! An address that leads nowhere.

use crate::component::erased::t;
use crate::component::heading::heading;
use crate::component::shape::{holder, link, para, to};
use crate::i18n::Lang;
use leptos::prelude::*;

/// Says so, and leads back.
pub(crate) fn page() -> AnyView {
    let back = link("button primary", "to-panels", to("/"), t(Lang::go_to_panels), None);
    let said = vec![heading(t(Lang::not_found_title), false), para("", t(Lang::not_found_text)), back];
    holder("div", "narrow", said)
}
