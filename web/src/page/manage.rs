//! One panel: its card, the facts of its cycle, stop and start, what happened, and for operators suspend and resume.

use crate::client::client;
use crate::component::card::card;
use crate::component::erased::{Part, part, say, t, told, when};
use crate::component::heading::heading;
use crate::component::notice_list::notice_list;
use crate::component::refund_dialog::refund_panel;
use crate::component::shape::{link, para, titled, to};
use crate::component::stop_dialog::stop_panel;
use crate::component::trouble::load_failed;
use crate::format::calendar::{date_time, stamp};
use crate::i18n::Lang;
use crate::page::wanted::wanted;
use crate::present::buttons::on_card;
use crate::present::face::Face;
use crate::present::problem::Failure;
use crate::present::story::{actor, sentence};
use crate::session::session;
use crate::store::inbox::inbox;
use crate::store::panels::Panel;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::history::AuditView;
use shared::api::tenants::Action;
use shared::ids::TenantId;

mod cycle;
mod cycles;

/// The page.
pub(crate) fn page(id: TenantId) -> AnyView {
    wanted(id, Lang::action_manage, ready)
}

fn ready(panel: &Panel) -> AnyView {
    let name = told(panel.shown(), |_, status| status.name.clone());
    let (control, operator) = ((control(panel), refund(panel)), operator(panel.id));
    let (facts, (usage, cycles)) = (cycle::facts(panel), cycles::sections(panel));
    let (history, notices) = (history(panel), panel_notices(panel.id));
    view! {
        <p class="back">{link("", "back", to("/"), t(Lang::back_to_panels), None)}</p>
        {heading(name, false)}
        <div class="columns">
            <div>{card(panel.clone(), in_head, false)} {usage} {control} {operator}</div>
            <div>{facts} {cycles} {history} {notices}</div>
        </div>
    }
    .into_any()
}

/// What operators may do to it is a page of theirs.
fn operator(id: TenantId) -> Part {
    let session = session();
    when(
        move || session.is_operator(),
        move || {
            let desk =
                link("button", "operator-panel", to(format!("/operator/panels/{id}")), t(Lang::operator_title), None);
            view! { <p>{desk}</p> }.into_any()
        },
    )
}

/// The card of this page needs no button that leads here.
fn in_head(action: Action) -> bool {
    on_card(action) && action != Action::Manage
}

/// Stopping, with its dialog. Starting is a button of the card.
fn control(panel: &Panel) -> Part {
    let status = panel.shown();
    let panel = panel.clone();
    let section = move || {
        let inner = vec![para("", t(Lang::control_running)), stop_panel(panel.clone()).into_any()];
        titled(Lang::control_title, inner.into_any())
    };
    when(move || status.get().actions.contains(&Action::Stop), section)
}

/// Having the money back, with its dialog. Trying again is a button of the card.
fn refund(panel: &Panel) -> Part {
    let status = panel.shown();
    let panel = panel.clone();
    let section = move || {
        let inner = vec![para("", t(Lang::refund_lead)), refund_panel(panel.clone()).into_any()];
        titled(Lang::action_refund, inner.into_any())
    };
    when(move || status.get().actions.contains(&Action::Refund), section)
}

fn history(panel: &Panel) -> AnyView {
    let client = client();
    let rows = RwSignal::new(None::<Result<Vec<AuditView>, Failure>>);
    let (id, status) = (panel.id, panel.shown());
    let load = Callback::new(move |()| {
        spawn_local(async move {
            let answer = client.history(id).await.map(|page| page.items);
            let _ = rows.try_set(Some(answer));
        });
    });
    // What happened is asked for again whenever the panel turned into something else.
    Effect::new(move |before: Option<_>| {
        let status = status.get();
        let turned = (Face::of(&status), status.panel.since, status.billing.queued_cycles);
        if before != Some(turned) {
            load.run(());
        }
        turned
    });
    let shown = part(move || match rows.get() {
        None => para("small", t(Lang::loading)),
        Some(Err(failure)) => load_failed(failure, load),
        Some(Ok(rows)) if rows.is_empty() => para("", t(Lang::history_empty)),
        Some(Ok(rows)) => view! { <ul class="rows">{rows.into_iter().map(row).collect_view()}</ul> }.into_any(),
    });
    titled(Lang::history_title, shown.into_any())
}

fn row(row: AuditView) -> impl IntoView {
    let (at, by) = (row.at, row.actor);
    view! {
        <li>
            <p class="row-head small">
                <time datetime=stamp(at)>{say(move |lang| date_time(lang, at))}</time>
                <span>{say(move |lang| actor(lang, by).to_owned())}</span>
            </p>
            {para("", say(move |lang| sentence(lang, &row)))}
        </li>
    }
}

fn panel_notices(id: TenantId) -> AnyView {
    let inbox = inbox();
    let shown = part(move || {
        let all = inbox.held().unwrap_or_default();
        match all.into_iter().filter(|notice| notice.tenant_id == id).collect::<Vec<_>>() {
            own if own.is_empty() => para("", t(Lang::panel_notices_empty)),
            own => notice_list(own, false),
        }
    });
    titled(Lang::panel_notices_title, shown.into_any())
}
