//! An address that leads nowhere.

use crate::component::erased::{say, t};
use crate::component::heading::Heading;
use leptos::prelude::*;
use web::i18n::Lang;

/// Says so, and leads back.
pub(crate) fn page() -> AnyView {
    view! {
        <div class="narrow">
            <Heading text=say(|lang| lang.not_found_title().to_owned()) />
            <p>{t(Lang::not_found_text)}</p>
            <p>
                <a href="/" class="button primary">
                    {t(Lang::go_to_panels)}
                </a>
            </p>
        </div>
    }
    .into_any()
}
