//! All notices of the account, by day: what happened, where to do something about it, and what was read.

use crate::browser;
use crate::component::erased::{part, say, t, when};
use crate::component::heading::{HEADING, heading};
use crate::component::loading::loading;
use crate::component::shape::{Button, either, holder, link, para, to, words};
use crate::component::trouble::{load_failed, refusal};
use crate::format::calendar::{date, stamp, time_of_day};
use crate::i18n::Lang;
use crate::present::forecast::unread;
use crate::present::notices::{by_day, leads};
use crate::present::problem::Failure;
use crate::present::story;
use crate::session::session;
use crate::store::inbox::{Inbox, Notice, inbox};
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
        spawn_local(async move { drop(failed.try_set(inbox.mark_read(id).await.err())) });
    });
    let shown = part(move || match (inbox.held(), inbox.trouble()) {
        (Some(items), _) if items.is_empty() => quiet(),
        (Some(items), _) => {
            let parts = vec![head(inbox, mark), refusal(failed).into_any(), days(&items, mark), older(inbox)];
            parts.into_any()
        }
        (None, Some(failure)) => load_failed(failure, load),
        (None, None) => loading(2, load),
    });
    holder("div", "narrow", vec![heading(t(Lang::notices_title), false), shown.into_any()])
}

/// The button that fetches what is older, if anything is.
fn older(inbox: Inbox) -> AnyView {
    let offline = panels().offline;
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let click = move || {
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let came = inbox.fetch_older().await;
            let _ = busy.try_set(false);
            match came {
                // The button moves down; the keyboard goes on with the first of those that came.
                Ok(first) => {
                    let place = first.map_or(HEADING.to_owned(), |id| id.to_string());
                    request_animation_frame(move || browser::focus(&place));
                }
                Err(failure) => drop(failed.try_set(Some(failure))),
            }
        });
    };
    let draw = move || {
        let words = either(move || busy.get(), Lang::working, Lang::invoices_more);
        let button = Button::new(words, click).class("button wide").testid("show-older");
        let button = button.off(move || busy.get() || offline.get()).draw();
        vec![button, refusal(failed).into_any()].into_any()
    };
    when(move || inbox.has_older(), draw).into_any()
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

/// Whoever has no account is told nothing, and has nothing to choose.
fn choices() -> AnyView {
    let theirs = untrack(|| session().account().is_some());
    let choose = || link("", "notice-choices", to("/account/notices"), t(Lang::notices_choose), None);
    theirs.then(choose).into_any()
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

fn days(items: &[Notice], mark: Mark) -> AnyView {
    // A newer one may come in on top while the keyboard is at one of these: it stays at that one.
    let mut ids = items.iter().map(|notice| notice.view.id.to_string());
    if let Some(place) = ids.find(|id| browser::holds_focus(id)) {
        request_animation_frame(move || browser::focus(&place));
    }
    let day = |of: &[Notice]| {
        let first = of.first().map(|notice| notice.view.at);
        let title = say(move |lang| first.map(|at| date(lang, at)).unwrap_or_default());
        let rows = of.iter().map(|notice| row(notice.clone(), mark)).collect();
        holder("section", "day", vec![words("h2", "", title), holder("ul", "rows", rows)])
    };
    holder("div", "days", by_day(items, |notice| notice.view.at).into_iter().map(day).collect())
}

fn row(notice: Notice, mark: Mark) -> AnyView {
    let (path, act) = leads(&notice.view, untrack(|| session().may_order()));
    let Notice { view: NoticeView { id, tenant_name: name, kind, value, at, .. }, read } = notice;
    let read: Signal<bool> = read.into();
    let of_panel = name.clone();
    let spoken = say(move |lang| lang.action_of(act(lang), &of_panel));
    let lead = link("button", format!("notice-{id}"), to(path), t(act), Some(spoken));
    // Whoever follows a notice has read it.
    let inbox = inbox();
    let follow = move |_| {
        if !read.get_untracked() {
            spawn_local(async move { drop(inbox.mark_read(Some(id)).await) });
        }
    };
    let (told, offline) = (name.clone(), panels().offline);
    let spoken = say(move |lang| {
        let what = [&*told, ": ", &story::notice(lang, kind, value)].concat();
        lang.action_of(lang.notice_read(), &what)
    });
    let button = move || {
        let button = Button::new(t(Lang::notice_read), move || mark.run(Some(id))).class("button quiet");
        button.testid(format!("read-{id}")).spoken(spoken).off(move || offline.get()).draw()
    };
    let new = || words("span", "badge blue", t(Lang::notice_new));
    let time = say(move |lang| time_of_day(lang, at));
    view! {
        <li class="notice" id=id.to_string() tabindex="-1" data-testid="notice">
            <p class="row-head">
                <strong>{name}</strong>
                {when(move || !read.get(), new)}
                <time class="small" datetime=stamp(at)>
                    {time}
                </time>
            </p>
            {para("", say(move |lang| story::notice(lang, kind, value)))}
            <div class="buttons"><span on:click=follow>{lead}</span> {when(move || !read.get(), button)}</div>
        </li>
    }
    .into_any()
}
