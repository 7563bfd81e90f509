//! The control plane: for programs, for people, and against other sites.

use sandbox::gateway::{Answer, Faults, RefundStatus};
use serde_json::{Value, json};

use crate::shop::{PASSWD, Shop, text, value};

// Harm prevented: a page that is open in the same browser settles refunds, pays, or switches faults on.
#[tokio::test]
async fn other_sites_do_not_drive() {
    let shop = Shop::open();
    let key = text(&shop.init("T1", &[]).await, "sessionkey").to_owned();
    let own = shop.gateway.url().to_owned();
    let act = [("session", key.as_str()), ("action", "pay")];
    let post = |said: &[(&'static str, &str)]| {
        let request = shop.client.post(shop.api("/form/act")).form(&act);
        said.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send()
    };
    for said in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        assert_eq!(post(&[said]).await.unwrap().status(), 403, "{said:?}");
    }
    let faults = shop.client.post(shop.api("/faults")).header("origin", "https://evil.example");
    assert_eq!(faults.json(&json!({ "risky": true })).send().await.unwrap().status(), 403);
    assert!(shop.gateway.books().charges.is_empty() && shop.gateway.faults() == Faults::default());
    let ours = post(&[("sec-fetch-site", "same-origin"), ("origin", &own)]).await.unwrap();
    assert_eq!(ours.status(), 303);
    assert_eq!(shop.gateway.books().charges.len(), 1);
}

// Harm prevented: a rehearsal that is driven by a program does something else than one that is driven by hand.
#[tokio::test]
async fn programs_drive_by_json() {
    let shop = Shop::open();
    let key = text(&shop.init("T1", &[]).await, "sessionkey").to_owned();
    let post = async |path: &str, body: Value| {
        let answer = shop.client.post(shop.api(path)).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap_or_default())
    };
    let act = format!("/api/sessions/{key}/act");
    let (status, declined) = post(&act, json!({ "action": "decline", "reason": "Wrong OTP" })).await;
    assert_eq!((status, text(&declined, "url")), (200, "http://shop.example/fail"));
    let (_, paid) = post(&act, json!({ "action": "pay", "channel": "dbbl_nexus" })).await;
    let posted: Vec<(String, String)> = serde_json::from_value(paid["fields"].clone()).unwrap();
    assert_eq!((value(&posted, "status"), value(&posted, "card_brand")), ("VALID", "DBBLNEXUS"));
    assert_eq!(post(&act, json!({ "action": "pay" })).await.0, 404);
    assert_eq!(post("/api/replay", json!({ "tran_id": "T1", "attempt": 0 })).await.1["status"], "FAILED");
    assert_eq!(post("/ipn/replay", json!({ "tran_id": "T1" })).await.1["status"], "VALID");
    assert_eq!(post("/ipn/replay", json!({ "tran_id": "T2" })).await.0, 404);

    let charge = value(&posted, "bank_tran_id");
    let wish = [("bank_tran_id", charge), ("refund_amount", "5"), ("refund_trans_id", "R1"), ("refund_remarks", "r")];
    let name = text(&shop.ask(&wish).await, "refund_ref_id").to_owned();
    let settle = format!("/api/refunds/{name}/settle");
    assert_eq!(post(&settle, json!({ "as": "refunded" })).await.1["status"], "refunded");
    assert_eq!(post(&settle, json!({ "as": "cancelled" })).await.0, 404);
    assert_eq!(shop.gateway.books().refunds[0].status, RefundStatus::Refunded);

    let state = shop.client.get(shop.api("/api/state")).send().await.unwrap().text().await.unwrap();
    assert!(state.contains("Wrong OTP") && state.contains(&name) && !state.contains(PASSWD));
}

// Harm prevented: a switch that is misspelt is taken silently, and the rehearsal proves nothing.
#[tokio::test]
async fn faults_are_set_read_and_ended() {
    let shop = Shop::open();
    let put = async |path: &str, method: reqwest::Method, body: Value| {
        shop.client.request(method, shop.api(path)).json(&body).send().await.unwrap().status().as_u16()
    };
    let html = Faults { answer: Answer::Html, ..Faults::default() };
    assert_eq!(put("/api/faults", reqwest::Method::PUT, json!({ "answer": "html" })).await, 200);
    assert_eq!(shop.gateway.faults(), html);
    assert_eq!(put("/api/faults", reqwest::Method::PUT, json!({ "anwser": "html" })).await, 400);
    assert_eq!(put("/faults", reqwest::Method::POST, json!({})).await, 200);
    assert_eq!(shop.gateway.faults(), Faults::default());
    let form = [("answer", "html"), ("ipn", ""), ("delay_ms", "")];
    let set = shop.client.post(shop.api("/form/faults")).form(&form).send().await.unwrap();
    assert_eq!((set.status().as_u16(), shop.gateway.faults()), (303, html.clone()));
    let read: Value = shop.client.get(shop.api("/api/faults")).send().await.unwrap().json().await.unwrap();
    assert_eq!(serde_json::from_value::<Faults>(read).unwrap(), html);
}

// Harm prevented: what a shop writes runs in the browser of whoever watches the rehearsal.
#[tokio::test]
async fn the_control_page_shows_and_escapes() {
    let shop = Shop::open();
    shop.init("<T1>", &[("product_name", "<img src=x onerror=alert(1)>")]).await;
    shop.gateway.act("<T1>", sandbox::gateway::Action::Expire).await;
    let shown = shop.client.get(shop.api("/")).send().await.unwrap();
    assert!(shown.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    let html = shown.text().await.unwrap();
    assert!(html.contains("&lt;T1&gt;") && !html.contains("<img") && !html.contains(PASSWD));
    assert!(html.contains("Pay late") && html.contains("name=\"refund_ip_unregistered\""));
}
