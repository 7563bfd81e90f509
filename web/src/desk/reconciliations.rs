//! Comparisons of our books with the gateway's: when, about how much, and how well both agreed.

use super::ask::{Ask, Request, turning};
use crate::component::erased::t;
use crate::component::fetched::written;
use crate::component::heading::heading;
use crate::component::paged::{Drawn, paged};
use crate::component::shape::para;
use crate::i18n::Lang;
use crate::json;
use crate::present::desk::comparisons;
use leptos::prelude::*;
use shared::api::alerts::ReconciliationPage;
use std::sync::Arc;
use std::time::Duration;

/// How soon a comparison that is under way is looked at again.
const SOON: Duration = Duration::from_secs(2);

/// The page.
pub(super) fn page() -> AnyView {
    let (turned, turn) = turning();
    let draw = move |text: &str, is_first: bool| {
        let ReconciliationPage { items, next_cursor: next } = json::read(text)?;
        if is_first && items.is_empty() {
            return Some(Drawn { rows: para("box", t(Lang::desk_runs_empty)), next });
        }
        if items.iter().any(|run| run.finished_at.is_none()) {
            set_timeout(move || turn.run(()), SOON);
        }
        Some(Drawn { rows: written("box order", move |lang| comparisons(lang, &items)), next })
    };
    let run = Ask {
        act: Lang::desk_run,
        effect: Lang::desk_run_effect,
        testid: "run".to_owned(),
        class: "button primary",
        blanks: Vec::new(),
        make: Arc::new(|_| Ok(Request { path: "/reconciliations".to_owned(), body: None, keyed: false, tag: None })),
    };
    let list = paged("/reconciliations", turned, Arc::new(draw));
    view! {
        <div class="sheet desk">
            {heading(t(Lang::desk_reconciliation), false)} {para("lead", t(Lang::desk_runs_lead))}
            <div class="buttons">{run.draw(turn)}</div> {list}
        </div>
    }
    .into_any()
}
