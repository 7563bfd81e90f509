//! The program as a process of its own, so that it can be ended the hard way. It runs by the machine's clock.

use crate::stage::{SECRET, STORE_ID, STORE_PASSWD, Stage};
use std::fs::{OpenOptions, Permissions};
use std::hash::{BuildHasher as _, RandomState};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running process.
pub struct Process {
    /// Where its API is.
    pub url: String,
    child: Child,
}

impl Process {
    /// Starts `program serve` on the stage's database, gateway and host, and returns when it is ready.
    #[must_use]
    pub fn start(stage: &Stage, program: &str, more: &[&str]) -> Self {
        let folder = &stage.database.folder;
        let password = secret_file(&folder.join("store_passwd"), STORE_PASSWD.as_bytes());
        // The stage's own: what opens the servers is locked with it.
        let secret = secret_file(&folder.join("secret"), SECRET);
        let mut flags = vec![
            "--allow-sandbox-gateway".to_owned(),
            format!("--sslcommerz-store-id={STORE_ID}"),
            format!("--panel-base-url={}", stage.app.settings.panel_base_url),
            format!("--database-url={}", stage.database.url),
            format!("--secret-file={secret}"),
            format!("--copies-folder={}", folder.join("copies").display()),
            format!("--sslcommerz-url={}", stage.gateway.url()),
            format!("--sslcommerz-store-passwd-file={password}"),
            format!("--odoo-url={}", stage.odoo.url()),
        ];
        flags.extend(more.iter().map(|&flag| flag.to_owned()));
        Self::serve(program, &flags)
    }

    /// Starts `program serve` with these flags, at an address of its own, and returns when it is ready.
    #[must_use]
    pub fn serve(program: &str, flags: &[String]) -> Self {
        let address = free_address();
        let url = format!("http://{address}");
        let mut child = Command::new(program)
            .arg("serve")
            .arg(format!("--listen={address}"))
            .arg(format!("--public-url={url}"))
            .args(flags)
            .env("HOURGLASS_LOG", "info")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}"));
        let mut log = BufReader::new(child.stderr.take().expect("its log"));
        let mut said = String::new();
        while !said.contains(" ready ") {
            let at = said.len();
            assert!(log.read_line(&mut said).expect("its log") > 0, "{program} ended before it was ready:\n{said}");
            assert!(said.is_char_boundary(at), "its log is text");
        }
        // Nobody may wait for a reader of the rest.
        std::thread::spawn(move || log.read_to_end(&mut Vec::new()));
        Self { url, child }
    }

    /// Ends it as a power cut would: SIGKILL, with nothing finished.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

/// One that nobody listened on a moment ago. It is below those that the system gives out by itself, or a call that somebody makes
/// could take it before the program listens there, and below those of the tests' database.
pub(crate) fn free_address() -> SocketAddr {
    let chance = RandomState::new();
    let port = |seed: u64| u16::try_from(10_000 + chance.hash_one(seed) % 10_000).expect("a port");
    let address = |seed| SocketAddr::from((Ipv4Addr::LOCALHOST, port(seed)));
    (0..100).map(address).find(|address| TcpListener::bind(address).is_ok()).expect("a free port")
}

/// A file that nobody else may read, as the program wants its secrets; its path.
#[must_use]
pub fn secret_file(path: &Path, secret: &[u8]) -> String {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path).expect("a file");
    file.write_all(secret).expect("a secret");
    file.set_permissions(Permissions::from_mode(0o600)).expect("a private file");
    path.display().to_string()
}
