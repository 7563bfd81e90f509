//! A part of a page that shows one answer of the server: waiting, failing, trying again, keeping what it had.

use crate::client::client;
use crate::component::erased::{part, t};
use crate::component::heading::heading;
use crate::component::loading::loading;
use crate::component::shape::{holder, para};
use crate::component::trouble::load_failed;
use crate::i18n::Lang;
use crate::page::not_found;
use crate::prefs::lang;
use crate::present::problem::Failure;
use crate::store::panels::panels;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::problem::ErrorCode;
use std::sync::Arc;

/// Draws the text of an answer; `None` if it is not what was expected.
type Draw = Box<dyn Fn(&str) -> Option<AnyView> + Send>;

/// How much of its page it is.
#[derive(Clone, Copy)]
pub(crate) enum Extent {
    /// All of it: the heading comes with the answer, and this one stands above a failure.
    Page(fn(Lang) -> &'static str),
    /// A box.
    Box,
    /// The inside of one.
    Inside,
}

/// Fetches `path` of the API and draws what it answers: now, and again whenever `turned` changes. What was there before
/// stays while a later request is under way, and if that fails. What was not asked for by a turn, after a time without a
/// network, draws anew only what changed: what is typed in it stays.
pub(crate) fn fetched(path: String, turned: Signal<u32>, extent: Extent, draw: Draw) -> AnyView {
    let (client, panels) = (client(), panels());
    let answer = RwSignal::new(None::<Result<Arc<str>, Failure>>);
    // Whether somebody turned, and has not had their answer.
    let owed = StoredValue::new(true);
    let load = Callback::new(move |()| {
        let path = path.clone();
        spawn_local(async move {
            let came = client.shown(path).await;
            panels.set_offline(came == Err(Failure::Offline));
            let kept = answer.try_with_untracked(|held| match (held, &came) {
                (Some(Ok(held)), Ok(came)) => **held == **came && owed.try_get_value() == Some(false),
                (Some(Ok(_)), Err(_)) => true,
                _ => false,
            });
            if came.is_ok() {
                let _ = owed.try_set_value(false);
            }
            if kept == Some(false) {
                let _ = answer.try_set(Some(came.map(Arc::from)));
            }
        });
    });
    Effect::new(move |before: Option<u32>| {
        let now = turned.get();
        if before.is_some_and(|before| before != now) {
            owed.set_value(true);
        }
        // Back from being offline: what failed meanwhile is tried again.
        if !panels.offline.get() || answer.with_untracked(Option::is_none) {
            load.run(());
        }
        now
    });
    let shown = part(move || match answer.get() {
        None if matches!(extent, Extent::Inside) => para("small", t(Lang::loading)),
        None => loading(1, load),
        Some(Err(failure)) => match extent {
            Extent::Page(_) if failure.code() == Some(ErrorCode::NotFound) => not_found::page(),
            Extent::Page(title) => vec![heading(t(title), false), load_failed(failure, load)].into_any(),
            Extent::Box | Extent::Inside => load_failed(failure, load),
        },
        Some(Ok(text)) => draw(&text).unwrap_or_else(|| load_failed(Failure::Unreadable, load)),
    });
    holder("div", "", vec![shown.into_any()])
}

/// Markup in the language of the moment.
pub(crate) fn written(class: &'static str, write: impl Fn(Lang) -> String + Send + 'static) -> AnyView {
    inner(class, Box::new(write))
}

fn inner(class: &'static str, write: Box<dyn Fn(Lang) -> String + Send>) -> AnyView {
    part(move || view! { <div class=class inner_html=write(lang())></div> }.into_any()).into_any()
}

/// Nothing that could change.
pub(crate) fn still() -> Signal<u32> {
    Signal::stored(0)
}
