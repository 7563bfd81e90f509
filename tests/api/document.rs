//! The API's own description, and its documentation.

use harness::Stage;
use hourglass_tests as harness;
use std::path::Path;
use std::sync::Arc;

harness::stories!(
    the_committed_document_is_the_one_that_is_served,
    the_documentation_asks_nothing_of_other_hosts,
    a_deployment_says_what_it_is_and_that_it_is_well,
    every_answer_carries_the_headers_that_protect_browsers,
);

// Harm prevented: integrators build against a promise that the server does not keep.
async fn the_committed_document_is_the_one_that_is_served(stage: Arc<Stage>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi.yaml");
    let committed = std::fs::read_to_string(path).unwrap();
    let served = stage.nobody().get("/openapi.yaml").await.is(200);
    assert_eq!(served.header("content-type"), Some("application/yaml"));
    assert!(
        committed == served.body,
        "openapi.yaml is not what the code says: run `make openapi`, and look at the diff"
    );
    assert!(committed.starts_with("openapi: 3.1"));
}

// Harm prevented: whoever reads the documentation is seen by others, or sees nothing without the internet.
async fn the_documentation_asks_nothing_of_other_hosts(stage: Arc<Stage>) {
    let nobody = stage.nobody();
    assert_eq!(nobody.get("/docs").await.is(303).header("location"), Some("/docs/"));
    let page = nobody.get("/docs/").await.is(200);
    let mut files = Vec::new();
    for attribute in ["src=\"", "href=\""] {
        let values = page.body.split(attribute).skip(1).filter_map(|rest| rest.split('"').next());
        files.extend(values.map(str::to_owned));
    }
    assert!(files.len() >= 4, "{files:?}");
    for file in &files {
        assert!(!file.contains("//"), "{file} is somebody else's");
        nobody.get(&format!("/docs/{}", file.trim_start_matches("./"))).await.is(200);
    }
    let start = nobody.get("/docs/swagger-initializer.js").await.is(200);
    assert!(start.body.contains("/api/openapi.json"), "{}", start.body);
    assert!(!start.body.contains("http://") && !start.body.contains("https://"), "{}", start.body);
    let policy = page.header("content-security-policy").unwrap_or_default();
    assert!(policy.contains("default-src 'self'") && policy.contains("script-src 'self';"), "{policy}");
}

// Harm prevented: a load balancer sends customers to a server that cannot serve, or a page shows another's name.
async fn a_deployment_says_what_it_is_and_that_it_is_well(stage: Arc<Stage>) {
    let nobody = stage.nobody();
    let about = nobody.get("/api/v1/about").await.ok(200);
    let expected = serde_json::json!({
        "name": "Hourglass", "support_email": "help@example.com", "now": harness::beginning(), "demo": null,
    });
    assert_eq!(about, expected);
    assert_eq!(nobody.get("/healthz").await.is(200).body, "alive");
    assert_eq!(nobody.get("/readyz").await.is(200).body, "ready");
}

// Harm prevented: a page of ours is framed, sniffed or fed with another's script.
async fn every_answer_carries_the_headers_that_protect_browsers(stage: Arc<Stage>) {
    let page = "default-src 'self'";
    let data = "default-src 'none'";
    for (path, own) in [
        ("/", page),
        ("/sw.js", page),
        ("/docs/", page),
        ("/docs/swagger-initializer.js", page),
        ("/openapi.yaml", page),
        ("/docs/swagger-ui.css", data),
        ("/healthz", data),
        ("/api/v1/about", data),
        ("/api/v1/me", data),
        ("/api/nowhere", data),
    ] {
        let answer = stage.nobody().get(path).await;
        for (name, value) in
            [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("referrer-policy", "same-origin")]
        {
            assert_eq!(answer.header(name), Some(value), "{path}: {answer:?}");
        }
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains(own) && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert_eq!(answer.header("permissions-policy").is_some(), own == page, "{path}: {answer:?}");
        assert!(answer.header("x-request-id").is_some_and(|id| id.len() == 32), "{path}: {answer:?}");
    }
}
