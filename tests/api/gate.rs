//! The gate: what a reverse proxy asks before each request.

use harness::{Persona, Stage, terms};
use hourglass_tests as harness;
use reqwest::Method;
use sandbox::gateway::Action;
use serde_json::json;
use std::sync::Arc;

harness::stories!(
    a_panel_is_named_by_query_or_by_host,
    what_is_not_a_panel_is_closed,
    another_process_is_never_far_behind,
    requests_that_name_no_host_do_not_slip_past_the_proxy,
    only_the_proxy_names_the_panel,
    a_closed_panel_says_why_and_what_to_do,
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
    stage.set_up().await;
    assert_eq!(seen_elsewhere().await, (204, "active".to_owned()));
    for (act, state) in [("stop", "stopped"), ("start", "suspended")] {
        owner.post(&panel.path(act)).await.is(200);
        assert_eq!(seen_elsewhere().await, (403, state.to_owned()));
    }
    stage.work().await;
    assert_eq!(seen_elsewhere().await, (204, "active".to_owned()));
}

// Harm prevented: a closed panel is used through Odoo's own back doors.
async fn requests_that_name_no_host_do_not_slip_past_the_proxy(stage: Arc<Stage>) {
    let panel = stage.expired_panel(stage.owner().await, "rahim").await;
    assert_eq!(stage.visit(&panel).await, 402);
    let visitor = stage.nobody().at(stage.front.url());
    for path in ["/web/login", "/", "/web/database/selector", "/jsonrpc", "/xmlrpc/2/common", "/fr//jsonrpc"] {
        let host = "rahim.localhost";
        let answer = visitor.send(visitor.request(Method::GET, path).header("host", host)).await;
        assert!([402, 404].contains(&answer.status), "{path}: {answer:?}");
        let other = visitor.send(visitor.request(Method::GET, path)).await;
        assert!([402, 404].contains(&other.status), "{path} without a panel's name: {other:?}");
    }
}

async fn forwarded(visitor: &Persona, path: &str, headers: &[(&str, &str)]) -> harness::Answer {
    let request = visitor.request(Method::GET, path);
    visitor.send(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))).await
}

// Harm prevented: a visitor's own query, or a header that nobody overwrites, names another panel than the proxy does.
async fn only_the_proxy_names_the_panel(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    stage.active_panel(owner, "rahim", terms()).await;
    stage.panel(owner, "karim", terms()).await;
    let visitor = stage.nobody();
    let (open, shut) = ("rahim.localhost", "karim.localhost");
    for (path, headers, status) in [
        ("/gate/forward", vec![("x-forwarded-host", open)], 204),
        ("/gate/forward", vec![("host", open)], 204),
        ("/gate/forward", vec![("host", "Rahim.Localhost.:443")], 204),
        ("/gate/forward?panel=rahim", vec![("x-forwarded-host", shut)], 402),
        ("/gate/forward?panel=rahim", vec![("host", shut)], 402),
        ("/gate/forward?panel=rahim", vec![], 404),
        ("/gate/closed?panel=rahim", vec![("x-forwarded-host", shut)], 402),
        ("/gate/forward", vec![("x-forwarded-host", shut), ("host", open)], 402),
        ("/gate/forward", vec![("x-original-host", open), ("host", shut)], 402),
        ("/gate/forward", vec![("forwarded", "host=rahim.localhost"), ("host", shut)], 402),
        ("/gate/forward", vec![("x-forwarded-host", open), ("x-forwarded-host", open)], 404),
        ("/gate/forward", vec![("x-forwarded-host", "rahim.localhost, karim.localhost")], 404),
        ("/gate/forward", vec![("x-forwarded-host", ""), ("host", open)], 404),
        ("/gate/forward", vec![("x-forwarded-host", "[::1]:8080")], 404),
        ("/gate/forward", vec![("x-forwarded-host", "a.rahim.localhost")], 404),
        ("/gate?panel=rahim", vec![("x-forwarded-host", shut)], 403),
        ("/gate?panel=karim", vec![("x-forwarded-host", open)], 204),
        ("/gate?panel=karim", vec![("host", open)], 403),
    ] {
        let answer = forwarded(&visitor, path, &headers).await;
        assert_eq!(answer.status, status, "{path} {headers:?}: {answer:?}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path} {headers:?}");
        let host = (status == 204 && path.starts_with("/gate/")).then_some(open);
        assert_eq!(answer.header("x-panel-host"), host, "{path} {headers:?}");
    }
}

// Harm prevented: whoever finds a panel closed is not told why, or what to do; or is told whose it is.
async fn a_closed_panel_says_why_and_what_to_do(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let stopped = stage.active_panel(owner, "stopped", terms()).await;
    owner.post(&stopped.path("stop")).await.is(200);
    let starting = stage.active_panel(owner, "starting", terms()).await;
    let closed = stage.active_panel(owner, "closed", terms()).await;
    let words = json!({ "message": "Licence <missing>" });
    operator.post_json(&closed.path("suspend"), &words).await.is(200);
    let expired = stage.expired_panel(owner, "expired").await;
    let pending = stage.panel(owner, "pending", terms()).await;
    let creating = stage.panel(owner, "creating", terms()).await;
    let payment = stage.checkout(owner, &creating, "one").await;
    stage.act(&payment, Action::Pay).await;
    for act in ["stop", "start"] {
        owner.post(&starting.path(act)).await.is(200);
    }
    let public = |panel: &harness::Panel, rest: &str| Some(format!("{}/panels/{}{rest}", stage.url, panel.id));
    for (host, status, state, way, again) in [
        ("pending", 402, "pending", public(&pending, "/pay"), None),
        ("creating", 402, "creating", None, Some("10")),
        ("starting", 402, "suspended", None, Some("5")),
        ("stopped", 402, "stopped", public(&stopped, ""), None),
        ("expired", 402, "suspended", public(&expired, "/pay"), None),
        ("closed", 402, "suspended", Some("mailto:help@example.com".to_owned()), None),
        ("nobody", 404, "unknown", None, None),
    ] {
        let host = format!("{host}.localhost");
        for path in ["/gate/forward", "/gate/closed"] {
            for (accepted, language) in [("", "en"), ("bn-BD,bn;q=0.9,en;q=0.8", "bn")] {
                let asked =
                    [("x-forwarded-host", host.as_str()), ("accept-language", accepted), ("accept", "text/html")];
                let answer = forwarded(&stage.nobody(), path, &asked).await;
                assert_eq!((answer.status, answer.header("x-panel-state")), (status, Some(state)), "{answer:?}");
                assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
                assert_eq!(answer.header("retry-after"), again, "{answer:?}");
                assert_eq!(answer.body.contains("http-equiv=\"refresh\""), again.is_some(), "{answer:?}");
                assert!(answer.body.starts_with(&format!("<!doctype html><html lang=\"{language}\">")), "{answer:?}");
                assert!(answer.body.contains(&host), "{answer:?}");
                let link =
                    answer.body.split("<a ").nth(1).and_then(|rest| rest.split("href=\"").nth(1)?.split('"').next());
                assert_eq!(link.map(str::to_owned), way, "{host}: {answer:?}");
                let policy = answer.header("content-security-policy").expect("a policy");
                assert!(
                    policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("self"),
                    "{policy}"
                );
                for secret in ["Rahim", "rahim@", "Licence", "Plan of", "Panel expired", "<script", "src="] {
                    assert!(!answer.body.contains(secret), "{secret} in {answer:?}");
                }
            }
            let asked = [("x-forwarded-host", host.as_str()), ("accept", "application/json")];
            let answer = forwarded(&stage.nobody(), path, &asked).await;
            answer.refused(status, if status == 404 { "not_found" } else { "panel_closed" });
            assert_eq!(answer.header("x-panel-state"), Some(state));
            assert_eq!(answer.header("cache-control"), Some("no-store"));
        }
    }
    owner.post(&stopped.path("start")).await.is(200);
    stage.work().await;
    let opened = forwarded(&stage.nobody(), "/gate/closed", &[("x-forwarded-host", "stopped.localhost")]).await;
    assert_eq!((opened.status, opened.header("retry-after")), (503, Some("1")), "{opened:?}");
    assert!(opened.body.contains("content=\"1\""), "it looks again: {opened:?}");
}
