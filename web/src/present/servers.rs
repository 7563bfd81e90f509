//! Servers as markup and words.

use super::markup::Markup;
use crate::format::calendar::date_time;
use crate::format::whole;
use crate::i18n::Lang;
use shared::api::servers::{ServerSettings, ServerView};

/// A server: what it is, how full it is, and what is the matter with it.
#[must_use]
pub fn server(lang: Lang, view: &ServerView) -> String {
    let mut out = Markup::default();
    out.within("<h2>", &view.name, "</h2>");
    if view.draining {
        out.within("<p><span class=\"badge grey\">", lang.server_draining(), "</span></p>");
    }
    if let Some(trouble) = &view.trouble {
        out.within("<p class=\"error\" lang=\"en\">", trouble, "</p>");
    }
    let panels = lang.server_panels_of(&whole(lang, view.panels.into()), &whole(lang, view.capacity.into()));
    out.tags("<dl class=\"facts\">")
        .fact(lang.server_panels(), &panels)
        .fact(lang.server_url(), &view.url)
        .fact(lang.server_template(), &view.template);
    match (&view.version, view.surveyed_at) {
        (Some(version), Some(at)) => {
            let locks = if view.locks == Some(true) { lang.server_locks_yes() } else { lang.server_locks_no() };
            out.fact(lang.server_version(), version)
                .fact(lang.server_driver(), view.driver.as_deref().unwrap_or_default())
                .fact(lang.server_locks(), locks)
                .fact(lang.server_asked(), &date_time(lang, at));
        }
        _ => {
            out.fact(lang.server_asked(), lang.server_never());
        }
    }
    if !view.secrets.is_empty() {
        out.fact(lang.server_secrets(), &view.secrets.join(", "));
    }
    out.tags("</dl>");
    out.done()
}

/// The settings of a server as they stand, without its secrets: those stay as they are.
#[must_use]
pub fn settings(view: &ServerView) -> ServerSettings {
    ServerSettings {
        name: view.name.clone(),
        url: view.url.clone(),
        template: view.template.clone(),
        capacity: view.capacity,
        draining: view.draining,
        files_folder: view.files_folder.clone(),
        admin_password: None,
        database_url: None,
        service_login: None,
        service_password: None,
    }
}
