//! What is done with the panel at its server: its copies, making and restoring one, deleting it, and what was done.

use crate::browser::{is_asked, sleep};
use crate::component::ask::{Ask, Request, landing};
use crate::component::erased::{Part, say, t, told, when};
use crate::component::fetched::written;
use crate::component::heading::HEADING;
use crate::component::paged::{Drawn, paged_inside};
use crate::component::shape::{holder, para, titled};
use crate::format::calendar::date_time;
use crate::i18n::Lang;
use crate::json::{self, object};
use crate::present::jobs::{copy, holds, is_free, is_there, list, may};
use crate::session::session;
use crate::store::panels::{Panel, panels};
use crate::wire::{Copies, Jobs, KeptCopy};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::tenants::TenantStatus;
use std::sync::Arc;
use std::time::Duration;

/// What is quick is over by then, and was perhaps never seen under way.
const QUICK: Duration = Duration::from_secs(2);

/// The sections: copies, what was done, deleting.
pub(super) fn sections(panel: &Panel, asked: Signal<u32>, done: Callback<()>) -> (AnyView, AnyView, Part) {
    let (id, status, session) = (panel.id, panel.shown(), session());
    // Fetched again whenever something began or was over.
    let turned = Memo::new(move |_| asked.get() * 2 + u32::from(status.get().job.is_some()));
    let is_theirs = move || session.me().is_some_and(|me| may(me.role));
    let free = Memo::new(move |_| is_theirs() && is_free(&status.get()));

    let draw = |others: bool| {
        let panel = panel.clone();
        let draw = move |text: &str, is_first: bool| {
            let Copies { items, next_cursor: next } = json::read(text)?;
            let mut parts = Vec::new();
            if is_first && items.is_empty() != others {
                parts.push(if others {
                    para("", t(Lang::copies_others))
                } else {
                    para("", told(status, nothing_kept))
                });
            }
            if !items.is_empty() {
                let rows = items.into_iter().map(|item| row(&panel, item, others, free, done)).collect();
                parts.push(holder("ul", "rows", rows));
            }
            Some(Drawn { rows: parts.into_any(), next })
        };
        let path = format!("/tenants/{id}/backups{}", if others { "?others=true" } else { "" });
        paged_inside(&path, turned.into(), Arc::new(draw))
    };
    let make = when(move || free.get(), move || back_up(format!("/tenants/{id}/backups")).at_once(done));
    let copies = titled(Lang::copies_title, vec![make.into_any(), draw(false), draw(true)].into_any());

    let jobs = |text: &str, _: bool| {
        let Jobs { items, next_cursor: next } = json::read(text)?;
        Some(Drawn { rows: written("", move |lang| list(lang, &items)), next })
    };
    let jobs = paged_inside(&format!("/tenants/{id}/jobs?limit=5"), turned.into(), Arc::new(jobs));
    let panel = panel.clone();
    let section = move || titled(Lang::delete_panel, delete(&panel, done));
    let danger = when(move || is_theirs() && is_there(&status.get()), section);
    (copies, titled(Lang::jobs_title, jobs), danger)
}

fn nothing_kept(lang: Lang, status: &TenantStatus) -> String {
    if holds(status) { lang.copies_empty() } else { lang.copies_none() }.to_owned()
}

/// After something was begun: what it made of the panel is asked for.
pub(super) fn done(panel: &Panel, turn: Callback<()>) -> Callback<()> {
    let (store, panel) = (panels(), panel.clone());
    Callback::new(move |()| {
        // An answer that is on its way may be older than this.
        store.hint(panel.id);
        store.refetch(panel.clone());
        let _ = turn.try_run(());
        spawn_local(async move {
            sleep(QUICK).await;
            // What is drawn anew would take an open question away.
            while is_asked() {
                sleep(QUICK).await;
            }
            let _ = turn.try_run(());
        });
    })
}

fn row(panel: &Panel, item: KeptCopy, others: bool, free: Memo<bool>, done: Callback<()>) -> AnyView {
    let (panel, id, at) = (panel.clone(), item.id, item.at);
    let whose = if others { [&*item.subdomain, ", "].concat() } else { String::new() };
    let named = if others { para("", Signal::stored(item.subdomain.clone())) } else { ().into_any() };
    let restore = move || {
        let path = format!("/tenants/{}/restore", panel.id);
        let name = panel.status.get_untracked().subdomain.clone();
        let body = object(&[("backup_id", &id.to_string()), ("subdomain", &name)]);
        let ask = act(Lang::restore, Lang::restore_effect, format!("restore-{id}"), path, body);
        let whose = whose.clone();
        let whose = say(move |lang| [&*whose, &date_time(lang, at)].concat());
        holder("div", "buttons", vec![ask.warn(whose, Some(name), landing(done, HEADING))])
    };
    let shown = written("", move |lang| copy(lang, &item));
    holder("li", "copy", vec![named, shown, when(move || free.get(), restore).into_any()])
}

fn delete(panel: &Panel, done: Callback<()>) -> AnyView {
    let name = panel.status.get_untracked().subdomain.clone();
    let body = object(&[("subdomain", &name)]);
    let path = format!("/tenants/{}/delete", panel.id);
    let ask = act(Lang::delete_panel, Lang::delete_effect, "delete".to_owned(), path, body);
    ask.warn(told(panel.shown(), |_, status| status.name.clone()), Some(name), landing(done, HEADING))
}

fn back_up(path: String) -> Ask {
    act(Lang::copies_make, Lang::copies_make, "back-up".to_owned(), path, String::new())
}

fn act(
    act: fn(Lang) -> &'static str,
    effect: fn(Lang) -> &'static str,
    testid: String,
    path: String,
    body: String,
) -> Ask {
    let body = Some(body).filter(|body| !body.is_empty());
    let make = move |_: &[String]| Ok(Request { path: path.clone(), body: body.clone(), keyed: true, tag: None });
    Ask { act, effect, testid, class: "button", blanks: Vec::new(), make: Arc::new(make) }
}
