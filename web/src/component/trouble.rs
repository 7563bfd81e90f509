//! What failed, in words, with the reference to quote and a way to try again.

use crate::component::erased::{Part, part, say, t};
use crate::component::shape::{Button, holder, marked, para, to};
use crate::i18n::Lang;
use crate::present::problem::Failure;
use leptos::prelude::*;

/// How a program words failures, where that is not [`Failure::words`] alone.
#[derive(Clone, Copy)]
pub(crate) struct Wording(pub(crate) fn(&Failure, Lang) -> String);

/// A failure that the visitor caused just now: said at once.
pub(crate) fn refusal(failure: RwSignal<Option<Failure>>) -> Part {
    part(move || {
        let Some(failure) = failure.get() else { return ().into_any() };
        marked("div", "refusal", vec![("role", to("alert"))], explained(failure))
    })
}

/// A page or a part of it that could not be loaded.
pub(crate) fn load_failed(failure: Failure, retry: Callback<()>) -> AnyView {
    let mut said = vec![para("", t(Lang::load_failed))];
    said.extend(explained(failure));
    said.push(Button::new(t(Lang::retry), move || retry.run(())).draw());
    holder("section", "box trouble", said)
}

/// The failure in words, and what to quote.
fn explained(failure: Failure) -> Vec<AnyView> {
    let id = failure.request_id().unwrap_or_default().to_owned();
    let words = use_context::<Wording>().map_or(Failure::words as fn(&Failure, Lang) -> String, |wording| wording.0);
    let mut said = vec![para("", say(move |lang| words(&failure, lang)))];
    if !id.is_empty() {
        said.push(para("small", say(move |lang| lang.trouble_reference(&id))));
    }
    said
}
