//! Whose is it? Every address of the API, in front of somebody who has no business there.

use harness::{Answer, Persona, Stage, terms};
use hourglass_tests as harness;
use reqwest::Method;
use sandbox::gateway::Faults;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

harness::stories!(
    every_address_is_on_the_list,
    what_is_not_yours_does_not_exist,
    what_needs_a_sign_in_asks_for_one,
    lists_hold_nothing_of_others,
);

/// Who may use an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// Anybody: what it says is nobody's secret, or it checks a signature, a password or a ticket itself.
    ToAnybody,
    /// Whoever has the cookie of a sign-in.
    ByCookie,
    /// Whoever is signed in, for themselves.
    SignedIn,
    /// Whose panel, payment, invoice or account it is; the operator sees all of them.
    OfOwner,
    /// Whose account it is; to others, and to the operator, it is not there.
    OfPeople,
    /// Only the operator; to everybody else it is not there.
    OperatorOnly,
}

/// A new address fails a story until somebody has decided here whose it is.
const ADDRESSES: &[(&str, &str, Open)] = &[
    ("get", "/healthz", Open::ToAnybody),
    ("get", "/readyz", Open::ToAnybody),
    ("get", "/gate", Open::ToAnybody),
    ("get", "/gate/forward", Open::ToAnybody),
    ("get", "/gate/closed", Open::ToAnybody),
    ("get", "/openapi.yaml", Open::ToAnybody),
    ("get", "/entries/{id}", Open::ToAnybody),
    ("get", "/api/v1/about", Open::ToAnybody),
    ("get", "/api/v1/live", Open::ToAnybody),
    ("post", "/pay/{gateway}/ipn", Open::ToAnybody),
    ("post", "/pay/{gateway}/return", Open::ToAnybody),
    ("post", "/api/v1/auth/sign-up", Open::ToAnybody),
    ("post", "/api/v1/auth/sign-in", Open::ToAnybody),
    ("post", "/api/v1/auth/forgot", Open::ToAnybody),
    ("post", "/api/v1/auth/reset", Open::ToAnybody),
    ("post", "/api/v1/auth/reset/look", Open::ToAnybody),
    ("post", "/api/v1/invitations/look", Open::ToAnybody),
    ("post", "/api/v1/invitations/join", Open::ToAnybody),
    ("post", "/api/v1/auth/refresh", Open::ByCookie),
    ("post", "/api/v1/auth/sign-out", Open::ByCookie),
    ("get", "/api/v1/me", Open::SignedIn),
    ("get", "/api/v1/me/profile", Open::SignedIn),
    ("put", "/api/v1/me/profile", Open::SignedIn),
    ("post", "/api/v1/me/password", Open::SignedIn),
    ("post", "/api/v1/me/second-factor", Open::SignedIn),
    ("post", "/api/v1/me/second-factor/confirm", Open::SignedIn),
    ("post", "/api/v1/me/second-factor/remove", Open::SignedIn),
    ("post", "/api/v1/me/second-factor/recovery-codes", Open::SignedIn),
    ("get", "/api/v1/me/sign-ins", Open::SignedIn),
    ("post", "/api/v1/me/sign-ins/end-others", Open::SignedIn),
    ("post", "/api/v1/me/sign-ins/{id}/end", Open::OfPeople),
    ("get", "/api/v1/members", Open::SignedIn),
    ("put", "/api/v1/members/{id}", Open::OfPeople),
    ("post", "/api/v1/members/{id}/remove", Open::OfPeople),
    ("post", "/api/v1/invitations", Open::SignedIn),
    ("post", "/api/v1/invitations/{id}/revoke", Open::OfPeople),
    ("get", "/api/v1/tenants", Open::SignedIn),
    ("get", "/api/v1/notices", Open::SignedIn),
    ("post", "/api/v1/notices/read", Open::SignedIn),
    ("post", "/api/v1/notices/{id}/read", Open::OfOwner),
    ("get", "/api/v1/me/notice-choices", Open::SignedIn),
    ("put", "/api/v1/me/notice-choices", Open::SignedIn),
    ("post", "/api/v1/live/ticket", Open::SignedIn),
    ("get", "/api/v1/invoices", Open::SignedIn),
    ("get", "/api/v1/orders", Open::SignedIn),
    ("get", "/api/v1/payments", Open::SignedIn),
    ("get", "/api/v1/refunds", Open::SignedIn),
    ("get", "/api/v1/backups", Open::SignedIn),
    ("get", "/api/v1/plans", Open::SignedIn),
    ("get", "/api/v1/plans/{id}", Open::SignedIn),
    ("post", "/api/v1/tenants", Open::SignedIn),
    ("get", "/api/v1/subdomains/{name}", Open::SignedIn),
    ("get", "/api/v1/usage", Open::SignedIn),
    ("get", "/api/v1/usage.csv", Open::SignedIn),
    ("get", "/api/v1/accounts/{id}", Open::OfOwner),
    ("put", "/api/v1/accounts/{id}", Open::OfOwner),
    ("get", "/api/v1/accounts/{id}/credit", Open::OfOwner),
    ("get", "/api/v1/accounts/{id}/credit.csv", Open::OfOwner),
    ("get", "/api/v1/accounts/{id}/spending", Open::OfOwner),
    ("get", "/api/v1/accounts/{id}/spending.csv", Open::OfOwner),
    ("get", "/api/v1/payments/{id}", Open::OfOwner),
    ("get", "/api/v1/refunds/{id}", Open::OfOwner),
    ("get", "/api/v1/invoices/{id}", Open::OfOwner),
    ("get", "/api/v1/invoices/{id}/pdf", Open::OfOwner),
    ("get", "/api/v1/invoices/{id}/lines/{n}/explain", Open::OfOwner),
    ("get", "/api/tenant/{id}/status", Open::OfOwner),
    ("get", "/api/v1/tenants/{id}/status", Open::OfOwner),
    ("get", "/api/v1/tenants/{id}/history", Open::OfOwner),
    ("get", "/api/v1/tenants/{id}/usage", Open::OfOwner),
    ("get", "/api/v1/tenants/{id}/usage.csv", Open::OfOwner),
    ("get", "/api/v1/tenants/{id}/usage/hours", Open::OfOwner),
    ("post", "/api/v1/tenants/{id}/discard", Open::OfOwner),
    ("get", "/api/v1/tenants/{id}/corrections", Open::OfOwner),
    ("get", "/api/v1/tenants/{id}/cycles", Open::OfOwner),
    ("get", "/api/v1/tenants/{id}/cycles.csv", Open::OfOwner),
    ("get", "/api/v1/tenants/{id}/cycles/{n}/export", Open::OfOwner),
    ("get", "/api/v1/tenants/{id}/cycles/{n}/explain", Open::OfOwner),
    ("get", "/api/v1/tenants/{id}/explain", Open::OfOwner),
    ("get", "/api/v1/tenants/{id}/next-order", Open::OfOwner),
    ("get", "/api/v1/tenants/{id}/shadow-bill", Open::OfOwner),
    ("get", "/api/v1/tenants/{id}/shadow-bill.csv", Open::OfOwner),
    ("get", "/api/v1/tenants/{id}/plan-change", Open::OfOwner),
    ("post", "/api/v1/tenants/{id}/plan-change", Open::OfOwner),
    ("post", "/api/v1/tenants/{id}/checkout", Open::OfOwner),
    ("post", "/api/v1/tenants/{id}/stop", Open::OfOwner),
    ("post", "/api/v1/tenants/{id}/start", Open::OfOwner),
    ("post", "/api/v1/tenants/{id}/retry", Open::OfOwner),
    ("post", "/api/v1/tenants/{id}/refund", Open::OfOwner),
    ("post", "/api/v1/tenants/{id}/cancel", Open::OfOwner),
    ("post", "/api/v1/tenants/{id}/keep", Open::OfOwner),
    ("post", "/api/v1/tenants/{id}/trial", Open::OfOwner),
    ("post", "/api/v1/tenants/{id}/open", Open::OfOwner),
    ("post", "/api/v1/tenants/{id}/delete", Open::OfOwner),
    ("get", "/api/v1/tenants/{id}/jobs", Open::OfOwner),
    ("get", "/api/v1/tenants/{id}/backups", Open::OfOwner),
    ("post", "/api/v1/tenants/{id}/backups", Open::OfOwner),
    ("post", "/api/v1/tenants/{id}/restore", Open::OfOwner),
    ("post", "/api/v1/tenants/{id}/plan-version", Open::OperatorOnly),
    ("post", "/api/v1/tenants/{id}/corrections", Open::OperatorOnly),
    ("post", "/api/v1/tenants/{id}/suspend", Open::OperatorOnly),
    ("post", "/api/v1/tenants/{id}/resume", Open::OperatorOnly),
    ("post", "/api/v1/invoices/{id}/credit-notes", Open::OperatorOnly),
    ("get", "/api/v1/payments/{id}/notices", Open::OperatorOnly),
    ("post", "/api/v1/receipts/{id}/refunds", Open::OperatorOnly),
    ("post", "/api/v1/receipts/{id}/accept", Open::OperatorOnly),
    ("post", "/api/v1/refunds/{id}/paid-out", Open::OperatorOnly),
    ("get", "/api/v1/manual-payments", Open::OperatorOnly),
    ("post", "/api/v1/tenants/{id}/manual-payments", Open::OperatorOnly),
    ("post", "/api/v1/manual-payments/{id}/approve", Open::OperatorOnly),
    ("post", "/api/v1/manual-payments/{id}/reject", Open::OperatorOnly),
    ("get", "/api/v1/alerts", Open::OperatorOnly),
    ("post", "/api/v1/alerts/{id}/resolve", Open::OperatorOnly),
    ("get", "/api/v1/reconciliations", Open::OperatorOnly),
    ("post", "/api/v1/reconciliations", Open::OperatorOnly),
    ("get", "/api/v1/reconciliations/{id}/differences.csv", Open::OperatorOnly),
    ("post", "/api/v1/accounts/{id}/clock", Open::OperatorOnly),
    ("get", "/api/v1/servers", Open::OperatorOnly),
    ("post", "/api/v1/servers", Open::OperatorOnly),
    ("put", "/api/v1/servers/{id}", Open::OperatorOnly),
    ("post", "/api/v1/servers/{id}/survey", Open::OperatorOnly),
    ("get", "/api/v1/servers/{id}/databases", Open::OperatorOnly),
    ("post", "/api/v1/servers/{id}/adopt", Open::OperatorOnly),
    ("post", "/api/v1/servers/{id}/import", Open::OperatorOnly),
    ("post", "/api/v1/plans", Open::OperatorOnly),
    ("post", "/api/v1/plans/{id}/versions", Open::OperatorOnly),
    ("put", "/api/v1/plans/{id}/versions/{number}", Open::OperatorOnly),
    ("post", "/api/v1/plans/{id}/versions/{number}/publish", Open::OperatorOnly),
    ("post", "/api/v1/plans/{id}/versions/{number}/move-tenants", Open::OperatorOnly),
    ("post", "/api/v1/plans/{id}/archive", Open::OperatorOnly),
];

fn open_to(wanted: &[Open]) -> impl Iterator<Item = (Method, &'static str, Open)> {
    let of = |name: &str| match name {
        "get" => Method::GET,
        "put" => Method::PUT,
        _ => Method::POST,
    };
    ADDRESSES.iter().filter(|(_, _, open)| wanted.contains(open)).map(move |&(name, path, open)| (of(name), path, open))
}

/// The digits of an id that names nothing.
const NOTHING: &str = "01937b1c8f2e7c3d9a4b5c6d7e8f9012";

/// What an address is about: its prefix, and the id of the owner's own.
struct Things(Vec<(&'static str, &'static str, String)>);

impl Things {
    /// One of each that the owner has, or the operator.
    async fn gather(stage: &Stage, owner: &Persona, panel: &harness::Panel, payment: &str) -> Self {
        let invoices = stage.app.store.invoices(None, None, 1).await.expect("an answer");
        let invoice = invoices.first().map_or_else(|| format!("inv_{NOTHING}"), |first| first.invoice_id.to_string());
        let asked = json!({ "email": "asked@example.com", "role": "viewer" });
        let asked = owner.post_json("/api/v1/invitations", &asked).await.ok(201);
        Self::let_money_go_wrong(stage).await;
        let first = async |table: &str| {
            let rows = stage.database.rows(&format!("SELECT id FROM {table} ORDER BY id LIMIT 1")).await;
            rows.first().and_then(|row| row["id"].as_str().map(str::to_owned)).unwrap_or_else(|| format!("xxx_{table}"))
        };
        let drafted = stage.draft_plan("Not for sale yet", &terms()).await;
        Self(vec![
            ("/tenant", "ten", panel.id.to_string()),
            ("/payments/", "pay", payment.to_owned()),
            ("/invoices/", "inv", invoice),
            ("/accounts/", "acc", owner.account_id()),
            ("/notices/", "ntc", first("notices").await),
            ("/plans", "pln", drafted.id.to_string()),
            ("/receipts/", "rcp", first("receipts").await),
            ("/refunds/", "rfd", first("refunds").await),
            ("/manual-payments", "mnl", first("manual_payments").await),
            ("/alerts", "alt", first("alerts").await),
            ("/reconciliations", "rec", first("reconciliations").await),
            ("/servers", "srv", first("servers").await),
            ("/sign-ins", "ses", Self::sign_in_of(owner).await),
            ("/members", "usr", owner.keys().me["user_id"].as_str().unwrap().to_owned()),
            ("/invitations", "ivt", asked["invitation_id"].as_str().unwrap().to_owned()),
        ])
    }

    async fn sign_in_of(owner: &Persona) -> String {
        let list = owner.get("/api/v1/me/sign-ins").await.ok(200);
        list["items"][0]["session_id"].as_str().unwrap().to_owned()
    }

    /// Leaves one of each thing that has to do with money that does not simply settle an order.
    async fn let_money_go_wrong(stage: &Stage) {
        let (owner, operator) = (stage.owner().await, stage.operator().await);
        stage.gateway.set_faults(Faults { risky: true, ..Faults::default() });
        let other = stage.panel(owner, "other", terms()).await;
        let held = stage.pay(owner, &other, "held").await;
        stage.gateway.set_faults(Faults::default());
        let view = operator.payment(&held).await;
        let path = format!("/api/v1/receipts/{}/refunds", view["receipts"][0]["receipt_id"].as_str().unwrap());
        let back = json!({ "amount_minor": null, "reason": "It looks stolen." });
        operator.post_keyed(&path, "back", &back).await.is(201);
        let cash = json!({ "method": "cash", "amount_minor": 1, "reference": "one" });
        let third = stage.panel(owner, "third", terms()).await;
        operator.post_keyed(&third.path("manual-payments"), "cash", &cash).await.is(201);
        stage.work().await;
    }

    /// The address of the owner's own, and the same of something that does not exist.
    fn paths(&self, path: &str) -> (String, String) {
        let (_, prefix, id) = self.0.iter().find(|(part, _, _)| path.contains(part)).expect("a known kind of thing");
        (path.replace("{id}", id), path.replace("{id}", &format!("{prefix}_{NOTHING}")))
    }
}

/// A request that would be answered if it came from the right person.
async fn ask(persona: &Persona, method: Method, path: &str) -> Answer {
    let path = path.replace("{number}", "1").replace("{n}", "1");
    let plan = format!("pln_{NOTHING}");
    let request = persona.request(method.clone(), &path).header("idempotency-key", "a-key").header("if-match", "*");
    let (from, to) = (harness::beginning().plus(5), harness::beginning().plus(3_605));
    let body = match path.rsplit('/').next() {
        Some("suspend") => json!({ "message": "Closed by a stranger." }),
        Some("plan-change") => json!({ "plan_id": plan, "when": "next_cycle" }),
        Some("plan-version") => json!({ "plan_version_id": plan.replace("pln_", "plv_") }),
        Some("plans") => json!({ "name": "A stranger's", "terms": terms() }),
        Some("tenants") => json!({ "name": "A stranger's", "subdomain": "strange", "plan_id": plan }),
        Some("versions" | "1") => json!({ "terms": terms() }),
        Some("corrections") => json!({ "from": from, "to": to, "seen": "down", "reason": "A stranger's." }),
        Some("clock") => json!({ "advance_seconds": 60 }),
        Some("refunds") => json!({ "amount_minor": 1, "reason": "A stranger's." }),
        Some("paid-out") => json!({ "reference": "A stranger's." }),
        Some("resolve") => json!({ "remedy": "acknowledge", "note": "A stranger's." }),
        Some("manual-payments") => json!({ "method": "cash", "amount_minor": 1, "reference": "A stranger's." }),
        Some("credit-notes") => json!({ "lines": [{ "position": 1, "gross_minor": 1 }], "reason": "A stranger's." }),
        Some("delete") => json!({ "subdomain": "rahim" }),
        Some("restore") => json!({ "backup_id": format!("bak_{NOTHING}"), "subdomain": "rahim" }),
        Some("import") => json!({ "rows": [] }),
        Some("profile") => json!({ "name": "A stranger's", "language": "en" }),
        Some("password") => json!({ "current": "a stranger's", "new": "a stranger's" }),
        Some("second-factor") => json!({ "password": "a stranger's" }),
        Some("confirm") => json!({ "code": "123456" }),
        Some("recovery-codes") => json!({ "password": "a stranger's", "code": "123456" }),
        Some("remove") if path.contains("/me/") => json!({ "password": "a stranger's", "code": "123456" }),
        Some("invitations") => json!({ "email": "asked-too@example.com", "role": "viewer" }),
        _ if path.contains("/members/") => json!({ "role": "viewer" }),
        Some("adopt") => {
            json!({ "database": "theirs", "name": "A stranger's", "owner_email": "mallory@example.com", "plan": "Silver" })
        }
        _ if path.contains("/servers") && !path.ends_with("survey") => {
            json!({ "name": "A stranger's", "url": "http://127.0.0.1:1", "template": "template", "capacity": 1 })
        }
        _ if path.contains("/accounts/") => {
            json!({ "name": "A stranger's", "address": "", "bin": null, "zone": "Asia/Dhaka" })
        }
        _ => Value::Null,
    };
    let named = request.query(&[("plan_id", plan.as_str())]);
    persona.send(if body.is_null() || method == Method::GET { named } else { named.json(&body) }).await
}

// Harm prevented: an address is added, and nobody thinks of who may use it.
async fn every_address_is_on_the_list(stage: Arc<Stage>) {
    let document = stage.nobody().get("/api/openapi.json").await.ok(200);
    let mut served = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys().filter(|key| *key != "parameters") {
            served.insert((method.clone(), path.clone()));
        }
    }
    let listed: BTreeSet<_> =
        ADDRESSES.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    assert_eq!(served, listed, "decide here who may use a new address");
    // And what the document says of it is what is true.
    for (method, path, open) in ADDRESSES {
        let own = &document["paths"][path][method]["security"];
        let public = own.as_array().is_some_and(|ways| ways.contains(&json!({})));
        let by_token = *path == "/api/v1/payments/{id}";
        assert_eq!(public, *open == Open::ToAnybody || by_token, "{method} {path}: {own}");
    }
}

// Harm prevented: a customer reads, stops or pays for another's panel by its id, or learns that it exists.
async fn what_is_not_yours_does_not_exist(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    stage.pass_hours(6).await;
    let payment = stage.checkout(owner, &panel, "mine").await;
    let things = Things::gather(&stage, owner, &panel, &payment).await;
    let before = stage.database.dump(harness::EVERYTHING).await;
    for (method, path, open) in open_to(&[Open::OfOwner, Open::OfPeople, Open::OperatorOnly]) {
        let (theirs, nothing) = things.paths(path);
        let not_theirs = ask(stranger, method.clone(), &theirs).await.refused(404, "not_found");
        let not_there = ask(stranger, method.clone(), &nothing).await.refused(404, "not_found");
        let same = not_theirs["detail"] == not_there["detail"];
        assert!(same, "{method} {path}: one cannot tell it from what is not there");
        ask(stranger, method.clone(), &path.replace("{id}", "ten_nonsense")).await.refused(404, "not_found");
        if open == Open::OfPeople {
            ask(stage.operator().await, method, &theirs).await.refused(404, "not_found");
        } else if open == Open::OperatorOnly {
            ask(owner, method, &theirs).await.refused(404, "not_found");
        }
    }
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
    stage.act(&payment, sandbox::gateway::Action::Cancel).await;
}

// Harm prevented: an address forgets to ask who is there.
async fn what_needs_a_sign_in_asks_for_one(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let payment = stage.checkout(owner, &panel, "mine").await;
    let things = Things::gather(&stage, owner, &panel, &payment).await;
    let mut forged = owner.keys().clone();
    let (head, _) = forged.access_token.rsplit_once('.').unwrap();
    forged.access_token = format!("{head}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    let unsigned = "eyJhbGciOiJub25lIn0";
    let mut none = owner.keys().clone();
    none.access_token = format!("{unsigned}.{}.", none.access_token.split('.').nth(1).unwrap());
    let before = stage.database.dump(harness::EVERYTHING).await;
    for (method, path, _) in open_to(&[Open::SignedIn, Open::OfOwner, Open::OfPeople, Open::OperatorOnly]) {
        let theirs = if path.contains("{id}") { things.paths(path).0 } else { path.to_owned() };
        for nobody in [stage.nobody(), stage.nobody().with(forged.clone()), stage.nobody().with(none.clone())] {
            ask(&nobody, method.clone(), &theirs).await.refused(401, "unauthenticated");
        }
    }
    for (method, path, _) in open_to(&[Open::ByCookie]) {
        ask(&stage.nobody(), method.clone(), path).await.refused(401, "session_ended");
        ask(owner, method, path).await.refused(401, "session_ended");
    }
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
    stage.act(&payment, sandbox::gateway::Action::Cancel).await;
}

// Harm prevented: what an id does not give away, a list does.
async fn lists_hold_nothing_of_others(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    assert_eq!(owner.notices().await, ["renewed"]);
    assert_eq!(stranger.get("/api/v1/tenants").await.ok(200), json!({ "items": [], "next_cursor": null }));
    assert_eq!(stranger.notices().await, Vec::<String>::new());
    stranger.post("/api/v1/notices/read").await.is(204);
    assert_eq!(owner.status(&panel).await["notices_unread"], 1, "a stranger's reading is not the owner's");
    assert_eq!(stranger.get("/api/v1/me").await.ok(200)["email"], "mallory@example.com");
    owner.post("/api/v1/notices/read").await.is(204);
    assert_eq!(owner.status(&panel).await["notices_unread"], 0);
    let notices: Value = owner.get("/api/v1/notices").await.ok(200);
    assert_eq!(notices["items"][0]["read"], true);
}
