//! Notices as sentences, newest first.

use crate::component::erased::{say, t};
use crate::format::calendar::{date_time, stamp};
use crate::i18n::Lang;
use crate::present::story::notice;
use leptos::prelude::*;
use shared::api::history::NoticeView;

/// The list. With `linked`, each leads to its panel.
pub(crate) fn notice_list(items: Vec<NoticeView>, linked: bool) -> AnyView {
    let rows = items.into_iter().map(|item| row(item, linked).into_any()).collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_any()
}

fn row(item: NoticeView, linked: bool) -> impl IntoView {
    let NoticeView { tenant_id, tenant_name, kind, value, at, read, .. } = item;
    let about = linked.then(|| view! { <a href=format!("/panels/{tenant_id}")>{tenant_name}</a> });
    let mark = (!read).then(|| view! { <span class="badge blue">{t(Lang::notice_new)}</span> });
    view! {
        <li>
            <p class="row-head">
                {about} {mark}
                <time class="small" datetime=stamp(at)>
                    {say(move |lang| date_time(lang, at))}
                </time>
            </p>
            <p>{say(move |lang| notice(lang, kind, value))}</p>
        </li>
    }
}
