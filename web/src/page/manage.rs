//! One panel: its card, the facts of its cycle, stop and start, what happened, and for operators suspend and resume.

use crate::client::client;
use crate::component::card::Card;
use crate::component::erased::{Part, part, say, t, told, when};
use crate::component::heading::Heading;
use crate::component::loading::Loading;
use crate::component::notice_list::notice_list;
use crate::component::stop_dialog::StopPanel;
use crate::component::trouble::LoadFailed;
use crate::page::not_found;
use crate::store::inbox::inbox;
use crate::store::panels::{Panel, panels};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::history::AuditView;
use shared::api::problem::ErrorCode;
use shared::api::tenants::Action;
use shared::ids::TenantId;
use web::format::calendar::date_time;
use web::i18n::Lang;
use web::present::buttons::on_card;
use web::present::face::Face;
use web::present::problem::Failure;
use web::present::story::{actor, sentence};

mod cycle;
mod operator;

/// The page.
pub(crate) fn page(id: TenantId) -> AnyView {
    view! { <Manage id=id /> }.into_any()
}

/// A panel that is being fetched: nothing yet, the panel, or why not.
pub(crate) type Wanted = RwSignal<Option<Result<Panel, Failure>>, LocalStorage>;

/// Fetches a panel into a signal; call the result to try again.
pub(crate) fn want(id: TenantId) -> (Wanted, Callback<()>) {
    let wanted: Wanted = RwSignal::new_local(None);
    let panels = panels();
    let load = Callback::new(move |()| {
        spawn_local(async move {
            let answer = panels.one(id).await;
            let _ = wanted.try_set(Some(answer));
        });
    });
    load.run(());
    (wanted, load)
}

#[component]
fn Manage(id: TenantId) -> impl IntoView {
    let (wanted, load) = want(id);
    part(move || match wanted.get() {
        None => view! { <Loading count=1 retry=load /> }.into_any(),
        Some(Err(failure)) if failure.code() == Some(ErrorCode::NotFound) => not_found::page(),
        Some(Err(failure)) => view! {
            <Heading text=say(|lang| lang.action_manage().to_owned()) />
            <LoadFailed failure=failure retry=load />
        }
        .into_any(),
        Some(Ok(panel)) => view! { <Ready panel=panel /> }.into_any(),
    })
}

#[component]
fn Ready(panel: Panel) -> impl IntoView {
    view! {
        <p class="back">
            <a href="/">{t(Lang::back_to_panels)}</a>
        </p>
        <Heading text=told(panel.shown(), |_, status| status.name.clone()) />
        <div class="columns">
            <div>
                <Card panel=panel.clone() shown=in_head linked=false />
                {control(&panel)}
                {operator::section(&panel)}
            </div>
            <div>
                {cycle::facts(&panel)}
                <History panel=panel.clone() />
                <PanelNotices id=panel.id />
            </div>
        </div>
    }
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
        view! {
            <section class="box">
                <h2>{t(Lang::control_title)}</h2>
                <p>{t(Lang::control_running)}</p>
                <StopPanel panel=panel.clone() />
            </section>
        }
        .into_any()
    };
    when(move || status.get().actions.contains(&Action::Stop), section)
}

#[component]
fn History(panel: Panel) -> impl IntoView {
    let client = client();
    let rows = RwSignal::new(None::<Result<Vec<AuditView>, Failure>>);
    let id = panel.id;
    let load = move |()| {
        spawn_local(async move {
            let answer = client.history(id).await.map(|page| page.items);
            let _ = rows.try_set(Some(answer));
        });
    };
    // What happened is asked for again whenever the panel turned into something else.
    let turned = Memo::new(move |_| {
        let status = panel.status.get();
        (Face::of(&status), status.panel.since, status.billing.queued_cycles)
    });
    Effect::new(move |_| {
        turned.track();
        load(());
    });
    let shown = part(move || match rows.get() {
        None => view! { <p class="small">{t(Lang::loading)}</p> }.into_any(),
        Some(Err(failure)) => view! { <LoadFailed failure=failure retry=load /> }.into_any(),
        Some(Ok(rows)) if rows.is_empty() => view! { <p>{t(Lang::history_empty)}</p> }.into_any(),
        Some(Ok(rows)) => view! { <ul class="rows">{rows.into_iter().map(row).collect_view()}</ul> }.into_any(),
    });
    view! {
        <section class="box">
            <h2>{t(Lang::history_title)}</h2>
            {shown}
        </section>
    }
}

fn row(row: AuditView) -> impl IntoView {
    let (at, by) = (row.at, row.actor);
    view! {
        <li>
            <p class="row-head small">
                <time datetime=at.to_string()>{say(move |lang| date_time(lang, at))}</time>
                <span>{say(move |lang| actor(lang, by).to_owned())}</span>
            </p>
            <p>{say(move |lang| sentence(lang, &row))}</p>
        </li>
    }
}

#[component]
fn PanelNotices(id: TenantId) -> impl IntoView {
    let inbox = inbox();
    let shown = part(move || {
        let all = inbox.held().unwrap_or_default();
        match all.into_iter().filter(|notice| notice.tenant_id == id).collect::<Vec<_>>() {
            own if own.is_empty() => view! { <p>{t(Lang::panel_notices_empty)}</p> }.into_any(),
            own => notice_list(own, false),
        }
    });
    view! {
        <section class="box">
            <h2>{t(Lang::panel_notices_title)}</h2>
            {shown}
        </section>
    }
}
