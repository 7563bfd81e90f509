//! What a visitor of a sandbox panel sees. Texts and markup only; everything that came from outside is escaped.

use crate::gateway::escape;

const STYLE: &str = include_str!("page.css");

/// The sign-in page of a panel that is up.
pub(super) fn login(name: &str, login: &str, note: &str) -> String {
    let (name, login) = (escape(name), escape(login));
    let note = if note.is_empty() { String::new() } else { format!("<p class=\"alert\" role=\"alert\">{note}</p>") };
    let body = format!(
        "<h1 id=\"panel\">{name}</h1><p>This panel is up. It stands in for a real Odoo: nothing real is stored here.</p>\
         {note}<form class=\"oe_login_form\" method=\"post\" action=\"/web/login\">\
         <p><label for=\"login\">Email</label>\
         <input id=\"login\" name=\"login\" value=\"{login}\" autocomplete=\"username\"></p>\
         <p><label for=\"password\">Password</label>\
         <input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"current-password\"></p>\
         <p><button type=\"submit\">Log in</button></p></form>"
    );
    document(&format!("Login | {name}"), &body)
}

/// The home of somebody who is signed in.
pub(super) fn home(database: &str, login: &str, share: bool) -> String {
    let (database, login) = (escape(database), escape(login));
    let kind = if share { "portal" } else { "internal" };
    let body = format!(
        "<h1 id=\"panel\">{database}</h1><p>Signed in as <strong id=\"user\">{login}</strong> ({kind} user).</p>\
         <p><a href=\"/web/session/logout\">Log out</a></p>"
    );
    document(&format!("Odoo | {database}"), &body)
}

/// Where visitors of a missing or closed panel are sent.
pub(super) fn selector() -> String {
    document("Odoo", "<h1>No such panel</h1><p id=\"missing\">There is no open database under this address.</p>")
}

/// The database manager, with what went wrong.
pub(super) fn manager(names: &[String], error: &str) -> String {
    let error = match error {
        "" => String::new(),
        error => format!("<div class=\"alert alert-danger\" role=\"alert\">{}</div>", escape(error)),
    };
    let names: String = names.iter().map(|name| format!("<li>{}</li>", escape(name))).collect();
    document("Odoo", &format!("<h1>Databases</h1>{error}<ul>{names}</ul>"))
}

/// A panel that cannot serve.
pub(super) fn broken() -> String {
    document("Internal Server Error", "<h1>Internal Server Error</h1><p>The panel is there but cannot serve.</p>")
}

/// An address that is none, in this version or for this panel.
pub(super) fn not_found() -> String {
    document("404 Not Found", "<h1>Not Found</h1><p>The requested URL was not found on the server.</p>")
}

/// A request that makes no sense here.
pub(super) fn bad_request() -> String {
    document("400 Bad Request", "<h1>Bad Request</h1><p>The server could not understand the request.</p>")
}

fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"icon\" href=\"data:,\">\
         <title>{title}</title><style>{STYLE}</style></head><body>\
         <p class=\"banner\" role=\"note\"><strong>Sandbox Odoo:</strong> not a real panel</p>\
         <main>{body}</main></body></html>"
    )
}
