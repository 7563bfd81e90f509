//! What a visitor of a sandbox panel sees. Texts and markup only; names are escaped.

use crate::gateway::escape;

const STYLE: &str = include_str!("page.css");

/// The sign-in page of a panel that is up.
pub(super) fn login(name: &str) -> String {
    let name = escape(name);
    let body = format!(
        "<h1 id=\"panel\">{name}</h1><p>This panel is up. It stands in for a real Odoo: nothing is stored here.</p>\
         <form class=\"oe_login_form\" method=\"get\" action=\"/web/login\">\
         <p><label for=\"login\">Email</label><input id=\"login\" name=\"login\" autocomplete=\"username\"></p>\
         <p><label for=\"password\">Password</label>\
         <input id=\"password\" type=\"password\" autocomplete=\"current-password\"></p>\
         <p><button type=\"submit\">Log in</button></p></form>"
    );
    document(&format!("Login | {name}"), &body)
}

/// Where visitors of a missing or closed panel are sent.
pub(super) fn selector() -> String {
    document("Odoo", "<h1>No such panel</h1><p id=\"missing\">There is no open database under this address.</p>")
}

/// A panel that cannot serve.
pub(super) fn broken() -> String {
    document("Internal Server Error", "<h1>Internal Server Error</h1><p>The panel is there but cannot serve.</p>")
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
