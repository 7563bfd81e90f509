//! All notices of the account. Seeing them marks them as read.

use crate::component::erased::{part, say, t};
use crate::component::heading::Heading;
use crate::component::loading::Loading;
use crate::component::notice_list::notice_list;
use crate::component::trouble::LoadFailed;
use crate::store::inbox::inbox;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web::i18n::Lang;
use web::present::forecast::unread;

/// The page.
pub(crate) fn page() -> AnyView {
    view! { <Notices /> }.into_any()
}

#[component]
fn Notices() -> impl IntoView {
    let inbox = inbox();
    let load = move |()| {
        spawn_local(async move {
            inbox.refresh().await;
            if inbox.unread_now() > 0 {
                inbox.mark_read().await;
            }
        });
    };
    load(());
    let count = say(move |lang| unread(lang, inbox.unread()));
    let shown = part(move || match (inbox.held(), inbox.trouble()) {
        (Some(items), _) if items.is_empty() => view! { <p class="box">{t(Lang::notices_empty)}</p> }.into_any(),
        (Some(items), _) => view! {
            <p class="lead">{count}</p>
            {notice_list(items, true)}
        }
        .into_any(),
        (None, Some(failure)) => view! { <LoadFailed failure=failure retry=load /> }.into_any(),
        (None, None) => view! { <Loading count=2 retry=load /> }.into_any(),
    });
    view! {
        <div class="narrow">
            <Heading text=say(|lang| lang.notices_title().to_owned()) />
            {shown}
        </div>
    }
}
