//! Requests that make no sense, and how they are told so.

use harness::{Answer, Persona, Stage, terms};
use hourglass_tests as harness;
use reqwest::Method;
use serde_json::json;
use std::sync::Arc;

harness::stories!(
    a_body_that_cannot_be_read_names_the_field,
    what_is_too_large_is_turned_away,
    an_address_that_is_not_there_says_so,
    a_page_that_is_not_there_names_the_parameter,
    no_refusal_tells_a_secret,
);

async fn sign_up_with(nobody: &Persona, body: impl Into<reqwest::Body>) -> Answer {
    let request = nobody.request(Method::POST, "/api/v1/auth/sign-up").header("content-type", "application/json");
    nobody.send(request.body(body)).await
}

// Harm prevented: an integrator guesses for an afternoon which field was meant.
async fn a_body_that_cannot_be_read_names_the_field(stage: Arc<Stage>) {
    let nobody = stage.nobody();
    let whole = r#"{"name":"A","email":"a@example.com","password":"long enough!","language":"en""#;
    for (body, pointer) in [
        (String::new(), ""),
        ("{".to_owned(), ""),
        ("[]".to_owned(), ""),
        (format!("{whole}}} more"), ""),
        (format!("{whole},\"extra\":1}}"), "/extra"),
        (format!("{whole},\"account_id\":\"acc_1\",\"role\":\"operator\"}}"), "/account_id"),
        (whole.replace("\"name\":\"A\",", "") + "}", "/name"),
        (whole.replace("\"en\"", "\"de\"") + "}", "/language"),
        (whole.replace("\"A\"", "7") + "}", "/name"),
    ] {
        let problem = sign_up_with(&nobody, body.clone()).await.refused(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{body}: {problem}");
    }
    assert_eq!(stage.database.count("users", "1 = 1").await, 0);
}

// Harm prevented: a few large requests fill the machine's memory.
async fn what_is_too_large_is_turned_away(stage: Arc<Stage>) {
    let nobody = stage.nobody();
    let large = "x".repeat(70 * 1024);
    sign_up_with(&nobody, large.clone()).await.refused(413, "too_large");
    let before = stage.database.dump(harness::EVERYTHING).await;
    for path in ["/pay/sslcommerz/ipn", "/pay/sslcommerz/return"] {
        nobody.post_form(path, &[("tran_id".to_owned(), large.clone())]).await.refused(413, "too_large");
    }
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
}

// Harm prevented: a client takes the dashboard's page, or an empty answer, for an answer of the API.
async fn an_address_that_is_not_there_says_so(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    for path in ["/api/v1/nowhere", "/api/v2/tenants", "/api/", "/api/v1/tenants/", "/pay/sslcommerz/other"] {
        owner.get(path).await.refused(404, "not_found");
        owner.post(path).await.refused(404, "not_found");
    }
    for id in ["7", "ten_", "ten_01937B1C8F2E7C3D9A4B5C6D7E8F9012", "acc_01937b1c8f2e7c3d9a4b5c6d7e8f9012", "%00"] {
        owner.get(&format!("/api/v1/tenants/{id}/status")).await.refused(404, "not_found");
    }
    for (method, path) in [
        (Method::PUT, "/api/v1/tenants".to_owned()),
        (Method::DELETE, panel.path("status")),
        (Method::GET, panel.path("checkout")),
        (Method::POST, "/api/v1/about".to_owned()),
    ] {
        let answer = owner.send(owner.request(method.clone(), &path)).await;
        assert!([404, 405].contains(&answer.status), "{method} {path}: {answer:?}");
        let code = if answer.status == 405 { "method_not_allowed" } else { "not_found" };
        answer.refused(answer.status, code);
    }
}

// Harm prevented: a wrong cursor reads as the first page, and a client goes round in circles.
async fn a_page_that_is_not_there_names_the_parameter(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let lists =
        [("/api/v1/tenants".to_owned(), 200), ("/api/v1/notices".to_owned(), 100), (panel.path("history"), 100)];
    for (list, most) in lists {
        let too_many = format!("limit={}", most + 1);
        for (query, pointer) in [
            ("limit=0", "/limit"),
            (&*too_many, "/limit"),
            ("limit=-1", "/limit"),
            ("limit=many", "/limit"),
            ("limit=", "/limit"),
            ("cursor=2", "/cursor"),
            ("cursor=acc_01937b1c8f2e7c3d9a4b5c6d7e8f9012", "/cursor"),
        ] {
            let problem = owner.get(&format!("{list}?{query}")).await.refused(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{list}?{query}");
        }
        owner.get(&format!("{list}?limit={most}&cursor=&more=1")).await.is(200);
    }
    let problem = owner.get("/api/v1/live").await.refused(422, "invalid");
    assert!(problem["detail"].as_str().unwrap().contains("ticket"), "{problem}");
}

// Harm prevented: an error that is shown, logged or pasted into a ticket holds what must not be seen.
async fn no_refusal_tells_a_secret(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    stage.gateway.set_faults(sandbox::gateway::Faults {
        store: sandbox::gateway::StoreState::WrongCredentials,
        ..Default::default()
    });
    let refused = owner.checkout(&panel, "one").await;
    stage.gateway.set_faults(sandbox::gateway::Faults::default());
    let forged = owner.post_form("/pay/sslcommerz/ipn", &[("tran_id".to_owned(), "x".to_owned())]).await;
    let body = json!({ "name": "A", "email": "a@example.com", "password": "short one", "language": "en" });
    let weak = owner.post_json("/api/v1/auth/sign-up", &body).await;
    for answer in [refused, forged, weak] {
        assert!(answer.status >= 400);
        for secret in ["made-up", "password%20", "testbox", "short one", stage.gateway.url()] {
            assert!(!answer.body.contains(secret), "{secret} in {answer:?}");
        }
    }
}
