//! Us as a panel sees us: an address that is asked whether a token is good, and says yes once.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use url::Url;

/// Knows one token, and for whom.
pub(crate) struct Provider {
    pub(crate) url: Url,
}

impl Provider {
    /// Answers until the test is over.
    pub(crate) async fn start(token: &'static str, subject: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/entry/check", listener.local_addr().unwrap()).parse().unwrap();
        tokio::spawn(async move {
            let mut unused = Some(token);
            while let Ok((mut peer, _)) = listener.accept().await {
                let mut asked = Vec::new();
                let mut piece = [0; 1024];
                while !asked.windows(4).any(|end| end == b"\r\n\r\n") {
                    match peer.read(&mut piece).await {
                        Ok(read @ 1..) => asked.extend_from_slice(&piece[..read]),
                        _ => break,
                    }
                }
                let asked = String::from_utf8_lossy(&asked).to_lowercase();
                let good = unused.is_some_and(|token| asked.contains(&format!("authorization: bearer {token}\r\n")));
                let body = match good.then(|| unused.take()).flatten() {
                    Some(_) => format!(r#"{{"user_id":"{subject}"}}"#),
                    None => r#"{"error":"invalid_token"}"#.to_owned(),
                };
                let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ";
                let _ = peer.write_all(format!("{head}{}\r\n\r\n{body}", body.len()).as_bytes()).await;
                let _ = peer.shutdown().await;
            }
        });
        Self { url }
    }
}
