//! Whose is it? Every address of the API, in front of somebody who has no business there.

use harness::{Answer, Persona, Stage, terms};
use hourglass_tests as harness;
use reqwest::Method;
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
    /// Whose panel it is.
    OfPanel,
    /// Whose payment it is.
    OfPayment,
    /// Whose invoice it is.
    OfInvoice,
    /// Whose panel it is; and of them only the operator.
    OperatorOnly,
}

/// A new address fails a story until somebody has decided here whose it is.
const ADDRESSES: &[(&str, &str, Open)] = &[
    ("get", "/healthz", Open::ToAnybody),
    ("get", "/readyz", Open::ToAnybody),
    ("get", "/gate", Open::ToAnybody),
    ("get", "/openapi.yaml", Open::ToAnybody),
    ("get", "/api/v1/about", Open::ToAnybody),
    ("get", "/api/v1/live", Open::ToAnybody),
    ("post", "/pay/sslcommerz/ipn", Open::ToAnybody),
    ("post", "/pay/sslcommerz/return", Open::ToAnybody),
    ("post", "/api/v1/auth/sign-up", Open::ToAnybody),
    ("post", "/api/v1/auth/sign-in", Open::ToAnybody),
    ("post", "/api/v1/auth/refresh", Open::ByCookie),
    ("post", "/api/v1/auth/sign-out", Open::ByCookie),
    ("get", "/api/v1/me", Open::SignedIn),
    ("get", "/api/v1/tenants", Open::SignedIn),
    ("get", "/api/v1/notices", Open::SignedIn),
    ("post", "/api/v1/notices/read", Open::SignedIn),
    ("post", "/api/v1/live/ticket", Open::SignedIn),
    ("get", "/api/v1/payments/{id}", Open::OfPayment),
    ("get", "/api/tenant/{id}/status", Open::OfPanel),
    ("get", "/api/v1/tenants/{id}/status", Open::OfPanel),
    ("get", "/api/v1/tenants/{id}/history", Open::OfPanel),
    ("get", "/api/v1/tenants/{id}/usage", Open::OfPanel),
    ("get", "/api/v1/tenants/{id}/corrections", Open::OfPanel),
    ("post", "/api/v1/tenants/{id}/corrections", Open::OperatorOnly),
    ("get", "/api/v1/tenants/{id}/cycles", Open::OfPanel),
    ("get", "/api/v1/tenants/{id}/cycles/{n}/export", Open::OfPanel),
    ("get", "/api/v1/tenants/{id}/cycles/{n}/explain", Open::OfPanel),
    ("get", "/api/v1/tenants/{id}/explain", Open::OfPanel),
    ("get", "/api/v1/invoices/{id}/lines/{n}/explain", Open::OfInvoice),
    ("post", "/api/v1/tenants/{id}/checkout", Open::OfPanel),
    ("post", "/api/v1/tenants/{id}/stop", Open::OfPanel),
    ("post", "/api/v1/tenants/{id}/start", Open::OfPanel),
    ("post", "/api/v1/tenants/{id}/retry", Open::OfPanel),
    ("post", "/api/v1/tenants/{id}/suspend", Open::OperatorOnly),
    ("post", "/api/v1/tenants/{id}/resume", Open::OperatorOnly),
];

fn open_to(wanted: &[Open]) -> impl Iterator<Item = (Method, &'static str, Open)> {
    let of = |name: &str| if name == "get" { Method::GET } else { Method::POST };
    ADDRESSES.iter().filter(|(_, _, open)| wanted.contains(open)).map(move |&(name, path, open)| (of(name), path, open))
}

/// A request that would be answered if it came from the right person.
async fn ask(persona: &Persona, method: Method, path: &str) -> Answer {
    let takes_back = method == Method::POST && path.ends_with("/corrections");
    let mut request = persona.request(method, &path.replace("{n}", "1")).header("idempotency-key", "a-key");
    if takes_back {
        let (from, to) = (harness::beginning().plus(5), harness::beginning().plus(3_605));
        request = request.json(&json!({ "from": from, "to": to, "seen": "down", "reason": "A stranger's." }));
    }
    if path.ends_with("/suspend") {
        request = request.json(&json!({ "message": "Closed by a stranger." }));
    }
    persona.send(request).await
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
        let by_token = *open == Open::OfPayment;
        assert_eq!(public, *open == Open::ToAnybody || by_token, "{method} {path}: {own}");
    }
}

// Harm prevented: a customer reads, stops or pays for another's panel by its id, or learns that it exists.
async fn what_is_not_yours_does_not_exist(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    stage.pass_hours(6).await;
    let payment = stage.checkout(owner, &panel, "mine").await;
    let invoice = stage.app.store.invoices(None, None, 1).await.unwrap()[0].invoice_id.to_string();
    let unknown = "ten_01937b1c8f2e7c3d9a4b5c6d7e8f9012";
    let before = stage.database.dump(harness::EVERYTHING).await;
    for (method, path, open) in open_to(&[Open::OfPanel, Open::OperatorOnly, Open::OfPayment, Open::OfInvoice]) {
        let (id, other) = match open {
            Open::OfPayment => (payment.clone(), unknown.replace("ten_", "pay_")),
            Open::OfInvoice => (invoice.clone(), unknown.replace("ten_", "inv_")),
            _ => (panel.id.to_string(), unknown.to_owned()),
        };
        let not_theirs = ask(stranger, method.clone(), &path.replace("{id}", &id)).await;
        let problem = not_theirs.refused(404, "not_found");
        let not_there = ask(stranger, method.clone(), &path.replace("{id}", &other)).await.refused(404, "not_found");
        assert_eq!(
            problem["detail"], not_there["detail"],
            "{method} {path}: one cannot tell it from what is not there"
        );
        ask(stranger, method, &path.replace("{id}", "ten_nonsense")).await.refused(404, "not_found");
    }
    for (method, path, _) in open_to(&[Open::OperatorOnly]) {
        ask(owner, method, &path.replace("{id}", &panel.id.to_string())).await.refused(404, "not_found");
    }
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
    stage.act(&payment, sandbox::gateway::Action::Cancel).await;
}

// Harm prevented: an address forgets to ask who is there.
async fn what_needs_a_sign_in_asks_for_one(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let payment = stage.checkout(owner, &panel, "mine").await;
    let mut forged = owner.keys().clone();
    let (head, _) = forged.access_token.rsplit_once('.').unwrap();
    forged.access_token = format!("{head}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    let unsigned = "eyJhbGciOiJub25lIn0";
    let mut none = owner.keys().clone();
    none.access_token = format!("{unsigned}.{}.", none.access_token.split('.').nth(1).unwrap());
    let before = stage.database.dump(harness::EVERYTHING).await;
    let kinds = [Open::SignedIn, Open::OfPanel, Open::OfPayment, Open::OfInvoice, Open::OperatorOnly];
    for (method, path, open) in open_to(&kinds) {
        let id = if open == Open::OfPayment { payment.clone() } else { panel.id.to_string() };
        for nobody in [stage.nobody(), stage.nobody().with(forged.clone()), stage.nobody().with(none.clone())] {
            ask(&nobody, method.clone(), &path.replace("{id}", &id)).await.refused(401, "unauthenticated");
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
