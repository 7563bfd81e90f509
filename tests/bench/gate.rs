//! What the gate costs: its answers in a second beside those of an empty actix handler, one after the other in one run, with
//! the same callers. What counts is their ratio. It is to be 0.8 or more.

use actix_web::{App, HttpResponse, HttpServer, web};
use hourglass_tests::{Kind, Stage, terms};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// So many callers at once, each with a connection that stays open, as a proxy keeps them.
const CALLERS: usize = 16;
/// So many questions are sent before the first answer is read, so that the callers cost little beside what they call.
const AHEAD: usize = 32;
/// One measurement.
const ROUND: Duration = Duration::from_secs(2);
/// So many of each, turn by turn; the middle one counts.
const ROUNDS: usize = 7;

fn main() {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let stage = Arc::new(Stage::open(Kind::Sqlite).await);
        stage.active_panel(stage.owner().await, "rahim", terms()).await;
        let empty = empty_handler();
        let (mut gate, mut nothing) = (vec![], vec![]);
        for _ in 0..ROUNDS {
            nothing.push(answers(&empty, "/").await);
            gate.push(answers(stage.url.trim_start_matches("http://"), "/gate").await);
        }
        let (gate, nothing) = (middle(gate), middle(nothing));
        println!("an empty handler  {nothing:9.0} answers a second");
        println!("GET /gate         {gate:9.0} answers a second");
        println!("ratio             {:9.2}", gate / nothing);
        stage.close().await;
    });
}

fn middle(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// Its address.
fn empty_handler() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address").to_string();
    let nothing = || async { HttpResponse::NoContent().finish() };
    let server = HttpServer::new(move || App::new().route("/", web::get().to(nothing)));
    tokio::spawn(server.disable_signals().listen(listener).expect("a server").run());
    address
}

/// Answers in a second.
#[expect(clippy::cast_precision_loss, reason = "figures for people")]
async fn answers(address: &str, path: &str) -> f64 {
    let request = format!("GET {path} HTTP/1.1\r\nHost: proxy\r\nX-Forwarded-Host: rahim.localhost\r\n\r\n");
    let start = Instant::now();
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let (address, requests) = (address.to_owned(), request.repeat(AHEAD));
            tokio::spawn(async move { call(&address, &requests, start + ROUND).await })
        })
        .collect();
    let mut total = 0;
    for caller in callers {
        total += caller.await.expect("a caller");
    }
    total as f64 / start.elapsed().as_secs_f64()
}

async fn call(address: &str, requests: &str, until: Instant) -> usize {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let (mut count, mut bytes) = (0, Vec::with_capacity(64 * 1024));
    while Instant::now() < until {
        stream.write_all(requests.as_bytes()).await.expect("a request");
        let mut open = AHEAD;
        bytes.clear();
        let mut seen = 0;
        while open > 0 {
            assert!(stream.read_buf(&mut bytes).await.expect("an answer") > 0, "the connection ended");
            // Answers without a body end with their head.
            while let Some(at) = bytes[seen..].windows(4).position(|four| four == b"\r\n\r\n") {
                assert!(bytes[seen..].starts_with(b"HTTP/1.1 204"), "{}", String::from_utf8_lossy(&bytes[seen..]));
                seen += at + 4;
                open -= 1;
                count += 1;
            }
        }
    }
    count
}
