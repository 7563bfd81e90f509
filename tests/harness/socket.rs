//! A WebSocket from the client's side: enough of RFC 6455 to read what the server says.

use crate::Answer;
use crate::persona::Persona;
use reqwest::{Method, StatusCode, Upgraded};
use serde_json::Value;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::timeout;

/// Whoever waits longer than this waits for something that does not come.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open connection.
pub struct Socket(Upgraded);

impl Socket {
    /// Connects with a ticket; the refusal if there is one.
    pub async fn open(persona: &Persona, ticket: &str, origin: Option<&str>) -> Result<Self, Answer> {
        let mut request = persona
            .request(Method::GET, &format!("/api/v1/live?ticket={ticket}"))
            .header("connection", "Upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let answer = request.send().await.expect("an answer");
        if answer.status() != StatusCode::SWITCHING_PROTOCOLS {
            return Err(Answer::read(answer).await);
        }
        Ok(Self(answer.upgrade().await.expect("an open connection")))
    }

    /// The next hint that is no heartbeat.
    pub async fn hint(&mut self) -> Value {
        loop {
            let hint = timeout(PATIENCE, self.message()).await.expect("a hint in time");
            if hint["hint"] != "heartbeat" {
                return hint;
            }
        }
    }

    /// Waits until the server ends it.
    pub async fn end(mut self) {
        let end = async { while self.frame().await.is_some() {} };
        timeout(PATIENCE, end).await.expect("an end in time");
    }

    async fn message(&mut self) -> Value {
        self.frame().await.expect("no end of it yet")
    }

    /// What is said next; `None` if the server ends it.
    async fn frame(&mut self) -> Option<Value> {
        let mut head = [0_u8; 2];
        self.0.read_exact(&mut head).await.expect("the head of a frame");
        if head[0] == 0x88 {
            return None;
        }
        assert_eq!(head[0], 0x81, "one whole text frame");
        let length = match head[1] {
            126 => {
                let mut long = [0_u8; 2];
                self.0.read_exact(&mut long).await.expect("a length");
                usize::from(u16::from_be_bytes(long))
            }
            short => usize::from(short),
        };
        let mut text = vec![0_u8; length];
        self.0.read_exact(&mut text).await.expect("the text of a frame");
        Some(serde_json::from_slice(&text).expect("JSON"))
    }

    /// Goes away, as a browser does.
    pub async fn close(mut self) {
        // A close frame, masked with zeros, without a reason.
        let _ = self.0.write_all(&[0x88, 0x80, 0, 0, 0, 0]).await;
    }
}
