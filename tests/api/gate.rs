//! The gate: what a reverse proxy asks before each request.

use harness::{Persona, Stage, terms};
use hourglass_tests as harness;
use reqwest::Method;
use sandbox::gateway::Action;
use std::sync::Arc;

harness::stories!(
    a_panel_is_named_by_query_or_by_host,
    what_is_not_a_panel_is_closed,
    another_process_is_never_far_behind,
    requests_that_name_no_host_do_not_slip_past_the_proxy,
);

async fn asked(visitor: &Persona, path: &str, headers: &[(&str, &str)]) -> (u16, String) {
    let request = visitor.request(Method::GET, path);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let answer = visitor.send(request).await;
    assert_eq!(answer.header("cache-control"), Some("no-store"), "a kept answer would outlive a suspension");
    (answer.status, answer.header("x-panel-state").unwrap_or_default().to_owned())
}

// Harm prevented: a paid panel is closed because a browser, or a proxy, spells its address in another way.
async fn a_panel_is_named_by_query_or_by_host(stage: Arc<Stage>) {
    stage.active_panel(stage.owner().await, "rahim", terms()).await;
    let visitor = stage.nobody();
    for (path, headers) in [
        ("/gate?panel=rahim", vec![]),
        ("/gate", vec![("host", "rahim.localhost")]),
        ("/gate", vec![("host", "RAHIM.LocalHost:8443")]),
        ("/gate", vec![("x-forwarded-host", "rahim.localhost")]),
        ("/gate", vec![("x-forwarded-host", "Rahim.LOCALHOST:443"), ("host", "gate.internal")]),
    ] {
        assert_eq!(asked(&visitor, path, &headers).await, (204, "active".to_owned()), "{path} {headers:?}");
    }
}

// Harm prevented: an address that nobody pays for is let through.
async fn what_is_not_a_panel_is_closed(stage: Arc<Stage>) {
    stage.active_panel(stage.owner().await, "rahim", terms()).await;
    let visitor = stage.nobody();
    for (path, headers) in [
        ("/gate", vec![]),
        ("/gate?panel=", vec![]),
        ("/gate?panel=karim", vec![]),
        ("/gate?panel=rahim.localhost", vec![]),
        ("/gate", vec![("host", "localhost")]),
        ("/gate", vec![("host", "rahim.example.com")]),
        ("/gate", vec![("host", "www.rahim.localhost")]),
        ("/gate", vec![("host", "rahimlocalhost")]),
        ("/gate", vec![("x-forwarded-host", "karim.localhost"), ("host", "rahim.localhost")]),
    ] {
        assert_eq!(asked(&visitor, path, &headers).await, (403, "unknown".to_owned()), "{path} {headers:?}");
    }
}

// Harm prevented: what one process closed, another goes on letting through.
async fn another_process_is_never_far_behind(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let (other, elsewhere) = stage.another(|_| ()).await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let seen_elsewhere = || async {
        other.live.refresh(&other.store).await.unwrap();
        asked(&elsewhere, "/gate?panel=rahim", &[]).await
    };
    assert_eq!(seen_elsewhere().await, (403, "pending".to_owned()));
    let payment = stage.checkout(owner, &panel, "one").await;
    stage.act(&payment, Action::Pay).await;
    assert_eq!(seen_elsewhere().await, (403, "creating".to_owned()));
    stage.set_up("rahim").await;
    assert_eq!(seen_elsewhere().await, (204, "active".to_owned()));
    for (act, state) in [("stop", (403, "stopped".to_owned())), ("start", (204, "active".to_owned()))] {
        owner.post(&panel.path(act)).await.is(200);
        assert_eq!(seen_elsewhere().await, state);
    }
    stage.work().await;
}

// Harm prevented: a closed panel is used through Odoo's own back doors.
async fn requests_that_name_no_host_do_not_slip_past_the_proxy(stage: Arc<Stage>) {
    let panel = stage.expired_panel(stage.owner().await, "rahim").await;
    assert_eq!(stage.visit(&panel).await, 402);
    let visitor = stage.nobody().at(stage.front.url());
    for path in ["/web/login", "/", "/web/database/selector", "/jsonrpc", "/xmlrpc/2/common"] {
        let host = "rahim.localhost";
        let answer = visitor.send(visitor.request(Method::GET, path).header("host", host)).await;
        assert!([402, 404].contains(&answer.status), "{path}: {answer:?}");
        let other = visitor.send(visitor.request(Method::GET, path)).await;
        assert!([402, 404].contains(&other.status), "{path} without a panel's name: {other:?}");
    }
}
