//! What the machine's logs learn of the SSLCommerz adapter's questions, with everything switched on that can be.
//!
//! The counterpart keeps no log of its own here, so every line comes from our side of the wire.

use std::io::Write;
use std::sync::{Arc, Mutex};

use hourglass::adapter::sslcommerz::SslCommerz;
use hourglass::metrics::Metrics;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::gateway::every_answer;
use crate::pace::QuickPace;
use crate::peer::{Peer, Reply};
use crate::sslcommerz::config;

/// A log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Log {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

// Harm prevented: somebody turns the log up to find a fault, and the store's password is in it for good.
#[tokio::test]
async fn no_level_of_logging_tells_the_password() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(log.clone());
    // Records of the older `log` facade are taken in with it: the HTTP client writes some.
    let kept = subscriber.finish().set_default();
    // With one subscriber only, a line first reached by another test's thread counts as unheard for good.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let answers = [
        Reply::Json(r#"{"APIConnect":"DONE","status":"VALID"}"#),
        Reply::Status(500),
        Reply::Page,
        Reply::HangUp,
        Reply::Status(302),
    ];
    let peer = Peer::answers(answers.repeat(12));
    let gateway = SslCommerz::new(config(peer.url()), Arc::new(QuickPace::default()), &Metrics::default()).unwrap();
    for _ in 0..3 {
        every_answer(&gateway).await;
    }
    drop(kept);
    let text = log.text();
    // The test would pass for nothing if it did not hear the client, the sockets below it, and ourselves.
    for voice in ["reqwest", "mio", "asked once more"] {
        assert!(text.contains(voice), "nothing of {voice} in\n{text}");
    }
    assert!(peer.asked().iter().any(|question| question.contains("unspeakable")));
    for line in text.lines() {
        assert!(!line.contains("unspeakable") && !line.contains("store_passwd"), "{line}");
    }
}
