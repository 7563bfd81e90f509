//! What one comparison found, with what can be done about each difference, and as a table to keep.

use super::attention::alerts;
use crate::component::erased::t;
use crate::component::heading::heading;
use crate::component::keep::keep;
use crate::component::shape::{link, to};
use crate::i18n::Lang;
use leptos::prelude::*;
use shared::ids::ReconciliationId;

/// The page.
pub(super) fn page(id: ReconciliationId) -> AnyView {
    let back = link("", "back", to("/operator/reconciliations"), t(Lang::desk_reconciliation), None);
    let path = format!("/reconciliations/{id}/differences.csv");
    let table = keep(path, format!("differences-{id}.csv"), t(Lang::desk_csv), None);
    view! {
        <div class="narrow desk">
            <p class="back">{back}</p>
            {heading(t(Lang::desk_differences), false)}
            <div class="buttons">{table}</div>
            {alerts(&format!("/alerts?reconciliation_id={id}"), Lang::desk_differences_empty)}
        </div>
    }
    .into_any()
}
