//! One panel: its card, its usage, the facts of its cycle, its plan, its copies, stop and start, the ways out, and what happened.

use crate::component::ask::{Ask, Request, landing, turning};
use crate::component::card::card;
use crate::component::erased::{Part, part, t, told, when};
use crate::component::fetched::written;
use crate::component::heading::{HEADING, heading};
use crate::component::paged::{Drawn, paged_inside};
use crate::component::shape::{holder, link, para, titled, to};
use crate::component::trouble::load_failed;
use crate::i18n::Lang;
use crate::json;
use crate::page::wanted::wanted;
use crate::present::buttons::on_card;
use crate::present::face::Face;
use crate::present::story;
use crate::session::session;
use crate::store::inbox::{Notice, inbox};
use crate::store::panels::Panel;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::history::AuditPage;
use shared::api::tenants::Action;
use shared::ids::TenantId;
use std::sync::Arc;

mod cycle;
mod cycles;
mod ending;
mod hosting;
mod plan;
mod usage;

/// The page.
pub(crate) fn page(id: TenantId) -> AnyView {
    wanted(id, Lang::action_manage, ready)
}

fn ready(panel: &Panel) -> AnyView {
    let name = told(panel.shown(), |_, status| status.name.clone());
    let (asked, turn) = turning();
    let done = hosting::done(panel, turn);
    let (control, operator) = (control(panel, done), operator(panel.id));
    let (copies, jobs, danger) = hosting::sections(panel, asked, done);
    let newest: cycles::Newest = RwSignal::new(None);
    let (facts, cycles) = (cycle::facts(panel), cycles::section(panel, newest));
    let (climb, usage) = usage::sections(panel, newest);
    let (plan, early) = (plan::section(panel, newest, done), plan::early(panel));
    let ending = ending::sections(panel, done);
    let (history, notices) = (history(panel), panel_notices(panel.id));
    let back = link("", "back", to("/"), t(Lang::back_to_panels), None);
    let card = card(panel.clone(), in_head, false);
    // On a phone the right follows the left, so that what cannot be undone comes last.
    let left = vec![card, early, climb, usage, copies, control.into_any()];
    let right = vec![
        facts,
        plan,
        cycles,
        jobs,
        history,
        notices,
        members().into_any(),
        ending,
        danger.into_any(),
        operator.into_any(),
    ];
    let columns = vec![holder("div", "", left), holder("div", "", right)];
    vec![holder("p", "back", vec![back]), heading(name, false), holder("div", "columns", columns)].into_any()
}

/// What operators may do to it is a page of theirs.
fn operator(id: TenantId) -> Part {
    let session = session();
    when(
        move || session.is_operator(),
        move || {
            let desk =
                link("button", "operator-panel", to(format!("/operator/panels/{id}")), t(Lang::operator_title), None);
            holder("p", "", vec![desk])
        },
    )
}

/// An account's members see all its panels: who they are stands on a page of its own.
fn members() -> Part {
    let session = session();
    let link = || link("button", "members", to("/account/people"), t(Lang::panel_members), None);
    when(move || session.account().is_some(), move || titled(Lang::people_title, holder("p", "buttons", vec![link()])))
}

/// The card of this page needs no button that leads here.
fn in_head(action: Action) -> bool {
    on_card(action) && action != Action::Manage
}

/// Stopping and getting the money back, each with its question. Starting is a button of the card.
fn control(panel: &Panel, done: Callback<()>) -> Part {
    let (status, id, done) = (panel.shown(), panel.id, landing(done, HEADING));
    let may = move |action| Memo::new(move |_| status.get().actions.contains(&action));
    let (stop, refund) = (may(Action::Stop), may(Action::Refund));
    let section = move || {
        let ask = |act, effect, verb: &str, keyed| {
            let path = format!("/tenants/{id}/{verb}");
            let make = Arc::new(move |_: &[String]| Ok(Request { path: path.clone(), body: None, keyed, tag: None }));
            let ask = Ask { act, effect, testid: format!("action-{verb}"), class: "button", blanks: Vec::new(), make };
            ask.warn(told(status, |_, status| status.name.clone()), None, done)
        };
        let mut said = Vec::new();
        if stop.get() {
            said.push(para("", t(Lang::control_running)));
            said.push(ask(Lang::action_stop, Lang::stop_effect, "stop", false));
        }
        if refund.get() {
            said.push(ask(Lang::action_refund, Lang::refund_effect, "refund", true));
        }
        titled(if stop.get() { Lang::control_title } else { Lang::action_refund }, said.into_any())
    };
    when(move || stop.get() || refund.get(), section)
}

fn history(panel: &Panel) -> AnyView {
    let status = panel.shown();
    let (turned, turn) = turning();
    // What happened is asked for again whenever the panel turned into something else.
    Effect::new(move |before: Option<_>| {
        let status = status.get();
        let now = (Face::of(&status), status.panel.since, status.billing.queued_cycles);
        if before.is_some_and(|before| before != now) {
            turn.run(());
        }
        now
    });
    let draw = |text: &str, _: bool| {
        let AuditPage { items, next_cursor: next } = json::read(text)?;
        Some(Drawn { rows: written("", move |lang| story::history(lang, &items)), next })
    };
    titled(Lang::history_title, paged_inside(&format!("/tenants/{}/history", panel.id), turned, Arc::new(draw)))
}

fn panel_notices(id: TenantId) -> AnyView {
    let inbox = inbox();
    let load = Callback::new(move |()| spawn_local(inbox.refresh()));
    let shown = part(move || match (inbox.held(), inbox.trouble()) {
        (Some(all), _) => {
            let own: Vec<_> = all.into_iter().filter(|notice| notice.view.tenant_id == id).collect();
            if own.is_empty() {
                return para("", t(Lang::panel_notices_empty));
            }
            written("", move |lang| story::notices(lang, &own.iter().map(Notice::now).collect::<Vec<_>>()))
        }
        (None, Some(failure)) => load_failed(failure, load),
        (None, None) => para("small", t(Lang::loading)),
    });
    titled(Lang::panel_notices_title, shown.into_any())
}
