//! nginx, as it is shipped, between visitors and a real Odoo: what a suspension ends, what it does not leave open, and what
//! comes back after it.

use std::net::SocketAddr;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use hourglass_tests::{Panel, Reply};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{interval, timeout, timeout_at};

use crate::cluster::value_at;
use crate::odoo::DOMAIN;
use crate::real_deployment::{Deployment, Seconds, get, host, until};
use crate::real_odoo::variable;
use crate::wire::Wire;

/// How long after a suspension any process still lets requests through.
const BEHIND_MAX: Duration = Duration::from_secs(1);
/// When the scheduled action is due, after it was told so. The panel is closed by then.
const DUE_IN: Duration = Duration::from_secs(20);
/// Odoo looks for what is due at least so often.
const CRON_LOOKS: Duration = Duration::from_secs(65);
const PATIENCE: Duration = Duration::from_secs(30);

/// An open WebSocket of a panel's browser.
struct Live(TcpStream);

impl Live {
    async fn open(front: SocketAddr, host: &str, cookie: &str) -> Self {
        let mut stream = TcpStream::connect(front).await.unwrap();
        let request = format!(
            "GET /websocket?version=19.0-2 HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\n\
             Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(timeout(PATIENCE, stream.read_u8()).await.unwrap().unwrap());
        }
        assert!(head.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&head));
        Self(stream)
    }

    /// Says what a browser says of itself, masked with zeros: somebody is at work here.
    async fn say(&mut self) {
        self.send(0x81, br#"{"event_name":"update_presence","data":{"inactivity_period":0}}"#).await;
    }

    /// Whoever has gone away hears nothing; that shows when one listens.
    async fn send(&mut self, kind: u8, body: &[u8]) {
        let head = [kind, 0x80 | u8::try_from(body.len()).unwrap(), 0, 0, 0, 0];
        let _ = self.0.write_all(&[&head, body].concat()).await;
    }

    /// Listens until then, as patiently as a browser. Tells how it ended; nothing that says anything may come.
    async fn is_mute(&mut self, until: Instant) -> String {
        loop {
            match timeout_at(until.into(), self.any()).await {
                Err(_) => return "open, and mute".to_owned(),
                Ok(Err(_)) => return "gone".to_owned(),
                Ok(Ok((0x88, code))) => {
                    return format!("closed, {:?}", code.first_chunk().map(|it| u16::from_be_bytes(*it)));
                }
                Ok(Ok((0x89, body))) => self.send(0x8a, &body).await,
                Ok(Ok((kind, body))) => panic!("{kind:#x} {}", String::from_utf8_lossy(&body)),
            }
        }
    }

    async fn any(&mut self) -> std::io::Result<(u8, Vec<u8>)> {
        let (kind, short) = (self.0.read_u8().await?, self.0.read_u8().await?);
        let length = if short == 126 { self.0.read_u16().await? } else { short.into() };
        let mut body = vec![0; length.into()];
        self.0.read_exact(&mut body).await?;
        Ok((kind, body))
    }
}

/// Remote calls that name their database themselves, at both processes and past nginx: what the server says.
async fn by_rpc(panel: &Panel) -> [Result<bool, String>; 2] {
    let call = async |name: &str| {
        let args = json!([panel.subdomain, "nobody", "nothing", {}]);
        let said = Wire::new(&variable(name), DOMAIN).rpc("common", "authenticate", args).await;
        said.map(|user| user.as_i64().is_some())
    };
    [call("URL").await, call("PRIVATE_URL").await]
}

fn jsonrpc(host: &str, panel: &Panel) -> String {
    let params = json!({ "service": "common", "method": "authenticate", "args": [panel.subdomain, "a", "b", {}] });
    let body = json!({ "jsonrpc": "2.0", "method": "call", "id": 1, "params": params }).to_string();
    let length = body.len();
    format!(
        "POST /jsonrpc HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    )
}

async fn in_panel(panel: &Panel, sql: &str) -> String {
    value_at(&variable("DATABASE_URL"), &panel.subdomain, sql).await.expect("a value")
}

/// A scheduled action that is due soon, and looks as if it had never run; its row.
async fn due_soon(panel: &Panel) -> String {
    let seconds = DUE_IN.as_secs();
    let sql = format!(
        "UPDATE ir_cron SET lastcall = NULL, nextcall = now() AT TIME ZONE 'utc' + interval '{seconds} s' \
         WHERE id = (SELECT min(id) FROM ir_cron WHERE active) RETURNING id::text"
    );
    in_panel(panel, &sql).await
}

/// When somebody was last at work in the panel, as it was told by its WebSocket; a minute is taken off, so that the next word shows.
async fn at_work(panel: &Panel) -> String {
    let there = "SELECT count(*)::text FROM mail_presence";
    until("at work", async || in_panel(panel, there).await == "1").await;
    in_panel(panel, "UPDATE mail_presence SET last_poll = last_poll - interval '1 minute' RETURNING last_poll::text")
        .await
}

/// The panel stays shut, by the gate and by the WebSocket that is still there; how that one ended.
async fn stays_shut(deployment: &Deployment, page: &str, live: &mut Live, end: Instant) -> String {
    let pages = async {
        let mut pause = interval(Duration::from_secs(1));
        while Instant::now() < end {
            pause.tick().await;
            assert_eq!(deployment.front.ask(page).await.status, 402);
        }
    };
    tokio::join!(live.is_mute(end), pages).0
}

/// Everything that must be shut while the panel is suspended.
async fn nothing_gets_in(deployment: &Deployment, panel: &Panel) {
    let front = &deployment.front;
    for told in by_rpc(panel).await {
        assert_eq!(told, Err("psycopg2.OperationalError".to_owned()), "the database itself is closed");
    }
    for host in [host(panel), "nobody.localhost".to_owned()] {
        assert_eq!(front.ask(&jsonrpc(&host, panel)).await.status, 404, "{host}");
        assert_eq!(deployment.gate(&host).await, 403, "{host}");
    }
    assert_eq!(front.ask(&get("nobody.localhost", "/web/login", "")).await.status, 404);
}

fn is_dark(reply: &Reply) -> bool {
    reply.status == 503 && reply.body.contains("id=\"closed\"")
}

// Harm prevented: a suspended panel is used on by another host name, by remote calls, by an open socket or by its own
// scheduled actions; a paid one stays closed until somebody restarts Odoo; a dead gate lets everybody in, or shows a bare 500.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn real_odoo_behind_nginx_serves_an_open_panel_and_nothing_of_a_closed_one() {
    let mut deployment = Deployment::open().await;
    let (front, mut seconds) = (&deployment.front, Seconds::start());
    let panel = deployment.order().await;
    let (host, page) = (host(&panel), get(&host(&panel), "/web/login", ""));
    deployment.becomes(&panel, "active").await;
    seconds.done("nginx: created from the template");
    front.until(&page, 200).await;
    seconds.done("nginx: active, first page 200");
    let cookie = deployment.comes_in(&panel).await;
    seconds.done("nginx: opened by a one-time token, inside");
    let mut live = Live::open(front.address, &host, &cookie).await;
    live.say().await;
    let word = at_work(&panel).await;
    assert_eq!(by_rpc(&panel).await, [Ok(false), Ok(false)], "remote calls reach an open one");
    let action = due_soon(&panel).await;
    let due = Instant::now() + DUE_IN;

    let why = json!({ "message": "Please send your trade licence." });
    seconds.next();
    deployment.operator.post_json(&panel.path("suspend"), &why).await.is(200);
    let behind = front.until(&page, 402).await;
    seconds.done("nginx: suspended, 402");
    assert!(behind <= BEHIND_MAX, "{behind:?}");
    until("closed", async || deployment.is_closed(&panel).await == Some(true)).await;
    seconds.done("nginx: … and the database closed");
    assert!(Instant::now() < due, "the machine was too busy to tell");
    live.say().await;
    nothing_gets_in(&deployment, &panel).await;
    seconds.done("nginx: … another host by /jsonrpc refused");
    let ended = stays_shut(&deployment, &page, &mut live, due + CRON_LOOKS).await;
    seconds.done(&format!("nginx: … a scheduled action not run, an open WebSocket {ended}"));

    let resumed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    seconds.next();
    deployment.operator.post(&panel.path("resume")).await.is(200);
    front.until(&page, 200).await;
    seconds.done("nginx: resumed, 200");
    let not_before = format!(
        "SELECT (lastcall IS NULL OR lastcall >= to_timestamp({resumed}) AT TIME ZONE 'utc')::text \
         FROM ir_cron WHERE id = {action}"
    );
    assert_eq!(in_panel(&panel, &not_before).await, "true", "a scheduled action ran in a closed panel");
    let heard = in_panel(&panel, "SELECT last_poll::text FROM mail_presence").await;
    assert_eq!(heard, word, "what was said into an open WebSocket of a closed panel was heard");
    assert!(deployment.is_inside(&panel, &cookie).await, "who was inside is so again");
    let ran = format!("SELECT (lastcall IS NOT NULL)::text FROM ir_cron WHERE id = {action}");
    until("run", async || in_panel(&panel, &ran).await == "true").await;
    seconds.done("nginx: … the scheduled action that was due ran");
    assert_eq!(in_panel(&panel, &not_before).await, "true");

    seconds.next();
    deployment.lose_the_gate();
    for request in [&page, &get("nobody.localhost", "/", ""), &get(&host, "/websocket", "")] {
        let dark = deployment.front.ask(request).await;
        assert!(is_dark(&dark), "{dark:?}");
    }
    seconds.done("nginx: gate killed, closed page 503");
    deployment.remove(&panel).await;
    println!("{seconds}");
    deployment.close().await;
}
