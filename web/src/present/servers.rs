//! Servers as markup and words.

use super::desk::table;
use super::markup::Markup;
use crate::format::calendar::date_time;
use crate::format::{bytes, whole};
use crate::i18n::Lang;
use crate::json::object;
use shared::api::servers::{ImportOutcome, Imported, ImportedRow, ServerSettings, ServerView};

/// A server: what it is, how full it is, and what is the matter with it.
#[must_use]
pub fn server(lang: Lang, view: &ServerView) -> String {
    let mut out = Markup::default();
    out.within("<h2>", &view.name, "</h2>");
    if view.draining {
        out.within("<p><span class=\"badge grey\">", lang.server_draining(), "</span></p>");
    }
    if view.silent {
        out.within("<p><span class=\"badge red\">", lang.server_silent(), "</span></p>");
    }
    if view.nearly_full {
        out.within("<p><span class=\"badge orange\">", lang.server_nearly_full(), "</span></p>");
    }
    if let Some(trouble) = &view.trouble {
        out.within("<p class=\"error\" lang=\"en\">", trouble, "</p>");
    }
    let panels = lang.server_panels_of(&whole(lang, view.panels.into()), &whole(lang, view.capacity.into()));
    let panels = format!("{panels} ({})", lang.server_free(&whole(lang, view.free.into())));
    out.tags("<dl class=\"facts\">")
        .fact(lang.server_panels(), &panels)
        .fact(lang.server_active(), &whole(lang, view.active.into()))
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
    if let Some(many) = view.databases {
        let many = whole(lang, many.into());
        let weigh = view.database_bytes.map(|weight| lang.server_databases_weigh(&many, &bytes(lang, weight)));
        out.fact(lang.server_databases(), &weigh.unwrap_or(many));
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

/// A list of databases as the server reads it: of each line the database, the account, the plan and the name. `None` if one of them
/// lacks something, or there is none.
#[must_use]
pub fn list(typed: &str) -> Option<String> {
    let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("database,"));
    let rows = lines.map(row).collect::<Option<Vec<String>>>().filter(|rows| !rows.is_empty())?;
    Some(format!("{{\"rows\":[{}]}}", rows.join(",")))
}

fn row(line: &str) -> Option<String> {
    let mut cells = line.splitn(4, ',').map(str::trim).filter(|cell| !cell.is_empty());
    let (database, account, plan, name) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let whose = if account.contains('@') { "account_email" } else { "account_id" };
    Some(object(&[("database", database), (whose, account), ("plan_id", plan), ("name", name.trim_matches('"'))]))
}

/// What became of a list, row by row.
#[must_use]
pub fn imported(lang: Lang, view: &Imported) -> String {
    let titles = [lang.server_database(), lang.import_result(), lang.import_why()];
    let cells = |row: &ImportedRow| {
        let outcome = match row.outcome {
            ImportOutcome::Adopted => lang.import_adopted(),
            ImportOutcome::Already => lang.import_already(),
            ImportOutcome::Refused => lang.import_refused(),
        };
        let why = row.detail.clone().unwrap_or_default();
        (row.tenant_id.map(|id| format!("/panels/{id}")), vec![row.database.clone(), outcome.to_owned(), why])
    };
    table(&titles, view.rows.iter().map(cells).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a spreadsheet's line is read by halves, and a panel goes to somebody else's account.
    #[test]
    fn each_line_is_a_row_or_the_list_is_none() {
        let typed = "database,account,plan,name\nacme, a@b.example ,pln_1,Acme, Ltd\n\r\nbeta,acc_2,pln_1,Beta\r\n";
        let rows = [
            r#"{"database":"acme","account_email":"a@b.example","plan_id":"pln_1","name":"Acme, Ltd"}"#,
            r#"{"database":"beta","account_id":"acc_2","plan_id":"pln_1","name":"Beta"}"#,
        ];
        assert_eq!(list(typed), Some(format!("{{\"rows\":[{}]}}", rows.join(","))));
        for lacking in ["", "\n", "acme,a@b.example,pln_1", "acme,,pln_1,Acme", "acme,a@b.example,pln_1,Acme\nbeta"] {
            assert_eq!(list(lacking), None, "{lacking}");
        }
    }
}
