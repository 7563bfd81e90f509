//! Real reverse proxies, from the configurations that are shipped, between visitors and panels: what each of them lets
//! through, refuses, says and passes on. One table for all of them.

use harness::{Brand, GREETING, Heard, Kind, Panel, Process, Proxy, Stage, Upstream, terms};
use hourglass_tests as harness;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

harness::stories!(nginx_follows_the_gate, caddy_follows_the_gate);

#[test]
fn nginx_lets_nobody_past() {
    harness::play(Kind::Sqlite, |stage| lets_nobody_past(stage, Brand::Nginx));
}

#[test]
fn caddy_lets_nobody_past() {
    harness::play(Kind::Sqlite, |stage| lets_nobody_past(stage, Brand::Caddy));
}

#[test]
fn nginx_passes_on_what_it_saw() {
    harness::play(Kind::Sqlite, |stage| passes_on_what_it_saw(stage, Brand::Nginx));
}

#[test]
fn caddy_passes_on_what_it_saw() {
    harness::play(Kind::Sqlite, |stage| passes_on_what_it_saw(stage, Brand::Caddy));
}

async fn nginx_follows_the_gate(stage: Arc<Stage>) {
    follows_the_gate(stage, Brand::Nginx).await;
}

async fn caddy_follows_the_gate(stage: Arc<Stage>) {
    follows_the_gate(stage, Brand::Caddy).await;
}

const PROGRAM: &str = env!("CARGO_BIN_EXE_hourglass-under-test");
/// How long after a suspension any process still lets requests through.
const BEHIND_MAX: Duration = Duration::from_secs(1);

fn get(host: &str, path: &str, headers: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n")
}

fn post(host: &str, path: &str) -> String {
    let body = r#"{"jsonrpc":"2.0","method":"call","id":1,"params":{"service":"common","method":"version","args":[]}}"#;
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    )
}

fn websocket(host: &str, headers: &str) -> String {
    format!(
        "GET /websocket?version=18.0-7 HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
}

async fn suspended(stage: &Stage, panel: &Panel) {
    let why = json!({ "message": "Please send your trade licence." });
    stage.operator().await.post_json(&panel.path("suspend"), &why).await.is(200);
}

// Harm prevented: a suspended panel is used on; a paid one stays closed; without the gate anybody gets in.
async fn follows_the_gate(stage: Arc<Stage>, brand: Brand) {
    let panel = stage.active_panel(stage.owner().await, "rahim", terms()).await;
    // Another process than the one that suspends.
    let program = Process::start(&stage, PROGRAM, &["--only=api"]);
    let odoo = Upstream::start(stage.odoo.url());
    let front = Proxy::start(brand, &stage.database.folder, &program.url, odoo.address).await;
    let (page, live) = (get("rahim.localhost", "/web/login", ""), websocket("rahim.localhost", ""));
    let mut behind = vec![];
    for _ in 0..3 {
        front.until(&page, 200).await;
        let socket = front.ask(&live).await;
        assert_eq!((socket.status, socket.body.as_str()), (101, GREETING), "{socket:?}");
        suspended(&stage, &panel).await;
        behind.push(front.until(&page, 402).await);
        let _ = odoo.take();
        let closed = front.ask(&page).await;
        assert!(closed.body.contains("id=\"closed\""), "{closed:?}");
        assert_eq!(closed.header("x-panel-state"), Some("suspended"));
        for request in [&live, &post("rahim.localhost", "/web/dataset/call_kw")] {
            assert_eq!(front.ask(request).await.status, 402, "{request}");
        }
        assert_eq!(odoo.take(), Vec::<Heard>::new(), "nothing of it reached the panel");
        stage.operator().await.post(&panel.path("resume")).await.is(200);
        stage.work().await;
    }
    println!("{brand:?}: seconds until a suspension was seen: {behind:?}");
    // The middle one: a busy machine may miss one.
    behind.sort();
    assert!(behind[1] <= BEHIND_MAX, "{behind:?}");

    front.until(&page, 200).await;
    let _ = odoo.take();
    program.kill();
    for request in [&page, &live, &post("rahim.localhost", "/web/dataset/call_kw"), &get("karim.localhost", "/", "")] {
        let dark = front.ask(request).await;
        assert_eq!(dark.status, 503, "{request}{dark:?}");
        assert!(dark.body.contains("id=\"closed\""), "{dark:?}");
        assert_eq!(dark.header("cache-control"), Some("no-store"), "{dark:?}");
    }
    assert_eq!(odoo.take(), Vec::<Heard>::new(), "nothing of it reached the panel");
}

/// Who asks for what, and what they get. `Some` names the host that the panels' server is told.
fn doors() -> Vec<(String, u16, Option<&'static str>)> {
    let (open, shut) = ("rahim.localhost", "karim.localhost");
    let mut doors = vec![
        (get(open, "/web/login", ""), 200, Some(open)),
        (get("RAHIM.LocalHost:8443", "/web/login", ""), 200, Some(open)),
        (get(shut, "/web/login", ""), 402, None),
        (get("KARIM.localhost:80", "/web/login", ""), 402, None),
        (get(shut, "/web/login?panel=rahim", ""), 402, None),
        ("HEAD / HTTP/1.1\r\nHost: karim.localhost\r\nConnection: close\r\n\r\n".to_owned(), 402, None),
        // The host in the request line counts, for the gate and for the panel alike.
        (get(shut, "http://rahim.localhost/web/login", ""), 200, Some(open)),
        (get(open, "http://karim.localhost/web/login", ""), 402, None),
        (format!("GET / HTTP/1.1\r\nHost: {shut}\r\nHost: {open}\r\nConnection: close\r\n\r\n"), 400, None),
        ("GET / HTTP/1.0\r\n\r\n".to_owned(), 404, None),
        // The gate itself is nobody's business.
        (get("pay.localhost", "/healthz", ""), 200, None),
        (get("pay.localhost", "/gate?panel=rahim", ""), 404, None),
        (get("pay.localhost", "/gate/forward", "X-Forwarded-Host: rahim.localhost\r\n"), 404, None),
        (get("pay.localhost", "/metrics", ""), 404, None),
    ];
    for header in ["X-Forwarded-Host", "X-Original-Host", "X-Forwarded-Server", "X-Panel-Host", "X_Forwarded_Host"] {
        doors.push((get(shut, "/web/login", &format!("{header}: {open}\r\n")), 402, None));
    }
    doors.push((get(shut, "/web/login", "Forwarded: host=rahim.localhost\r\n"), 402, None));
    for host in ["nobody.localhost", "localhost", "rahim.example.org", "a.rahim.localhost", "127.0.0.1", "[::1]:80"] {
        doors.push((get(host, "/web/login", ""), 404, None));
    }
    for path in ["/web/databases", "/jsonrpcs", "/shop/about-xmlrpc", "/web/static/web/database"] {
        doors.push((get(open, path, ""), 200, Some(open)));
    }
    for path in
        ["/jsonrpc", "/jsonrpc/", "/jsonrpc?db=rahim", "/xmlrpc", "/xmlrpc/2/object", "/xmlrpc/common", "//jsonrpc"]
    {
        doors.push((post(open, path), 404, None));
    }
    for path in ["/%6asonrpc", "/x/../jsonrpc", "/./jsonrpc", "/fr/jsonrpc", "/bn_BD/xmlrpc/2/common", "//fr//jsonrpc"]
    {
        doors.push((post(open, path), 404, None));
    }
    for path in ["", "/", "/manager", "/selector", "/drop", "/../database/create"] {
        doors.push((get(open, &format!("/web/database{path}"), ""), 404, None));
        doors.push((get(open, &format!("/fr/web//database{path}"), ""), 404, None));
    }
    doors
}

// Harm prevented: a closed panel, or every database, is reached through another host, another spelling or a back door.
async fn lets_nobody_past(stage: Arc<Stage>, brand: Brand) {
    let owner = stage.owner().await;
    stage.active_panel(owner, "rahim", terms()).await;
    let karim = stage.active_panel(owner, "karim", terms()).await;
    suspended(&stage, &karim).await;
    let odoo = Upstream::start(stage.odoo.url());
    let front = Proxy::start(brand, &stage.database.folder, &stage.url, odoo.address).await;
    for (request, status, told) in doors() {
        let reply = front.ask(&request).await;
        let heard = odoo.take();
        assert_eq!(reply.status, status, "{brand:?}: {request}{reply:?}");
        let hosts: Vec<_> = heard.iter().flat_map(|heard| heard.values("host")).collect();
        assert_eq!(hosts, told.into_iter().collect::<Vec<_>>(), "{brand:?}: {request}");
    }
    // One proxy takes the root's dot off, the other knows no such host; neither asks for one panel and opens another.
    let dotted = front.ask(&get("rahim.localhost.", "/web/login", "")).await;
    assert!([200, 404].contains(&dotted.status), "{dotted:?}");
    assert!(odoo.take().iter().all(|heard| heard.values("host") == ["rahim.localhost"]));
    let dotted = front.ask(&get("karim.localhost.", "/web/login", "")).await;
    assert!([402, 404].contains(&dotted.status), "{dotted:?}");
    odoo.stop().await;
    let alone = front.ask(&get("rahim.localhost", "/web/login", "")).await;
    assert!(alone.status == 503 && alone.body.contains("id=\"closed\""), "{alone:?}");
    stage.work().await;
}

/// The one value that the panels' server believes.
fn told<'a>(heard: &'a Heard, name: &str) -> &'a str {
    let values = heard.values(name);
    assert_eq!(values.len(), 1, "{name}: {heard:?}");
    values[0]
}

// Harm prevented: a visitor chooses another customer's database, or the address that their failed sign-ins are counted by.
async fn passes_on_what_it_saw(stage: Arc<Stage>, brand: Brand) {
    let owner = stage.owner().await;
    stage.active_panel(owner, "rahim", terms()).await;
    let karim = stage.active_panel(owner, "karim", terms()).await;
    suspended(&stage, &karim).await;
    let odoo = Upstream::start(stage.odoo.url());
    let front = Proxy::start(brand, &stage.database.folder, &stage.url, odoo.address).await;
    let forged = "X-Forwarded-Host: karim.localhost\r\nX-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: gopher\r\n\
                  X-Odoo-Database: karim\r\nX_Odoo_Database: karim\r\nX_Forwarded_Host: karim.localhost\r\n\
                  X_Forwarded_For: 203.0.113.9\r\nX-Panel-Host: karim.localhost\r\n";
    for request in [get("rahim.localhost", "/web/login", forged), websocket("rahim.localhost", forged)] {
        let reply = front.ask(&request).await;
        assert!([200, 101].contains(&reply.status), "{reply:?}");
        let heard = odoo.take();
        let [heard] = heard.as_slice() else { panic!("one request: {heard:?}") };
        assert_eq!(told(heard, "host"), "rahim.localhost");
        assert_eq!(told(heard, "x-forwarded-host"), "rahim.localhost");
        assert_eq!(told(heard, "x-forwarded-for"), "127.0.0.1");
        assert_eq!(told(heard, "x-forwarded-proto"), "http");
        assert_eq!(heard.values("x-odoo-database"), Vec::<&str>::new());
        let forgeries =
            heard.headers.iter().filter(|(_, value)| value.contains("karim") || value.contains("203.0.113"));
        let believed = forgeries.filter(|(name, _)| name != "x-panel-host").collect::<Vec<_>>();
        assert_eq!(believed, Vec::<&(String, String)>::new());
    }
    let _ = front.ask(&get(&format!("rahim.localhost:{}", front.address.port()), "/counted?token=hush", "")).await;
    let line = front.logged("/counted").await.to_string();
    assert!(line.contains("\"rahim.localhost") && line.contains("200") && !line.contains("hush"), "{line}");
    // The page of a closed panel arrives as the program made it.
    let bangla =
        front.ask(&get("karim.localhost", "/web", "Accept: text/html\r\nAccept-Language: bn-BD,en;q=0.5\r\n")).await;
    assert_eq!(bangla.status, 402);
    assert!(bangla.body.contains("<html lang=\"bn\">"), "{bangla:?}");
    let policy = bangla.header("content-security-policy").expect("a policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert_eq!(bangla.header("cache-control"), Some("no-store"));
    let program =
        front.ask(&get("karim.localhost", "/json/2/res.partner/search", "Accept: application/json\r\n")).await;
    assert_eq!(
        (program.status, program.header("content-type")),
        (402, Some("application/problem+json")),
        "{program:?}"
    );
    assert!(program.body.contains("\"panel_closed\""), "{program:?}");
    let nobody = front.ask(&get("nobody.localhost", "/", "")).await;
    assert!(nobody.status == 404 && nobody.body.contains("id=\"closed\""), "{nobody:?}");
    stage.work().await;
}
