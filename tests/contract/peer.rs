//! A peer that answers HTTP as it was told to, and keeps what it was asked. Knows no gateway, and speaks no better HTTP than
//! a test needs: one question per connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// One answer.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reply {
    /// HTTP 200 with this as JSON.
    Json(&'static str),
    /// Another status, and a page for people.
    Status(u16),
    /// HTTP 200, and a page for people.
    Page,
    /// The connection is closed.
    HangUp,
}

/// A peer on a port of its own.
pub(crate) struct Peer {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Peer {
    /// Gives these answers one after the other; then nothing listens any more.
    pub(crate) fn answers(replies: impl IntoIterator<Item = Reply, IntoIter: Send + 'static>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let (kept, replies) = (Arc::clone(&asked), replies.into_iter());
        std::thread::spawn(move || {
            for reply in replies {
                let (mut stream, question) = next_question(&listener);
                kept.lock().unwrap().push(question);
                // Whoever asked may have gone by now.
                let _ = answer(&mut stream, reply);
            }
        });
        Self { url, asked }
    }

    /// Where it is reached.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Every question so far: its first line, and its body.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// Who connects and then says nothing is not answered.
fn next_question(listener: &TcpListener) -> (TcpStream, String) {
    loop {
        let (stream, _) = listener.accept().unwrap();
        match question(&stream) {
            Ok(question) if !question.is_empty() => return (stream, question),
            _ => {}
        }
    }
}

fn question(stream: &TcpStream) -> std::io::Result<String> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        match header.trim_end().to_ascii_lowercase().split_once(':') {
            Some(("content-length", number)) => length = number.trim().parse().unwrap(),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(first + &String::from_utf8(body).unwrap())
}

fn answer(stream: &mut TcpStream, reply: Reply) -> std::io::Result<()> {
    let page = "<html><body>Back soon</body></html>";
    let (status, body) = match reply {
        Reply::Json(json) => (200, json),
        Reply::Page => (200, page),
        Reply::Status(status) => (status, page),
        Reply::HangUp => return Ok(()),
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status} As told\r\nLocation: /elsewhere\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}
