//! The worlds of those who bring letters: the sandbox's mailbox, and aiosmtpd from PyPI as a process of its own; and what only the latter
//! can show, which speaks TLS and asks for a password.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use hourglass::adapter::smtp::{Privacy, Smtp, SmtpConfig, SmtpPassword};
use hourglass::port::post::{Post as _, PostError};
use sandbox::mail::{Fault, Mailbox};
use serde_json::{Value, json};

use crate::post::{World, Wrong, mail};
use crate::sandbox_sdks::python;

/// Longer than any answer takes here.
const PATIENT: Duration = Duration::from_secs(20);
const IMPATIENT: Duration = Duration::from_millis(200);

fn config(port: u16, timeout: Duration) -> SmtpConfig {
    SmtpConfig {
        host: "127.0.0.1".to_owned(),
        port,
        privacy: Privacy::Plain,
        sign_in: None,
        from: "Hourglass <post@example.org>".to_owned(),
        timeout,
    }
}

fn smtp(port: u16) -> Smtp {
    Smtp::new(config(port, PATIENT)).unwrap()
}

/// Takes lines, as the machine does for every listener, and never answers.
struct Silence {
    listener: TcpListener,
}

impl Silence {
    fn new() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").unwrap() }
    }

    fn post(&self) -> Smtp {
        Smtp::new(config(self.listener.local_addr().unwrap().port(), IMPATIENT)).unwrap()
    }
}

/// The sandbox's.
pub(crate) struct Sandbox {
    mailbox: Mailbox,
    post: Smtp,
    silence: Silence,
}

impl World for Sandbox {
    type Post = Smtp;

    async fn new() -> Self {
        let mailbox = Mailbox::start(TcpListener::bind("127.0.0.1:0").unwrap(), None).unwrap();
        let post = smtp(mailbox.address().port());
        Self { mailbox, post, silence: Silence::new() }
    }

    fn post(&self) -> &Smtp {
        &self.post
    }

    fn absent(&self) -> Smtp {
        smtp(1)
    }

    fn silent(&self) -> Smtp {
        self.silence.post()
    }

    async fn goes_wrong(&mut self, how: Wrong) {
        self.mailbox.set_fault(match how {
            Wrong::Nothing => None,
            Wrong::RefuseAddress => Some(Fault::RefuseAddress { address: None }),
            Wrong::RefuseLetter => Some(Fault::RefuseLetter),
            Wrong::RefuseSender => Some(Fault::RefuseSender),
            Wrong::RefuseRelay => Some(Fault::RefuseRelay),
            Wrong::Later => Some(Fault::Later),
            Wrong::DropAfterData => Some(Fault::DropAfterData),
        });
    }

    async fn letters(&mut self) -> Vec<Value> {
        self.mailbox.letters().iter().map(|letter| serde_json::to_value(letter).unwrap()).collect()
    }
}

/// Python's.
pub(crate) struct Aiosmtpd {
    server: Child,
    says: BufReader<ChildStdout>,
    address: SocketAddr,
    post: Smtp,
    silence: Silence,
}

impl Aiosmtpd {
    fn start(how: &str) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("sdk/mail_server.py");
        let mut command = Command::new(python());
        // It ends with its input: whoever started it may die as they like.
        command.arg("-B").arg(script).arg(how).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = command.spawn().unwrap();
        let mut says = BufReader::new(server.stdout.take().unwrap());
        let mut port = String::new();
        says.read_line(&mut port).unwrap();
        assert!(!port.is_empty(), "the mail server for tests is missing: run `make setup`");
        let port: u16 = port.trim().parse().unwrap();
        Self { server, says, address: ([127, 0, 0, 1], port).into(), post: smtp(port), silence: Silence::new() }
    }

    fn ask(&mut self, line: &str) -> Value {
        writeln!(self.server.stdin.as_mut().unwrap(), "{line}").unwrap();
        let mut answer = String::new();
        self.says.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap()
    }

    fn with(&self, privacy: Privacy, password: Option<&str>) -> Smtp {
        let sign_in = password.map(|password| ("rahim".to_owned(), SmtpPassword::new(password.to_owned())));
        Smtp::new(SmtpConfig { privacy, sign_in, ..config(self.address.port(), PATIENT) }).unwrap()
    }
}

impl Drop for Aiosmtpd {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl World for Aiosmtpd {
    type Post = Smtp;

    async fn new() -> Self {
        Self::start("")
    }

    fn post(&self) -> &Smtp {
        &self.post
    }

    fn absent(&self) -> Smtp {
        smtp(1)
    }

    fn silent(&self) -> Smtp {
        self.silence.post()
    }

    async fn goes_wrong(&mut self, how: Wrong) {
        self.ask(match how {
            Wrong::Nothing => "nothing",
            Wrong::RefuseAddress => "refuse_address",
            Wrong::RefuseLetter => "refuse_letter",
            Wrong::RefuseSender => "refuse_sender",
            Wrong::RefuseRelay => "refuse_relay",
            Wrong::Later => "later",
            Wrong::DropAfterData => "drop_after_data",
        });
    }

    async fn letters(&mut self) -> Vec<Value> {
        let letters = self.ask("letters")["letters"].as_array().unwrap().clone();
        assert!(letters.iter().all(|letter| letter["defects"] == json!([])), "{letters:?}");
        letters
    }
}

async fn sends(post: &Smtp) -> Result<(), PostError> {
    post.send(&mail(1)).await
}

// Harm prevented: a mail server that asks for a password gets none, or a mistyped one costs every letter.
#[tokio::test]
async fn whoever_signs_in_is_let_in_and_a_wrong_password_is_unknown() {
    let mut server = Aiosmtpd::start("sign-in");
    sends(&server.with(Privacy::Plain, Some("a made-up password"))).await.unwrap();
    for password in [Some("another made-up one"), None] {
        let refused = sends(&server.with(Privacy::Plain, password)).await;
        assert!(
            matches!(&refused, Err(PostError::Unknown(why)) if !why.to_string().contains("made-up")),
            "{refused:?}"
        );
    }
    assert_eq!(server.letters().await.len(), 1);
}

// Harm prevented: whoever stands between us and the mail server reads the password, and every link by which passwords are reset.
#[tokio::test]
async fn nothing_is_said_to_a_server_that_is_not_who_it_says_or_offers_no_tls() {
    for how in ["tls", "sign-in"] {
        let mut server = Aiosmtpd::start(how);
        for privacy in [Privacy::StartTls, Privacy::Tls] {
            let sent = sends(&server.with(privacy, Some("a made-up password"))).await;
            assert!(matches!(sent, Err(PostError::Unknown(_))), "{how}, {privacy:?}: {sent:?}");
        }
        assert_eq!(server.ask("letters"), json!({ "letters": [], "passwords": [] }), "{how}");
    }
}

// Harm prevented: the mail server's password stands in a log.
#[test]
fn a_password_is_never_written_out() {
    let sign_in = Some(("rahim".to_owned(), SmtpPassword::new("a made-up password".to_owned())));
    let shown = format!("{:?}", SmtpConfig { sign_in, ..config(1, PATIENT) });
    assert!(shown.contains("rahim") && !shown.contains("made-up"), "{shown}");
}
