//! Notices as sentences, newest first.

use crate::prefs::lang;
use leptos::prelude::*;
use leptos_router::components::A;
use shared::api::history::NoticeView;
use web::format::calendar::date_time;
use web::present::story::notice;

/// The list. With `linked`, each leads to its panel.
#[component]
pub(crate) fn NoticeList(items: Vec<NoticeView>, linked: bool) -> impl IntoView {
    let rows = items
        .into_iter()
        .map(|item| {
            let (kind, at) = (item.kind, item.at);
            let about = linked.then(|| view! { <A href=format!("/panels/{}", item.tenant_id)>{item.tenant_name.clone()}</A> });
            view! {
                <li class:unread=!item.read>
                    <p class="row-head">
                        {about} {(!item.read).then(|| view! { <span class="badge blue">{move || lang().notice_new()}</span> })}
                        <time class="small" datetime=at.to_string()>{move || date_time(lang(), at)}</time>
                    </p>
                    <p>{move || notice(lang(), kind)}</p>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }
}
