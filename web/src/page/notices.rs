//! All notices of the account. Seeing them marks them as read.

use crate::component::erased::{part, say, t};
use crate::component::fetched::written;
use crate::component::heading::heading;
use crate::component::loading::loading;
use crate::component::shape::{holder, para};
use crate::component::trouble::load_failed;
use crate::i18n::Lang;
use crate::present::forecast::unread;
use crate::present::story::notices;
use crate::store::inbox::inbox;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The page.
pub(crate) fn page() -> AnyView {
    let inbox = inbox();
    let load = Callback::new(move |()| {
        spawn_local(async move {
            inbox.refresh().await;
            if inbox.unread_now() > 0 {
                inbox.mark_read().await;
            }
        });
    });
    load.run(());
    let count = say(move |lang| unread(lang, inbox.unread()));
    let shown = part(move || match (inbox.held(), inbox.trouble()) {
        (Some(items), _) if items.is_empty() => para("box", t(Lang::notices_empty)),
        (Some(items), _) => vec![para("lead", count), written("", move |lang| notices(lang, &items, true))].into_any(),
        (None, Some(failure)) => load_failed(failure, load),
        (None, None) => loading(2, load),
    });
    holder("div", "narrow", vec![heading(t(Lang::notices_title), false), shown.into_any()])
}
