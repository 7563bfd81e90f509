//! A real reverse proxy, nginx or Caddy, from the configuration that is shipped in `deploy/`: addresses, folders and TLS are
//! put in place of what stands there, and nothing else. Runs without privileges, in a folder of the story's own.

use crate::process::free_address;
use crate::upstream::GREETING;
use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{interval, timeout};

/// Whoever waits longer than this waits for something that does not come.
const PATIENCE: Duration = Duration::from_secs(30);
/// So often one looks again.
const LOOK: Duration = Duration::from_millis(20);

/// Which one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brand {
    /// `deploy/nginx.conf`
    Nginx,
    /// `deploy/Caddyfile`
    Caddy,
}

/// A running proxy. Panels are `http://NAME.localhost`, the dashboard is `http://pay.localhost`.
pub struct Proxy {
    /// Where it listens.
    pub address: SocketAddr,
    child: Child,
    log: PathBuf,
}

/// What it answered.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The status line and the headers.
    pub head: String,
    /// The body as it came over the wire; of an upgraded connection, the first bytes.
    pub body: String,
}

impl Reply {
    /// The first header of that name, however that is spelt.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head.lines().filter_map(|line| line.split_once(": "));
        headers.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

impl Proxy {
    /// Starts one that asks the gate at `hourglass` (an URL) and passes on to `odoo`. `folder` becomes its own.
    pub async fn start(brand: Brand, folder: &Path, hourglass: &str, odoo: SocketAddr) -> Self {
        let deploy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy");
        fs::copy(deploy.join("closed.html"), folder.join("closed.html")).expect("the closed page");
        let address = free_address();
        let hourglass = hourglass.strip_prefix("http://").expect("an http address");
        let mut command = match brand {
            Brand::Nginx => nginx(&deploy, folder, address, hourglass, odoo),
            Brand::Caddy => caddy(&deploy, folder, address, hourglass, odoo),
        };
        let log = folder.join("proxy.log");
        let child = command.stdout(Stdio::null()).stderr(File::create(&log).expect("a log")).spawn();
        let child = child.unwrap_or_else(|error| panic!("{brand:?} is missing ({error}). Run `make setup`"));
        let mut proxy = Self { address, child, log };
        let listening = timeout(PATIENCE, proxy.listens()).await;
        assert!(listening.is_ok(), "{brand:?} does not listen:\n{}", proxy.said());
        proxy
    }

    async fn listens(&mut self) {
        let mut look = interval(LOOK);
        while TcpStream::connect(self.address).await.is_err() {
            let ended = self.child.try_wait().expect("its state");
            assert!(ended.is_none(), "it ended by itself:\n{}", self.said());
            look.tick().await;
        }
    }

    fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Sends these very bytes, and reads the answer to its end.
    pub async fn ask(&self, request: &str) -> Reply {
        let told = timeout(PATIENCE, self.exchange(request)).await;
        told.unwrap_or_else(|_| panic!("no answer to {request:?}\n{}", self.said()))
    }

    async fn exchange(&self, request: &str) -> Reply {
        let mut stream = TcpStream::connect(self.address).await.expect("a connection");
        stream.write_all(request.as_bytes()).await.expect("a request");
        let mut bytes = vec![];
        // A refused connection may be reset once its answer is read.
        while matches!(stream.read_buf(&mut bytes).await, Ok(1..)) {
            if is_whole(&bytes) {
                break;
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer to {request:?}: {text:?}"));
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).expect("a status");
        Reply { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// The line of the panels' log that speaks of this path, as soon as there is one.
    pub async fn logged(&self, path: &str) -> serde_json::Value {
        let file = self.log.with_file_name("panels.json");
        let found = async {
            let mut look = interval(LOOK);
            loop {
                let log = fs::read_to_string(&file).unwrap_or_default();
                if let Some(line) = log.lines().filter(|_| log.ends_with('\n')).find(|line| line.contains(path)) {
                    return serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
                }
                look.tick().await;
            }
        };
        timeout(PATIENCE, found).await.unwrap_or_else(|_| panic!("nothing of {path} in the log\n{}", self.said()))
    }

    /// Asks again and again until the answer has this status; gives how long that took.
    pub async fn until(&self, request: &str, status: u16) -> Duration {
        let start = Instant::now();
        let mut look = interval(LOOK);
        loop {
            let reply = self.ask(request).await;
            if reply.status == status {
                return start.elapsed();
            }
            assert!(start.elapsed() < PATIENCE, "never {status}: {reply:?}\n{}", self.said());
            look.tick().await;
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether nothing more of an answer is to come, although the connection stays open: of an open WebSocket its greeting is
/// all, otherwise what the head says.
fn is_whole(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else { return false };
    let (head, body) = (String::from_utf8_lossy(&answer[..end]).to_lowercase(), &answer[end + 4..]);
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    match length {
        _ if head.starts_with("http/1.1 101") => body == GREETING.as_bytes(),
        Some(length) => body.len() >= length,
        None => head.contains("transfer-encoding: chunked") && body.ends_with(b"0\r\n\r\n"),
    }
}

/// Puts values in place of those that are shipped. One that is not there any more is a test that tests something else.
fn placed(text: String, values: &[(&str, String)]) -> String {
    values.iter().fold(text, |text, (from, to)| {
        assert!(text.contains(from), "the shipped configuration does not say {from:?}");
        text.replace(from, to)
    })
}

fn nginx(deploy: &Path, folder: &Path, address: SocketAddr, hourglass: &str, odoo: SocketAddr) -> Command {
    let shipped = fs::read_to_string(deploy.join("nginx.conf")).expect("deploy/nginx.conf");
    // No certificate, and this machine's loopback alone.
    let plain = shipped.lines().filter(|line| !line.trim_start().starts_with("ssl_") && !line.contains("[::]:"));
    let own = folder.display();
    let temporary =
        ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|it| format!("{it}_temp_path {own}/{it}; "));
    let conf = placed(
        plain.collect::<Vec<_>>().join("\n"),
        &[
            ("user www-data;", "user root;".to_owned()),
            ("/run/nginx.pid", format!("{own}/nginx.pid")),
            ("http {\n", format!("http {{\n {}\n", temporary.concat())),
            ("127.0.0.1:8080", hourglass.to_owned()),
            ("127.0.0.1:8069", odoo.to_string()),
            ("127.0.0.1:8072", odoo.to_string()),
            ("443 ssl http2", address.to_string()),
            ("listen 80 ", format!("listen {} ", free_address())),
            ("example.com", "localhost".to_owned()),
            ("/var/log/nginx/panels.json", format!("{own}/panels.json")),
            ("/var/log/nginx/pages.json", format!("{own}/pages.json")),
            ("/etc/hourglass/closed.html", format!("{own}/closed.html")),
        ],
    );
    let path = folder.join("nginx.conf");
    fs::write(&path, conf).expect("a configuration");
    // Debian keeps it where an ordinary user's path does not lead.
    let known = Path::new("/usr/sbin/nginx");
    let mut command = Command::new(if known.exists() { known } else { Path::new("nginx") });
    // One process, so that nothing outlives it.
    command.args(["-e", "stderr", "-g", "daemon off; master_process off;", "-c"]).arg(path).arg("-p").arg(folder);
    command
}

fn caddy(deploy: &Path, folder: &Path, address: SocketAddr, hourglass: &str, odoo: SocketAddr) -> Command {
    let shipped = fs::read_to_string(deploy.join("Caddyfile")).expect("deploy/Caddyfile");
    let plain = shipped.lines().filter(|line| !line.starts_with("\ttls "));
    let conf = placed(
        plain.collect::<Vec<_>>().join("\n") + "\n",
        &[("\tgrace_period 10s\n", "\tgrace_period 1s\n\tdefault_bind 127.0.0.1\n".to_owned())],
    );
    let path = folder.join("Caddyfile");
    fs::write(&path, conf).expect("a configuration");
    let port = address.port();
    let mut command = Command::new("caddy");
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(path).current_dir(folder);
    command.envs(["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "CLOSED_PAGE_FOLDER"].map(|name| (name, folder)));
    command.env("CADDY_ADMIN", "off").env("PANELS_LOG", folder.join("panels.json"));
    command
        .env("PANELS", format!("http://*.localhost:{port}"))
        .env("DASHBOARD", format!("http://pay.localhost:{port}"));
    command.env("ANY_OTHER", format!("http://:{port}")).env("HOURGLASS", hourglass);
    command.env("ODOO", odoo.to_string()).env("ODOO_LIVE", odoo.to_string());
    command
}
