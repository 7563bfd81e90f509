//! The control page: which databases there are, who is in them, and what shall go wrong. Markup only; everything that came
//! from outside is escaped.

use actix_web::HttpResponse;
use actix_web::http::header::ContentType;
use actix_web::web::Data;

use crate::gateway::escape;

use super::databases::DatabaseView;
use super::faults::Fault;
use super::server::Server;

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// The looks, shared with the gateway's page.
pub(super) async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .insert_header(("Cache-Control", "no-cache"))
        .body(include_str!("../gateway/control/control.css"))
}

/// Shows it.
pub(super) async fn show(server: Data<Server>) -> HttpResponse {
    let faults = server.databases.faults.all();
    let (count, list) = match server.databases.views().await {
        Ok(views) if views.is_empty() => (0, "<p class=\"soft\">Nobody has made one yet.</p>".to_owned()),
        Ok(views) => (views.len(), views.iter().map(|view| database(&server, view)).collect()),
        Err(error) => (0, format!("<p class=\"soft\">They cannot be listed: {}</p>", escape(&error.message))),
    };
    let body = format!(
        "<h1>Odoo {version}</h1><p class=\"soft\">At <code>{url}</code>. Managing databases is {list_db}.</p>\
         <nav aria-label=\"Parts\"><a href=\"#databases\">Databases <b>{count}</b></a>\
         <a href=\"#faults\">Faults <b>{faults_count}</b></a></nav>\
         <div class=\"columns\"><section id=\"databases\"><h2>Databases</h2>{list}</section>\
         <section id=\"faults\"><h2>Faults</h2>{faults}{form}</section></div>",
        version = server.version(),
        url = escape(&server.url),
        list_db = if server.options.list_db { "allowed" } else { "switched off (list_db)" },
        faults_count = faults.len(),
        faults = faults.iter().map(fault).collect::<String>(),
        form = form(),
    );
    HttpResponse::Ok()
        .content_type(ContentType::html())
        .insert_header(("Cache-Control", "no-store"))
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .insert_header(("Content-Security-Policy", POLICY))
        .body(document(&body))
}

fn database(server: &Server, view: &DatabaseView) -> String {
    let mut standing = vec![if view.open { "open" } else { "closed" }];
    standing.extend(view.template.then_some("template"));
    standing.extend(view.broken.then_some("broken"));
    let port = server.url.rsplit(':').next().unwrap_or_default();
    let users: String = view
        .users
        .iter()
        .map(|user| {
            let kind = if user.share { "portal" } else { "internal" };
            let active = if user.active { "" } else { ", archived" };
            format!(
                "<li><span><b>{}</b> {}</span><span>{kind}{active}</span></li>",
                escape(&user.login),
                escape(&user.name)
            )
        })
        .collect();
    let button = |act: &str, label: &str| {
        format!(
            "<form method=\"post\" action=\"/sandbox/form/database\"><input type=\"hidden\" name=\"name\" value=\"{}\">\
             <input type=\"hidden\" name=\"act\" value=\"{act}\"><button>{label}</button></form>",
            escape(&view.name)
        )
    };
    let closing = if view.open {
        [button("close", "Close"), button("shut", "Close and throw everybody out")].concat()
    } else {
        [button("open", "Open"), button("shut", "Throw everybody out")].concat()
    };
    let buttons = [
        closing,
        if view.template { button("ordinary", "No template") } else { button("template", "Make a template") },
        if view.broken { button("mend", "Mend") } else { button("break", "Break") },
        button("cron", "Run scheduled actions"),
    ];
    format!(
        "<article><h3><a href=\"http://{name}.localhost:{port}/\">{name}</a> <span class=\"state\">{standing}</span></h3>\
         <ul>{users}</ul><div class=\"buttons\">{buttons}</div></article>",
        name = escape(&view.name),
        standing = standing.join(", "),
        buttons = buttons.concat(),
    )
}

fn fault(fault: &Fault) -> String {
    let often = |times: &Option<u32>| times.map_or("until ended".to_owned(), |times| format!("{times} more"));
    let (what, how) = match fault {
        Fault::HangUp { call, times } => (format!("Hang up: {}", escape(call)), often(times)),
        Fault::AnswerLost { call, times } => (format!("Answer lost: {}", escape(call)), often(times)),
        Fault::Slow { call, millis, times } => (format!("Slow: {}, {millis} ms", escape(call)), often(times)),
        Fault::Broken { database } => (format!("Broken: {}", escape(database)), "until mended".to_owned()),
        Fault::InitFails => ("New databases are not set up".to_owned(), "until ended".to_owned()),
        Fault::DiskFull => ("No room for dumps".to_owned(), "until ended".to_owned()),
    };
    format!("<p class=\"line\"><span><b>{what}</b></span><span>{how}</span></p>")
}

/// Nobody's words are in it.
fn form() -> &'static str {
    "<form method=\"post\" action=\"/sandbox/form/fault\"><fieldset><legend>One more</legend><div class=\"switches\">\
     <p><label for=\"fault\">What</label><select id=\"fault\" name=\"fault\">\
     <option value=\"hang_up\">Hang up before anything is done</option>\
     <option value=\"answer_lost\">Do it, and lose the answer</option><option value=\"slow\">Slow</option>\
     <option value=\"init_fails\">New databases are not set up</option>\
     <option value=\"disk_full\">No room for dumps</option></select></p>\
     <p><label for=\"call\">Which call</label><input id=\"call\" name=\"call\" placeholder=\"db.drop\"></p>\
     <p><label for=\"times\">How often</label><input id=\"times\" name=\"times\" inputmode=\"numeric\"></p>\
     <p><label for=\"millis\">How slow, ms</label><input id=\"millis\" name=\"millis\" inputmode=\"numeric\"></p>\
     <p class=\"wide\"><button class=\"main\">Switch on</button></p></div></fieldset></form>\
     <form method=\"post\" action=\"/sandbox/form/end\"><button>End all faults</button></form>"
}

fn document(body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"icon\" href=\"data:,\">\
         <title>Control | Sandbox Odoo</title><link rel=\"stylesheet\" href=\"/sandbox/control.css\"></head><body>\
         <p class=\"banner\" role=\"note\"><strong>Sandbox Odoo:</strong> no real panels, no real data</p>\
         <main>{body}</main></body></html>"
    )
}
