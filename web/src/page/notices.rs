//! All notices of the account, by day: what happened, where to do something about it, and what was read.

use crate::browser;
use crate::component::erased::{part, say, t, when};
use crate::component::heading::{HEADING, heading};
use crate::component::loading::loading;
use crate::component::shape::{Button, holder, link, para, to, words};
use crate::component::trouble::{load_failed, refusal};
use crate::format::calendar::{date, stamp, time_of_day};
use crate::i18n::Lang;
use crate::present::forecast::unread;
use crate::present::notices::{by_day, leads};
use crate::present::problem::Failure;
use crate::present::story::notice;
use crate::session::session;
use crate::store::inbox::{Inbox, inbox};
use crate::store::panels::panels;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::history::NoticeView;
use shared::ids::NoticeId;

/// Marks one as read, or all of them without an id.
type Mark = Callback<Option<NoticeId>>;

/// The page.
pub(crate) fn page() -> AnyView {
    let inbox = inbox();
    let load = Callback::new(move |()| spawn_local(inbox.refresh()));
    load.run(());
    let failed = RwSignal::new(None::<Failure>);
    let mark = Callback::new(move |id: Option<NoticeId>| {
        failed.set(None);
        // The button that was pressed is gone with the mark: the keyboard goes on from the notice.
        let place = id.map_or(HEADING.to_owned(), |id| id.to_string());
        request_animation_frame(move || browser::focus(&place));
        spawn_local(async move {
            let outcome = inbox.mark_read(id).await;
            let _ = failed.try_set(outcome.err());
        });
    });
    let shown = part(move || match (inbox.held(), inbox.trouble()) {
        (Some(items), _) if items.is_empty() => quiet(),
        (Some(items), _) => vec![head(inbox, mark), refusal(failed).into_any(), days(&items, mark)].into_any(),
        (None, Some(failure)) => load_failed(failure, load),
        (None, None) => loading(2, load),
    });
    holder("div", "narrow", vec![heading(t(Lang::notices_title), false), shown.into_any()])
}

/// Nothing has happened since they signed up.
fn quiet() -> AnyView {
    let session = session();
    let since = say(move |lang| match session.me() {
        Some(me) => lang.notices_quiet(&date(lang, me.since)),
        None => lang.notices_empty().to_owned(),
    });
    holder("section", "box", vec![para("", since), para("small", t(Lang::notices_empty)), choices()])
}

fn choices() -> AnyView {
    link("", "notice-choices", to("/account/notices"), t(Lang::notices_choose), None)
}

fn head(inbox: Inbox, mark: Mark) -> AnyView {
    let count = say(move |lang| unread(lang, inbox.unread()));
    let offline = panels().offline;
    let all = move || {
        let button = Button::new(t(Lang::notices_read_all), move || mark.run(None)).testid("read-all");
        button.off(move || offline.get()).draw()
    };
    let some = when(move || inbox.unread() > 0, all);
    holder("div", "row-head", vec![para("lead", count), some.into_any(), choices()])
}

fn days(items: &[NoticeView], mark: Mark) -> AnyView {
    let day = |of: &[NoticeView]| {
        let first = of.first().map(|notice| notice.at);
        let title = say(move |lang| first.map(|at| date(lang, at)).unwrap_or_default());
        let rows = of.iter().map(|notice| row(notice.clone(), mark)).collect();
        holder("section", "day", vec![words("h2", "", title), holder("ul", "rows", rows)])
    };
    holder("div", "days", by_day(items).into_iter().map(day).collect())
}

fn row(item: NoticeView, mark: Mark) -> AnyView {
    let (path, act) = leads(&item);
    let NoticeView { id, tenant_name: name, kind, value, at, read, .. } = item;
    let offline = panels().offline;
    let of_panel = name.clone();
    let spoken = say(move |lang| lang.action_of(act(lang), &of_panel));
    let mut acts = vec![link("button", format!("notice-{id}"), to(path), t(act), Some(spoken))];
    if !read {
        let told = name.clone();
        let spoken = say(move |lang| {
            let what = [&*told, ": ", &notice(lang, kind, value)].concat();
            lang.action_of(lang.notice_read(), &what)
        });
        let button = Button::new(t(Lang::notice_read), move || mark.run(Some(id))).class("button quiet");
        acts.push(button.testid(format!("read-{id}")).spoken(spoken).off(move || offline.get()).draw());
    }
    let new = (!read).then(|| words("span", "badge blue", t(Lang::notice_new)));
    let time = say(move |lang| time_of_day(lang, at));
    view! {
        <li class="notice" id=id.to_string() tabindex="-1" data-testid="notice">
            <p class="row-head">
                <strong>{name}</strong>
                {new}
                <time class="small" datetime=stamp(at)>
                    {time}
                </time>
            </p>
            {para("", say(move |lang| notice(lang, kind, value)))}
            <div class="buttons">{acts}</div>
        </li>
    }
    .into_any()
}
