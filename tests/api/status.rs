//! The one status answer: its shape in every state, and that looking changes nothing.

use harness::{Stage, Terms, beginning, terms};
use hourglass_tests as harness;
use serde_json::{Value, json};
use shared::billing::terms::OnExhaustion;
use shared::billing::vat::Vat;
use shared::money::{Currency, Money};
use shared::time::{DAY, HOUR};
use std::sync::Arc;

harness::stories!(
    both_addresses_give_one_body_and_looking_changes_nothing,
    a_pending_panel_reads_so,
    an_active_panel_reads_so,
    a_panel_beyond_its_hours_says_what_they_cost,
    a_panel_in_grace_reads_so,
    an_expired_panel_reads_so,
    a_panel_that_could_not_be_set_up_reads_so,
    a_list_comes_page_by_page,
    answers_are_sent_small_to_whoever_can_read_them,
);

// Harm prevented: two clients are told two truths; a page that is looked at suspends a panel, as happened before.
async fn both_addresses_give_one_body_and_looking_changes_nothing(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    // Long overdue: whoever counts on reading would have to count now.
    stage.skip(20 * HOUR);
    let mut tables = stage.database.tables().await;
    tables.retain(|table| !harness::EVERYTHING.contains(&table.as_str()));
    assert_eq!(tables, Vec::<String>::new(), "a new table belongs into the harness's list of everything");
    let before = stage.database.dump(harness::EVERYTHING).await;
    let (path, as_before) = (panel.path("status"), format!("/api/tenant/{}/status", panel.id));
    let first = owner.get(&path).await.is(200);
    let second = owner.get(&as_before).await.is(200);
    assert_eq!(first.body, second.body);
    assert_eq!(first.header("content-type"), Some("application/json"));
    let tag = first.header("etag").expect("an ETag").to_owned();
    assert!(tag.starts_with('"') && second.header("etag") == Some(tag.as_str()), "strong, and the same");
    for address in [&path, &as_before] {
        let again =
            |known: &str| owner.send(owner.request(reqwest::Method::GET, address).header("if-none-match", known));
        let unchanged = again(&tag).await.is(304);
        assert_eq!((unchanged.body.as_str(), unchanged.header("etag")), ("", Some(tag.as_str())));
        again(&format!("\"other\", {tag}")).await.is(304);
        again("\"other\"").await.is(200);
        stranger.get(address).await.refused(404, "not_found");
        stage.nobody().get(address).await.refused(401, "unauthenticated");
    }
    owner.get(&panel.path("history")).await.is(200);
    owner.get("/api/v1/tenants").await.is(200);
    owner.get("/api/v1/notices").await.is(200);
    stage.gate(&panel).await;
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
    stage.work().await;
    let changed = owner.send(owner.request(reqwest::Method::GET, &path).header("if-none-match", &tag)).await;
    assert_eq!(changed.status, 200, "the worker has counted meanwhile");
}

/// A status with what differs from run to run replaced.
fn plain(status: &Value) -> Value {
    let mut status = status.clone();
    for pointer in ["/tenant_id", "/account_id", "/plan/id", "/plan/version"] {
        let id = status.pointer_mut(pointer).unwrap();
        *id = json!(id.as_str().unwrap().split('_').next().unwrap());
    }
    let url = status["url"].as_str().unwrap();
    let (host, port) = url.trim_end_matches('/').rsplit_once(':').unwrap();
    assert!(port.parse::<u16>().is_ok(), "{url}");
    status["url"] = json!(format!("{host}:PORT/"));
    status
}

/// What is alike in all of them.
fn expected(panel: &Value, billing: &Value, actions: &[&str], unread: u32, as_of: &Value) -> Value {
    json!({
        "tenant_id": "ten", "account_id": "acc", "name": "Panel rahim", "subdomain": "rahim",
        "url": "http://rahim.localhost:PORT/",
        "panel": panel, "billing": billing,
        "plan": { "id": "pln", "version": "plv", "name": "Plan of rahim" },
        "limits": {
            "users": { "used": if as_of.is_null() { NULL.clone() } else { json!(1) }, "limit": 10, "level": "ok" },
            "storage_bytes": { "used": null, "limit": null, "level": "ok" },
        },
        "job": null, "last_active_at": if as_of.is_null() { NULL.clone() } else { json!(beginning().plus(10)) }, "actions": actions, "notices_unread": unread, "as_of": as_of,
    })
}

fn panel(status: &str, reason: &Value, message: &Value, since: i64) -> Value {
    json!({
        "status": status, "reason": reason, "message": message, "progress_percent": null,
        "since": beginning().plus(since),
        "kept_until": (status == "pending").then(|| beginning().plus(since + 14 * DAY)),
    })
}

const NULL: &Value = &Value::Null;

// Harm prevented: the card draws figures for a panel that has none.
async fn a_pending_panel_reads_so(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let rahim = stage.panel(owner, "rahim", terms()).await;
    let billing = json!({
        "state": "none", "cycle": null, "queued_cycles": 0, "runs_out_at": null, "grace_ends_at": null,
        "cancels_at_end": false, "can_renew": true, "can_renew_early": false,
        "amount_due": { "minor": 120_000, "currency": "BDT" },
    });
    let whole = expected(&panel("pending", NULL, NULL, 0), &billing, &["pay_now", "manage"], 0, NULL);
    assert_eq!(plain(&owner.status(&rahim).await), whole);
}

fn cycle(used: i64, ended: Option<(i64, &str)>, days_left: u32) -> Value {
    json!({
        "number": 1, "starts_at": beginning(), "ends_at": beginning().plus(ended.map_or(30 * DAY, |(at, _)| at)),
        "ended_reason": ended.map(|(_, why)| why), "allowance_seconds": 10 * HOUR, "used_seconds": used,
        "remaining_seconds": 10 * HOUR - used, "used_percent": used * 10 / HOUR, "days_left": days_left,
        "overage_seconds": 0, "overage_price_per_hour": null,
    })
}

// Harm prevented: the browser, the phone and an integrator disagree about what is left.
async fn an_active_panel_reads_so(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let rahim = stage.active_panel(owner, "rahim", terms()).await;
    stage.pass_hours(4).await;
    let status = owner.status(&rahim).await;
    // Ten hours at four hours in four hours and five seconds.
    let runs_out_at = beginning().plus(5 + 4 * HOUR + 6 * (HOUR + 1) + 1);
    let billing = json!({
        "state": "active", "cycle": cycle(4 * HOUR, None, 30), "queued_cycles": 0, "runs_out_at": runs_out_at,
        "grace_ends_at": null, "cancels_at_end": false, "can_renew": false, "can_renew_early": false,
        "amount_due": null,
    });
    let as_of = json!(beginning().plus(5 + 4 * HOUR));
    let whole = expected(&panel("active", NULL, NULL, 5), &billing, &["open_panel", "manage", "stop"], 1, &as_of);
    assert_eq!(plain(&status), whole);
}

// Harm prevented: hours are charged that the card does not show, at a price that it does not name.
async fn a_panel_beyond_its_hours_says_what_they_cost(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let price_per_hour = Money::new(2_000, Currency::Bdt);
    let vat = Vat::Exclusive { basis_points: 1_500 };
    let goes_on = Terms { vat, on_exhaustion: OnExhaustion::Overage { price_per_hour }, ..terms() };
    let rahim = stage.active_panel(owner, "rahim", goes_on).await;
    let price = json!({ "minor": 2_300, "currency": "BDT" });
    for (hours, beyond) in [(4, 0), (9, 3)] {
        stage.pass_hours(hours).await;
        let cycle = owner.status(&rahim).await["billing"]["cycle"].clone();
        assert_eq!((&cycle["overage_seconds"], &cycle["overage_price_per_hour"]), (&json!(beyond * HOUR), &price));
        assert_eq!(cycle["ended_reason"], Value::Null);
    }
}

// Harm prevented: a customer is not told until when they must pay.
async fn a_panel_in_grace_reads_so(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let rahim = stage.active_panel(owner, "rahim", Terms { grace_hours: 24, ..terms() }).await;
    stage.pass_hours(11).await;
    let over = 5 + 10 * HOUR;
    let billing = json!({
        "state": "grace", "cycle": cycle(10 * HOUR, Some((over, "hours_used_up")), 0), "queued_cycles": 0,
        "runs_out_at": null, "grace_ends_at": beginning().plus(over + 24 * HOUR), "cancels_at_end": false,
        "can_renew": true,
        "can_renew_early": false, "amount_due": { "minor": 120_000, "currency": "BDT" },
    });
    let actions = ["pay_to_renew", "open_panel", "manage", "stop"];
    let as_of = json!(beginning().plus(5 + 11 * HOUR));
    let whole = expected(&panel("active", NULL, NULL, 5), &billing, &actions, 3, &as_of);
    assert_eq!(plain(&owner.status(&rahim).await), whole);
}

// Harm prevented: a customer whose panel is closed does not see why, or finds no button to pay.
async fn an_expired_panel_reads_so(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let rahim = stage.active_panel(owner, "rahim", terms()).await;
    stage.pass_hours(11).await;
    let over = 5 + 10 * HOUR;
    let billing = json!({
        "state": "expired", "cycle": cycle(10 * HOUR, Some((over, "hours_used_up")), 0), "queued_cycles": 0,
        "runs_out_at": null, "grace_ends_at": null, "cancels_at_end": false, "can_renew": true,
        "can_renew_early": false,
        "amount_due": { "minor": 120_000, "currency": "BDT" },
    });
    let closed = panel("suspended", &json!("billing_expired"), NULL, 5 + 11 * HOUR);
    let as_of = json!(beginning().plus(5 + 11 * HOUR));
    let whole = expected(&closed, &billing, &["inactive", "pay_to_renew", "manage"], 3, &as_of);
    assert_eq!(plain(&owner.status(&rahim).await), whole);
}

// Harm prevented: a panel that never comes up is "being created" for ever, and its hours run.
async fn a_panel_that_could_not_be_set_up_reads_so(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let rahim = stage.panel(owner, "rahim", terms()).await;
    stage.pay(owner, &rahim, "one").await;
    stage.wait(900);
    stage.work().await;
    let owner = &stage.again("rahim@example.com").await;
    let status = owner.status(&rahim).await;
    assert_eq!(status["panel"]["status"], "failed");
    assert!(status["panel"]["message"].as_str().unwrap().contains("15 minutes"), "{status}");
    assert_eq!(status["actions"], json!(["retry", "manage", "refund"]));
    assert_eq!(status["billing"]["cycle"]["used_seconds"], 0);
    assert_eq!(owner.notices().await, ["renewed", "creation_failed"]);
    stage.stranger().await.post(&rahim.path("retry")).await.refused(404, "not_found");
    assert_eq!(owner.post(&rahim.path("retry")).await.ok(200)["panel"]["status"], "creating");
    owner.post(&rahim.path("retry")).await.refused(409, "wrong_state");
    stage.set_up().await;
    assert_eq!(owner.status(&rahim).await["panel"]["status"], "active");
}

// Harm prevented: somebody with many panels never sees the last ones, or sees another's.
async fn a_list_comes_page_by_page(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let mut ids = Vec::new();
    for name in ["one", "two", "three"] {
        ids.push(stage.panel(owner, name, terms()).await.id.to_string());
        stage.panel(stranger, &format!("{name}-theirs"), terms()).await;
    }
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = owner.get(&format!("/api/v1/tenants?limit=2&cursor={cursor}")).await.ok(200);
        for item in page["items"].as_array().unwrap() {
            let id = item["tenant_id"].as_str().unwrap().to_owned();
            assert_eq!(*item, owner.get(&format!("/api/v1/tenants/{id}/status")).await.ok(200), "one shape everywhere");
            seen.push(id);
        }
        match page["next_cursor"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => break,
        }
    }
    assert_eq!(seen, ids, "all of them, once, oldest first, and nobody else's");
}

// Harm prevented: somebody on a phone pays for five times the bytes; or a client that cannot unpack gets what it cannot read.
async fn answers_are_sent_small_to_whoever_can_read_them(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "padma", terms()).await;
    for name in ["meghna", "jamuna"] {
        stage.panel(owner, name, terms()).await;
    }
    let asked = |how: &str| owner.request(reqwest::Method::GET, "/api/v1/tenants").header("accept-encoding", how);
    let plain = owner.send(asked("identity")).await.is(200);
    assert_eq!(plain.header("content-encoding"), None);
    assert_eq!(plain.json()["items"].as_array().unwrap().len(), 3);
    for how in ["br", "gzip"] {
        let packed = asked(how).send().await.unwrap();
        assert_eq!(packed.headers()["content-encoding"], how);
        let bytes = packed.bytes().await.unwrap();
        assert!(bytes.len() * 2 < plain.body.len(), "{how}: {} of {}", bytes.len(), plain.body.len());
        let status = owner.request(reqwest::Method::GET, &panel.path("status")).header("accept-encoding", how);
        let tag = status.send().await.unwrap().headers()["etag"].clone();
        let again = owner.request(reqwest::Method::GET, &panel.path("status")).header("accept-encoding", how);
        let unchanged = owner.send(again.header("if-none-match", tag)).await.is(304);
        assert_eq!((unchanged.body.as_str(), unchanged.header("content-encoding")), ("", None), "{how}");
        // A problem is written after the answer was packed, so it is sent as it is.
        let lost = owner.request(reqwest::Method::GET, "/api/v1/tenants/x/status").header("accept-encoding", how);
        let lost = owner.send(lost).await;
        lost.refused(404, "not_found");
        assert_eq!(lost.header("content-encoding"), None, "{how}");
    }
}
