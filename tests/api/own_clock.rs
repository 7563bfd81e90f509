//! An account on a clock of its own: an operator moves it, and only its own panels live through that time.

use harness::{Answer, Persona, Stage, Terms, terms};
use hourglass_tests as harness;
use serde_json::json;
use std::sync::Arc;

harness::stories!(
    an_account_lives_ahead_and_nobody_else_does,
    moving_twice_by_mistake_moves_once,
    details_are_kept_and_checked,
);

async fn advance(operator: &Persona, account: &str, seconds: u32, key: &str) -> Answer {
    let path = format!("/api/v1/accounts/{account}/clock");
    let request = operator.request(reqwest::Method::POST, &path).header("idempotency-key", key);
    operator.send(request.json(&json!({ "advance_seconds": seconds }))).await
}

// Harm prevented: an operator tries out what will happen, and other customers' hours run out.
async fn an_account_lives_ahead_and_nobody_else_does(stage: Arc<Stage>) {
    let (owner, stranger, operator) = (stage.owner().await, stage.stranger().await, stage.operator().await);
    let plan = Terms { included_hours: 30, cycle_days: 2, early_renewal_days: 2, ..terms() };
    let mine = stage.active_panel(owner, "rahim", plan.clone()).await;
    let theirs = stage.active_panel(stranger, "karim", plan).await;
    let _ = advance(operator, &owner.account_id(), 20 * 3_600, "to-the-evening").await.ok(200);
    stage.work().await;
    let ahead = stage.used(owner, &mine).await;
    // The other panel took five seconds to be set up; this one was up in them.
    assert_eq!(ahead, 20 * 3_600 + 5);
    assert_eq!(stage.used(stranger, &theirs).await, 0);
    // Both live on by themselves, each by its own clock.
    stage.pass_hours(5).await;
    assert_eq!(stage.used(owner, &mine).await, ahead + 5 * 3_600);
    assert!(owner.notices().await.iter().any(|kind| kind == "used_percent"), "reminded by its own time");
    assert_eq!(stage.used(stranger, &theirs).await, 5 * 3_600);
    let _ = advance(operator, &owner.account_id(), 6 * 3_600, "over-the-end").await.ok(200);
    stage.work().await;
    let status = owner.status(&mine).await;
    assert_eq!(status["panel"]["reason"], "billing_expired", "the hours ran out on the way");
    assert_eq!(status["billing"]["cycle"]["used_seconds"], 30 * 3_600);
    assert_eq!(stage.gate(&mine).await.0, 403, "and the gate is shut");
    assert_eq!(stage.gate(&theirs).await.0, 204);
    // What is paid then starts at the account's own time.
    stage.pay(owner, &mine, "again").await;
    let cycle = owner.status(&mine).await["billing"]["cycle"].clone();
    let now = owner.get(&format!("/api/v1/accounts/{}", owner.account_id())).await.ok(200)["now"].clone();
    assert_eq!(cycle["starts_at"], now);
    stage.pass_hours(3).await;
    assert_eq!(stage.used(owner, &mine).await, 3 * 3_600);
    stage.assert_balanced().await;
}

// Harm prevented: a double click skips two months.
async fn moving_twice_by_mistake_moves_once(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    stage.active_panel(owner, "rahim", terms()).await;
    let first = advance(operator, &owner.account_id(), 3_600, "once").await.ok(200);
    let again = advance(operator, &owner.account_id(), 3_600, "once").await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.ok(200)["now"], first["now"]);
    advance(operator, &owner.account_id(), 7_200, "once").await.refused(422, "idempotency_mismatch");
    advance(operator, &owner.account_id(), 0, "nothing").await.refused(422, "invalid");
    advance(operator, &owner.account_id(), 32 * 86_400, "too-far").await.refused(422, "invalid");
    advance(owner, &owner.account_id(), 3_600, "mine").await.refused(404, "not_found");
    stage.work().await;
}

// Harm prevented: an invoice goes out with a BIN that is none, or a stranger writes somebody's address.
async fn details_are_kept_and_checked(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let path = format!("/api/v1/accounts/{}", owner.account_id());
    let details = json!({ "name": " Rahim & Sons ", "address": "1 Mirpur Road\nDhaka", "bin": "0012345670101", "zone": "Asia/Dhaka" });
    let put = async |persona: &Persona, body: &serde_json::Value| {
        persona.send(persona.request(reqwest::Method::PUT, &path).json(body)).await
    };
    put(stranger, &details).await.refused(404, "not_found");
    let kept = put(owner, &details).await.ok(200);
    assert_eq!((kept["name"].as_str(), kept["bin"].as_str()), (Some("Rahim & Sons"), Some("0012345670101")));
    for (field, wrong) in [("bin", "123"), ("name", ""), ("zone", "Asia/Atlantis")] {
        let mut body = details.clone();
        body[field] = json!(wrong);
        let problem = put(owner, &body).await.refused(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], format!("/{field}"), "{problem}");
    }
    assert_eq!(owner.get(&path).await.ok(200), kept);

    // From the first answer on, pages write times by these clocks.
    let mut abroad = details.clone();
    abroad["zone"] = json!("Asia/Kathmandu");
    put(owner, &abroad).await.is(200);
    for (persona, zone) in [(owner, "Asia/Kathmandu"), (stranger, "Asia/Dhaka"), (stage.operator().await, "Asia/Dhaka")]
    {
        assert_eq!(persona.get("/api/v1/me").await.ok(200)["zone"], zone);
    }
    put(owner, &details).await.is(200);

    stage.active_panel(owner, "rahim", terms()).await;
    let invoice = owner.get("/api/v1/invoices").await.ok(200)["items"][0].clone();
    assert_eq!(
        invoice["buyer"],
        json!({ "name": "Rahim & Sons", "address": "1 Mirpur Road\nDhaka", "bin": "0012345670101" })
    );
}
