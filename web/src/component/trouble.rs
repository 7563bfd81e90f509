//! What failed, in words, with the reference to quote and a way to try again.

use crate::component::erased::{Part, part, say, t};
use leptos::prelude::*;
use web::i18n::Lang;
use web::present::problem::Failure;

/// A failure that the visitor caused just now: said at once.
#[component]
pub(crate) fn Refusal(#[prop(into)] failure: Signal<Option<Failure>>) -> impl IntoView {
    refusal(failure)
}

fn refusal(failure: Signal<Option<Failure>>) -> Part {
    part(move || {
        let Some(failure) = failure.get() else { return ().into_any() };
        view! {
            <div class="refusal" role="alert">
                {explained(failure)}
            </div>
        }
        .into_any()
    })
}

/// A page or a part of it that could not be loaded.
#[component]
pub(crate) fn LoadFailed(failure: Failure, #[prop(into)] retry: Callback<()>) -> impl IntoView {
    view! {
        <section class="box trouble">
            <p>{t(Lang::load_failed)}</p>
            {explained(failure)}
            <button type="button" class="button" on:click=move |_| retry.run(())>
                {t(Lang::retry)}
            </button>
        </section>
    }
}

/// The failure in words, and what to quote.
fn explained(failure: Failure) -> impl IntoView {
    let id = failure.request_id().unwrap_or_default().to_owned();
    let reference = (!id.is_empty()).then(|| {
        view! {
            <p class="small" translate="no">
                {say(move |lang| lang.trouble_reference(&id))}
            </p>
        }
    });
    (view! { <p>{say(move |lang| failure.words(lang))}</p> }, reference)
}
