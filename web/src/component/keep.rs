//! A button that fetches a file and hands it to the browser to keep.

use crate::browser;
use crate::client::client;
use crate::component::erased::{say, t};
use crate::component::shape::Button;
use crate::component::trouble::refusal;
use crate::i18n::Lang;
use crate::present::problem::Failure;
use crate::store::panels::panels;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The button for the table at `path` of the API, kept as `name`; `of` says to those who hear the page what it is of.
pub(crate) fn keep_table(path: String, name: String, of: fn(Lang) -> &'static str) -> AnyView {
    let spoken = say(move |lang| lang.action_of(lang.usage_csv(), of(lang)));
    keep(path, name, t(Lang::usage_csv), Some(spoken))
}

/// The button for the file at `path` of the API, which is kept as `name`.
pub(crate) fn keep(path: String, name: String, words: Signal<String>, spoken: Option<Signal<String>>) -> AnyView {
    let (client, offline) = (client(), panels().offline);
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<Failure>);
    let testid = format!("keep-{name}");
    let click = move || {
        let (path, name) = (path.clone(), name.clone());
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let came = client.file(path).await;
            if let Ok(file) = &came {
                browser::keep(file, &name);
            }
            let _ = busy.try_set(false);
            let _ = failed.try_set(came.err());
        });
    };
    let said = say(move |lang| if busy.get() { Lang::working(lang).to_owned() } else { words.get() });
    let mut button = Button::new(said, click).testid(testid).off(move || busy.get() || offline.get());
    if let Some(spoken) = spoken {
        button = button.spoken(spoken);
    }
    vec![button.draw(), refusal(failed).into_any()].into_any()
}
