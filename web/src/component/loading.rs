//! Waiting: nothing for 150 ms (by CSS), then skeletons of the final height, after 8 s words and a way out.

use crate::browser::{drop_shell, sleep};
use crate::component::erased::{t, when};
use crate::component::shape::{Button, holder, para, words};
use crate::i18n::Lang;
use crate::prefs::prefs;
use crate::store::voice::voice;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// After this long a visitor is told that the connection is slow.
const SLOW: Duration = Duration::from_secs(8);

/// Skeletons in the place of `count` boxes. Without a `retry` whoever waits has nothing to press: it is asked again by itself.
pub(crate) fn loading(count: usize, retry: impl Into<Option<Callback<()>>>) -> AnyView {
    waiting(count, retry.into())
}

fn waiting(count: usize, retry: Option<Callback<()>>) -> AnyView {
    let (slow, voice, prefs) = (RwSignal::new(false), voice(), prefs());
    spawn_local(async move {
        sleep(SLOW).await;
        // Gone by now if the answer came.
        if slow.try_set(true).is_none() {
            drop_shell();
            voice.answer(prefs.lang_now().slow_connection().to_owned());
        }
    });
    let way_out = move || {
        let again = retry.map(|retry| Button::new(t(Lang::retry), move || retry.run(())).draw());
        holder("p", "banner", vec![words("span", "", t(Lang::slow_connection)), again.into_any()])
    };
    let boxes = r#"<li class="card skeleton" aria-hidden="true"></li>"#.repeat(count);
    view! {
        <div class="loading" aria-busy="true">
            {para("vh", t(Lang::loading))} {when(move || slow.get(), way_out)}
            <ul class="cards" inner_html=boxes></ul>
        </div>
    }
    .into_any()
}
