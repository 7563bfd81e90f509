//! Shops that others wrote, at the sandbox gateway: two SDKs from PyPI, unmodified, each in a script of `tests/sdk`.
//!
//! What the scripts look at is said there. Whether the sandbox is faithful cannot be judged by our own adapter alone: both
//! could be wrong in the same way.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use sandbox::gateway::{Gateway, GatewayConfig, Mode};

const STORE: &str = "testbox";
const PASSWD: &str = "made up & not urlencoded@ssl";
/// 2026-11-22 12:00:00 in Dhaka; time stands still.
const NOW: i64 = 1_795_327_200;

/// Where the set-up put the two SDKs, and the store that speaks S3.
pub(crate) fn python() -> PathBuf {
    let home = || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cache/hourglass");
    let cache = std::env::var_os("HOURGLASS_CACHE").map_or_else(home, PathBuf::from);
    // Settings are read from the root of the checkout.
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(cache).join("python/bin/python");
    assert!(python.exists(), "what the tests need of Python is missing ({}): run `make setup`", python.display());
    python
}

async fn lives_through(story: &'static str) {
    let python = python();
    // Both give names of 36 characters, and refunds without a name.
    let config = GatewayConfig { mode: Mode::Observed, ..GatewayConfig::new(STORE, PASSWD, Arc::new(|| NOW), 1) };
    let gateway = Gateway::start(config, TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
    let url = gateway.url().to_owned();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("sdk").join(story);
    let run = move || {
        let mut command = Command::new(python);
        // -B: nothing is left in the checkout. No proxy stands between a test and its own machine.
        command.arg("-B").arg(script).args([&url, STORE, PASSWD]).env("NO_PROXY", "*").env("PYTHONIOENCODING", "utf-8");
        command.output()
    };
    let Output { status, stdout, stderr } = tokio::task::spawn_blocking(run).await.unwrap().unwrap();
    let (said, cried) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(status.success(), "{story} says:\n{said}{cried}");
    let books = gateway.books();
    assert_eq!((books.charges.len(), books.refunds.len()), (1, 1), "{said}");
    gateway.stop().await;
}

// Harm prevented: the sandbox is faithful to our own adapter's mistakes, and a shop that was tested with it fails in earnest.
#[tokio::test]
async fn sslcommerz_sdk_pays_and_refunds() {
    lives_through("sslcommerz_sdk_story.py").await;
}

// Harm prevented: a signature that our own verifier accepts and the official library refuses.
#[tokio::test]
async fn sslcommerz_lib_pays_and_refunds() {
    lives_through("sslcommerz_lib_story.py").await;
}
