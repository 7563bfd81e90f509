//! What failed, in words, with the reference to quote and a way to try again.

use crate::prefs::lang;
use leptos::prelude::*;
use web::present::problem::Failure;

/// A failure that the visitor caused just now: said at once.
#[component]
pub(crate) fn Refusal(#[prop(into)] failure: Signal<Option<Failure>>) -> impl IntoView {
    move || {
        failure.get().map(|failure| {
            let said = failure.clone();
            view! {
                <div class="refusal" role="alert">
                    <p>{move || said.words(lang())}</p>
                    {reference(&failure)}
                </div>
            }
        })
    }
}

/// A page or a part of it that could not be loaded.
#[component]
pub(crate) fn LoadFailed(failure: Failure, #[prop(into)] retry: Callback<()>) -> impl IntoView {
    let reference = reference(&failure);
    view! {
        <section class="box trouble">
            <p>{move || lang().load_failed()}</p>
            <p>{move || failure.words(lang())}</p>
            {reference}
            <button type="button" class="button" on:click=move |_| retry.run(())>
                {move || lang().retry()}
            </button>
        </section>
    }
}

fn reference(failure: &Failure) -> Option<impl IntoView + use<>> {
    let id = failure.request_id().filter(|id| !id.is_empty())?.to_owned();
    Some(view! {
        <p class="small" translate="no">
            {move || lang().trouble_reference(&id)}
        </p>
    })
}
