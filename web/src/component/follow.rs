//! A part of a page that stays where it is while its figures are fetched anew: a chart keeps its mark, a table stays open.

use crate::client::client;
use crate::component::erased::{part, t};
use crate::component::shape::{holder, para};
use crate::component::trouble::load_failed;
use crate::i18n::Lang;
use crate::json::{Wire, read};
use crate::present::problem::Failure;
use crate::store::panels::panels;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// How far it is.
#[derive(Clone, PartialEq)]
enum Phase {
    Waiting,
    Shown,
    Failed(Failure),
}

/// Takes the text of an answer; false if it is not what was expected.
type Take = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// Fetches what `path` says, now and whenever it or `turned` changes, and draws it once with a signal of the newest answer.
/// What is shown stays while a later request is under way; if that fails, it stays only where it was the same address.
pub(crate) fn follow<T: Wire + Send + Sync + 'static>(
    path: Signal<String>,
    turned: Signal<u32>,
    draw: impl Fn(Signal<Arc<T>>) -> AnyView + Send + 'static,
) -> AnyView {
    let newest = RwSignal::new(None::<Arc<T>>);
    let take = move |text: &str| match read::<T>(text) {
        Some(answer) => newest.try_set(Some(Arc::new(answer))).is_none(),
        None => false,
    };
    let draw = move || match newest.get_untracked() {
        Some(first) => draw(Signal::derive(move || newest.get().unwrap_or_else(|| first.clone()))),
        None => ().into_any(),
    };
    followed(path, turned, Arc::new(take), Box::new(draw))
}

fn followed(path: Signal<String>, turned: Signal<u32>, take: Take, draw: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    let (client, panels) = (client(), panels());
    let phase = RwSignal::new(Phase::Waiting);
    let shown = StoredValue::new(String::new());
    let load = Callback::new(move |()| {
        let (asked, take) = (path.get_untracked(), take.clone());
        spawn_local(async move {
            let came = client.shown(asked.clone()).await;
            panels.set_offline(came == Err(Failure::Offline));
            // Something else is wanted by now, or the page is gone.
            if path.try_get_untracked().as_ref() != Some(&asked) {
                return;
            }
            let next = match came {
                Ok(text) if take(&text) => Phase::Shown,
                Ok(_) => Phase::Failed(Failure::Unreadable),
                Err(_) if shown.try_get_value().as_ref() == Some(&asked) => return,
                Err(failure) => Phase::Failed(failure),
            };
            if next == Phase::Shown {
                let _ = shown.try_set_value(asked);
            }
            if phase.try_with_untracked(|now| *now == next) == Some(false) {
                let _ = phase.try_set(next);
            }
        });
    });
    Effect::new(move |_| {
        path.track();
        turned.track();
        // Back from being offline: what failed meanwhile is tried again.
        if !panels.offline.get() || phase.with_untracked(|now| *now == Phase::Waiting) {
            load.run(());
        }
    });
    let drawn = part(move || match phase.get() {
        Phase::Waiting => holder("div", "waiting", vec![para("small", t(Lang::loading))]),
        Phase::Shown => draw(),
        Phase::Failed(failure) => load_failed(failure, load),
    });
    holder("div", "", vec![drawn.into_any()])
}
