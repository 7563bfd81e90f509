//! All notices of the account, by day: what happened, where to do something about it, and what was read.

use crate::address::escaped;
use crate::browser;
use crate::client::client;
use crate::component::erased::{Part, part, say, t, when};
use crate::component::heading::{HEADING, heading};
use crate::component::loading::loading;
use crate::component::shape::{Button, either, holder, link, para, to, words};
use crate::component::trouble::{load_failed, refusal};
use crate::format::calendar::{date, stamp, time_of_day};
use crate::i18n::Lang;
use crate::json;
use crate::present::forecast::unread;
use crate::present::notices::{by_day, joined, leads};
use crate::present::problem::Failure;
use crate::present::story::notice;
use crate::session::session;
use crate::store::inbox::{Inbox, inbox};
use crate::store::panels::panels;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::history::{NoticePage, NoticeView};
use shared::ids::NoticeId;

/// Marks one as read, or all of them without an id.
type Mark = Callback<Option<NoticeId>>;

/// What was fetched beyond the newest notices.
#[derive(Clone, Copy)]
struct Older {
    /// All that were shown when more were asked for, and those; none before that.
    known: RwSignal<Vec<NoticeView>>,
    /// The `cursor` of what is older still.
    next: RwSignal<Option<String>>,
}

impl Older {
    /// All that are shown, under the newest, and the `cursor` of the others.
    fn with(self, newest: &[NoticeView], inbox: Inbox) -> (Vec<NoticeView>, Option<String>) {
        let (all, meet) = joined(newest, self.known.get());
        (all, if meet { self.next.get() } else { inbox.next() })
    }

    /// Those that were not read, by `id` or all.
    fn unread(self, id: Option<NoticeId>) -> Vec<NoticeId> {
        let asked = |notice: &&NoticeView| !notice.read && id.is_none_or(|id| notice.id == id);
        self.known.with_untracked(|known| known.iter().filter(asked).map(|notice| notice.id).collect())
    }

    fn put_mark(self, ids: &[NoticeId], read: bool) {
        let _ = self.known.try_update(|known| {
            known.iter_mut().filter(|notice| ids.contains(&notice.id)).for_each(|notice| notice.read = read);
        });
    }
}

/// The page.
pub(crate) fn page() -> AnyView {
    let inbox = inbox();
    let older = Older { known: RwSignal::new(Vec::new()), next: RwSignal::new(None) };
    let load = Callback::new(move |()| spawn_local(inbox.refresh()));
    load.run(());
    let failed = RwSignal::new(None::<Failure>);
    let mark = Callback::new(move |id: Option<NoticeId>| {
        failed.set(None);
        // The button that was pressed is gone with the mark: the keyboard goes on from the notice.
        let place = id.map_or(HEADING.to_owned(), |id| id.to_string());
        request_animation_frame(move || browser::focus(&place));
        let ids = older.unread(id);
        older.put_mark(&ids, true);
        spawn_local(async move {
            let outcome = inbox.mark_read(id).await;
            if outcome.is_err() {
                older.put_mark(&ids, false);
            }
            let _ = failed.try_set(outcome.err());
        });
    });
    let shown = part(move || match (inbox.held(), inbox.trouble()) {
        (Some(items), _) if items.is_empty() => quiet(),
        (Some(items), _) => {
            let (all, next) = older.with(&items, inbox);
            let rows = days(&all, mark);
            vec![head(inbox, mark), refusal(failed).into_any(), rows, more(older, all, next).into_any()].into_any()
        }
        (None, Some(failure)) => load_failed(failure, load),
        (None, None) => loading(2, load),
    });
    holder("div", "narrow", vec![heading(t(Lang::notices_title), false), shown.into_any()])
}

/// The button that fetches what is older than `all`, if anything is.
fn more(older: Older, all: Vec<NoticeView>, next: Option<String>) -> Part {
    let (client, offline) = (client(), panels().offline);
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let cursor = next.as_deref().map(escaped);
    let click = move || {
        let Some(cursor) = cursor.clone() else { return };
        let mut all = all.clone();
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let came = client.shown(format!("/notices?limit=50&cursor={cursor}")).await;
            let page = came.and_then(|text| json::read::<NoticePage>(&text).ok_or(Failure::Unreadable));
            let _ = busy.try_set(false);
            match page {
                Ok(page) => {
                    // The button moves down; the keyboard goes on with the first of those that came.
                    let first = page.items.first().map(|notice| notice.id.to_string());
                    all.extend(page.items);
                    let _ = older.next.try_set(page.next_cursor);
                    let _ = older.known.try_set(all);
                    request_animation_frame(move || browser::focus(&first.unwrap_or_default()));
                }
                Err(failure) => drop(failed.try_set(Some(failure))),
            }
        });
    };
    let click = Callback::new(move |()| click());
    when(
        move || next.is_some(),
        move || {
            let words = either(move || busy.get(), Lang::working, Lang::invoices_more);
            let button = Button::new(words, move || click.run(())).class("button wide").testid("show-older");
            let button = button.off(move || busy.get() || offline.get()).draw();
            vec![button, refusal(failed).into_any()].into_any()
        },
    )
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
