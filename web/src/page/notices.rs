//! All notices of the account. Seeing them marks them as read.

use crate::component::heading::Heading;
use crate::component::loading::Loading;
use crate::component::notice_list::NoticeList;
use crate::component::trouble::LoadFailed;
use crate::prefs::lang;
use crate::store::inbox::inbox;
use leptos::prelude::*;
use leptos::task::spawn_local;
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
    view! {
        <div class="narrow">
            <Heading text=Signal::derive(move || lang().notices_title().to_owned()) />
            {move || match (inbox.held(), inbox.trouble()) {
                (Some(items), _) if items.is_empty() => {
                    view! { <p class="box">{move || lang().notices_empty()}</p> }.into_any()
                }
                (Some(items), _) => {
                    view! {
                        <p class="lead">{move || unread(lang(), inbox.unread())}</p>
                        <NoticeList items=items linked=true />
                    }
                        .into_any()
                }
                (None, Some(failure)) => view! { <LoadFailed failure=failure retry=load /> }.into_any(),
                (None, None) => view! { <Loading count=2 retry=load /> }.into_any(),
            }}
        </div>
    }
}
