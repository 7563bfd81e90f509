//! The servers on which panels run: what they are, how full they are, and what can be done about that.

use super::ask::{Ask, Blank, Request, turning};
use super::import::import;
use crate::component::erased::t;
use crate::component::fetched::written;
use crate::component::heading::heading;
use crate::component::paged::{Drawn, paged};
use crate::component::shape::para;
use crate::i18n::Lang;
use crate::json;
use crate::present::servers::{server, settings};
use leptos::prelude::*;
use shared::api::servers::{ServerList, ServerSettings, ServerView};
use std::sync::Arc;

/// A text of fixed words.
type Words = fn(Lang) -> &'static str;

/// The page.
pub(super) fn page() -> AnyView {
    let (turned, turn) = turning();
    let draw = move |text: &str, _: bool| {
        let ServerList { items } = json::read(text)?;
        let rows = if items.is_empty() {
            para("box", t(Lang::desk_servers_empty))
        } else {
            items.into_iter().map(|item| row(item, turn)).collect_view().into_any()
        };
        Some(Drawn { rows, next: None })
    };
    let list = paged("/servers", turned, Arc::new(draw));
    view! {
        <div class="narrow desk">
            {heading(t(Lang::desk_servers), false)} {para("lead", t(Lang::desk_servers_lead))}
            <div class="buttons">{register().draw(turn)}</div> {list}
        </div>
    }
    .into_any()
}

fn row(item: ServerView, turn: Callback<()>) -> AnyView {
    let acts = [survey(&item), edit(&item), room(&item), drain(&item), adopt(&item)].map(|ask| ask.draw(turn));
    let list = import(item.id);
    view! {
        <section class="box" data-testid="server">
            {written("", move |lang| server(lang, &item))} <div class="buttons">{acts.into_iter().collect_view()}</div>
            {list}
        </section>
    }
    .into_any()
}

fn blank(id: &'static str, label: Words, hint: Words, first: &str, needed: bool) -> Blank {
    Blank { id, label, hint, first: first.to_owned(), most: 200, needed, secret: None }
}

/// All that can be set of a server, as it stands. Secrets stand nowhere: what stays empty stays as it was.
fn blanks(now: &ServerSettings) -> Vec<Blank> {
    let secret = |blank: Blank| Blank { secret: Some("new-password"), ..blank };
    let files = now.files_folder.as_deref().unwrap_or_default();
    vec![
        blank("name", Lang::server_name, Lang::server_name_hint, &now.name, true),
        blank("url", Lang::server_url, Lang::server_url_hint, &now.url, true),
        blank("template", Lang::server_template, Lang::server_template_hint, &now.template, true),
        blank("capacity", Lang::server_capacity, Lang::server_capacity_hint, &now.capacity.to_string(), true),
        secret(blank("cluster", Lang::server_cluster, Lang::server_cluster_hint, "", false)),
        blank("files", Lang::server_files, Lang::server_files_hint, files, false),
        secret(blank("admin", Lang::server_admin, Lang::server_admin_hint, "", false)),
        blank("login", Lang::server_login, Lang::server_login_hint, "", false),
        secret(blank("password", Lang::server_password, Lang::server_password_hint, "", false)),
    ]
}

/// What was filled in.
fn filled(typed: &[String], draining: bool) -> Result<ServerSettings, Words> {
    let [name, url, template, capacity, cluster, files, admin, login, password] = typed else {
        return Err(Lang::desk_needed);
    };
    let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    Ok(ServerSettings {
        name: name.clone(),
        url: url.clone(),
        template: template.clone(),
        capacity: capacity.parse().map_err(|_| Lang::server_number_fault as Words)?,
        draining,
        files_folder: given(files),
        admin_password: given(admin),
        database_url: given(cluster),
        service_login: given(login),
        service_password: given(password),
    })
}

fn register() -> Ask {
    let first = ServerSettings {
        name: String::new(),
        url: "http://".to_owned(),
        template: "template".to_owned(),
        capacity: 100,
        draining: false,
        files_folder: None,
        admin_password: None,
        database_url: None,
        service_login: None,
        service_password: None,
    };
    let make = |typed: &[String]| {
        let new = filled(typed, false)?;
        Ok(Request { path: "/servers".to_owned(), body: Some(body(&new)), keyed: false, tag: None })
    };
    Ask {
        act: Lang::server_register,
        effect: Lang::server_register_effect,
        testid: "register".to_owned(),
        class: "button primary",
        blanks: blanks(&first),
        make: Arc::new(make),
    }
}

fn edit(item: &ServerView) -> Ask {
    let known = item.clone();
    Ask {
        act: Lang::server_edit,
        effect: Lang::server_edit_effect,
        testid: format!("edit-{}", item.id),
        class: "button",
        blanks: blanks(&settings(item)),
        make: Arc::new(move |typed: &[String]| Ok(changed(&known, &filled(typed, known.draining)?))),
    }
}

fn survey(item: &ServerView) -> Ask {
    let path = format!("/servers/{}/survey", item.id);
    Ask {
        act: Lang::server_survey,
        effect: Lang::server_survey_effect,
        testid: format!("survey-{}", item.id),
        class: "button",
        blanks: Vec::new(),
        make: Arc::new(move |_| Ok(Request { path: path.clone(), body: None, keyed: false, tag: None })),
    }
}

fn room(item: &ServerView) -> Ask {
    let (known, first) = (item.clone(), item.capacity.to_string());
    let make = move |typed: &[String]| {
        let capacity = typed.first().and_then(|text| text.parse().ok()).ok_or(Lang::server_number_fault as Words)?;
        Ok(changed(&known, &ServerSettings { capacity, ..settings(&known) }))
    };
    Ask {
        act: Lang::server_room,
        effect: Lang::server_room_effect,
        testid: format!("room-{}", item.id),
        class: "button",
        blanks: vec![blank("capacity", Lang::server_capacity, Lang::server_capacity_hint, &first, true)],
        make: Arc::new(make),
    }
}

fn drain(item: &ServerView) -> Ask {
    let known = item.clone();
    let draining = !item.draining;
    Ask {
        act: if draining { Lang::server_drain } else { Lang::server_fill },
        effect: if draining { Lang::server_drain_effect } else { Lang::server_fill_effect },
        testid: format!("drain-{}", item.id),
        class: "button",
        blanks: Vec::new(),
        make: Arc::new(move |_| Ok(changed(&known, &ServerSettings { draining, ..settings(&known) }))),
    }
}

fn adopt(item: &ServerView) -> Ask {
    let path = format!("/servers/{}/adopt", item.id);
    let make = move |typed: &[String]| {
        let [database, name, owner, plan] = typed else { return Err(Lang::desk_needed as Words) };
        let body = json::object(&[("database", database), ("name", name), ("owner_email", owner), ("plan", plan)]);
        Ok(Request { path: path.clone(), body: Some(body), keyed: false, tag: None })
    };
    Ask {
        act: Lang::server_adopt,
        effect: Lang::server_adopt_effect,
        testid: format!("adopt-{}", item.id),
        class: "button",
        blanks: vec![
            blank("database", Lang::server_database, Lang::server_database_hint, "", true),
            blank("name", Lang::server_panel_name, Lang::server_panel_name_hint, "", true),
            blank("owner", Lang::server_owner, Lang::server_owner_hint, "", true),
            blank("plan", Lang::server_plan, Lang::server_plan_hint, "", true),
        ],
        make: Arc::new(make),
    }
}

fn changed(known: &ServerView, new: &ServerSettings) -> Request {
    let tag = Some(format!("\"{}\"", known.revision));
    Request { path: format!("/servers/{}", known.id), body: Some(body(new)), keyed: false, tag }
}

/// The settings as the server reads them.
fn body(new: &ServerSettings) -> String {
    let mut texts = vec![("name", new.name.as_str()), ("url", &new.url), ("template", &new.template)];
    let given = [
        ("files_folder", &new.files_folder),
        ("admin_password", &new.admin_password),
        ("database_url", &new.database_url),
        ("service_login", &new.service_login),
        ("service_password", &new.service_password),
    ];
    texts.extend(given.iter().filter_map(|(name, text)| text.as_deref().map(|text| (*name, text))));
    let texts = json::object(&texts);
    let rest = texts.strip_prefix('{').unwrap_or_default();
    format!("{{\"capacity\":{},\"draining\":{},{rest}", new.capacity, new.draining)
}
