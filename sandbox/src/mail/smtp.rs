//! SMTP (RFC 5321), as far as a server needs it that keeps every letter: EHLO, HELO, MAIL, RCPT, DATA, RSET, NOOP, VRFY, QUIT.

use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::{Fault, State};

/// No letter is larger.
const SIZE_MAX: usize = 10 << 20;
/// RFC 5321 wants lines of text to be at most 1,000 bytes long; some programs do not care.
const LINE_MAX: u64 = 64 << 10;
/// Readers in one letter.
const READERS_MAX: usize = 100;
/// Who says nothing for so long is sent away.
const PATIENCE: Duration = Duration::from_secs(60);

/// Takes lines until it is ended, and everybody's line with it.
pub(super) async fn serve(listener: TcpListener, state: State) {
    let mut lines = JoinSet::new();
    loop {
        tokio::select! {
            taken = listener.accept() => match taken {
                Ok((stream, _)) => {
                    lines.spawn(talk(stream, state.clone()));
                }
                Err(error) => tracing::warn!(%error, "the mailbox could not take a line"),
            },
            Some(_) = lines.join_next() => {}
        }
    }
}

/// What was said of the letter that is on its way.
#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<String>,
}

/// What follows from a line.
enum Next {
    Say(&'static str),
    Greet,
    Read,
    SayAndEnd(&'static str),
}

struct Line {
    from: BufReader<OwnedReadHalf>,
    to: OwnedWriteHalf,
}

impl Line {
    async fn say(&mut self, words: &str) -> std::io::Result<()> {
        self.to.write_all(format!("{words}\r\n").as_bytes()).await
    }

    /// The next line without its end; `None` once there is none, or it is too long, or it does not come.
    async fn hear(&mut self) -> Option<Vec<u8>> {
        let mut line = Vec::new();
        let mut within = (&mut self.from).take(LINE_MAX);
        timeout(PATIENCE, within.read_until(b'\n', &mut line)).await.ok()?.ok()?;
        if line.pop() != Some(b'\n') {
            return None;
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Some(line)
    }
}

async fn talk(stream: TcpStream, state: State) {
    let (from, to) = stream.into_split();
    let mut line = Line { from: BufReader::new(from), to };
    match state.fault() {
        Some(Fault::HangUp) => return,
        Some(Fault::Silent) => {
            // Ends when the other side does.
            while line.hear().await.is_some() {}
            return;
        }
        Some(_) | None => {}
    }
    let _ = converse(&mut line, &state).await;
}

async fn converse(line: &mut Line, state: &State) -> std::io::Result<()> {
    line.say("220 sandbox mailbox").await?;
    let mut envelope = Envelope::default();
    while let Some(said) = line.hear().await {
        match answer(&String::from_utf8_lossy(&said), &mut envelope, state) {
            Next::Say(words) => line.say(words).await?,
            Next::Greet => {
                line.say(&format!("250-sandbox\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE {SIZE_MAX}")).await?;
            }
            Next::SayAndEnd(words) => return line.say(words).await,
            Next::Read => {
                line.say("354 end with a dot on a line of its own").await?;
                let Some(letter) = read(line).await else { return line.say("421 that did not end").await };
                let taken = std::mem::take(&mut envelope);
                match (letter, state.fault()) {
                    (None, _) => line.say("552 5.3.4 too large").await?,
                    (Some(_), Some(Fault::RefuseLetter)) => line.say("552 5.3.4 too large").await?,
                    (Some(letter), fault) => {
                        state.keep(taken.from.unwrap_or_default(), taken.to, letter);
                        if fault == Some(Fault::DropAfterData) {
                            return Ok(());
                        }
                        line.say("250 kept").await?;
                    }
                }
            }
        }
    }
    Ok(())
}

fn answer(said: &str, envelope: &mut Envelope, state: &State) -> Next {
    let (verb, rest) = said.split_once(' ').unwrap_or((said, ""));
    match verb.to_ascii_uppercase().as_str() {
        "EHLO" => {
            *envelope = Envelope::default();
            Next::Greet
        }
        "HELO" => {
            *envelope = Envelope::default();
            Next::Say("250 sandbox")
        }
        "MAIL" => match path(rest, "FROM:") {
            None => Next::Say("501 MAIL FROM:<address>"),
            Some(_) if state.fault() == Some(Fault::RefuseSender) => Next::Say("550 5.7.1 not from you"),
            Some(from) => {
                *envelope = Envelope { from: Some(from), to: Vec::new() };
                Next::Say("250 ok")
            }
        },
        "RCPT" if envelope.from.is_none() => Next::Say("503 MAIL first"),
        "RCPT" => reader(rest, envelope, state),
        "DATA" if envelope.to.is_empty() => Next::Say("503 RCPT first"),
        "DATA" => Next::Read,
        "RSET" => {
            *envelope = Envelope::default();
            Next::Say("250 ok")
        }
        "NOOP" => Next::Say("250 ok"),
        "VRFY" => Next::Say("252 try"),
        "QUIT" => Next::SayAndEnd("221 bye"),
        _ => Next::Say("500 what?"),
    }
}

fn reader(rest: &str, envelope: &mut Envelope, state: &State) -> Next {
    let Some(to) = path(rest, "TO:").filter(|to| !to.is_empty()) else { return Next::Say("501 RCPT TO:<address>") };
    match state.fault() {
        Some(Fault::RefuseAddress { address }) if address.as_ref().is_none_or(|it| it.eq_ignore_ascii_case(&to)) => {
            Next::Say("550 5.1.1 nobody lives there")
        }
        Some(Fault::RefuseRelay) => Next::Say("554 5.7.1 Relay access denied"),
        Some(Fault::Later) => Next::Say("451 come back later"),
        _ if envelope.to.len() >= READERS_MAX => Next::Say("452 too many"),
        _ => {
            envelope.to.push(to);
            Next::Say("250 ok")
        }
    }
}

/// The address between the brackets after `FROM:` or `TO:`.
fn path(rest: &str, word: &str) -> Option<String> {
    let (head, tail) = (rest.get(..word.len())?, rest.get(word.len()..)?);
    let inside = tail.trim_start().strip_prefix('<')?.split_once('>')?.0;
    (head.eq_ignore_ascii_case(word) && inside.len() <= 320).then(|| inside.to_owned())
}

/// A letter up to its dot, with the dots that were doubled single again; the inner `None` if it was too large, the outer if the line
/// ended before.
async fn read(line: &mut Line) -> Option<Option<Vec<u8>>> {
    let mut letter = Vec::new();
    loop {
        let said = line.hear().await?;
        if said == b"." {
            return Some((letter.len() <= SIZE_MAX).then_some(letter));
        }
        // What is too much already is heard to its end, and not kept.
        if letter.len() <= SIZE_MAX {
            letter.extend_from_slice(said.strip_prefix(b".").unwrap_or(&said));
            letter.extend_from_slice(b"\r\n");
        }
    }
}
