//! What becomes of a payment that is not simply paid.

use harness::{Answer, Stage, terms, value};
use hourglass_tests as harness;
use sandbox::gateway::{Action, Faults};
use serde_json::{Value, json};
use std::sync::Arc;

harness::stories!(
    turning_back_or_being_declined_changes_nothing,
    a_card_that_is_declined_first_and_then_works_is_booked,
    a_new_attempt_for_the_same_order_works,
    the_sweeper_finds_what_no_notice_told,
    a_second_payment_for_one_order_is_credit,
    a_second_payment_is_credit_even_when_the_cycle_is_long_over,
    what_arrives_in_the_same_moment_settles_once,
);

/// Where the payer's browser was sent, which must be the page of a payment that opens without a session.
async fn seen_by_payer(stage: &Stage, answer: &Answer, payment: &str) -> Value {
    assert_eq!(answer.status, 303, "{answer:?}");
    let to = answer.header("location").expect("a way");
    let token = to.strip_prefix(&format!("/pay/{payment}?token=")).unwrap_or_else(|| panic!("{to}"));
    let nobody = stage.nobody();
    nobody.get(&format!("/api/v1/payments/{payment}")).await.refused(401, "unauthenticated");
    nobody.get(&format!("/api/v1/payments/{payment}?token=x{token}")).await.refused(404, "not_found");
    nobody.get(&format!("/api/v1/payments/{payment}?token={token}")).await.ok(200)
}

// Harm prevented: whoever turns back has a panel all the same, or cannot try again; earlier, it was even deleted.
async fn turning_back_or_being_declined_changes_nothing(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    for (action, state) in [
        (Action::Cancel, "cancelled"),
        (Action::Decline, "failed"),
        (Action::Expire, "expired"),
        (Action::Leave, "expired"),
    ] {
        let payment = stage.checkout(owner, &panel, &format!("{action:?}")).await;
        let before = stage.database.dump(harness::NOT_ITS_PAYMENTS).await;
        let back = stage.act(&payment, action).await;
        let answer = stage.nobody().post_form("/pay/sslcommerz/return", &back.fields).await;
        let view = seen_by_payer(&stage, &answer, &payment).await;
        assert_eq!((&view["state"], &view["can_retry"]), (&json!(state), &json!(true)), "{action:?}");
        assert_eq!((&view["cycle"], &view["tenant_url"]), (&json!(null), &json!(null)));
        assert_eq!(stage.database.dump(harness::NOT_ITS_PAYMENTS).await, before, "{action:?}");
    }
    assert_eq!(owner.status(&panel).await["panel"]["status"], "pending");
    assert_eq!(owner.notices().await, Vec::<String>::new());
}

// Harm prevented: money that follows a declined card is taken and forgotten.
async fn a_card_that_is_declined_first_and_then_works_is_booked(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let payment = stage.checkout(owner, &panel, "one").await;
    stage.act(&payment, Action::Decline).await;
    assert_eq!(owner.payment(&payment).await["state"], "failed");
    let back = stage.act(&payment, Action::Pay).await;
    let answer = stage.nobody().post_form("/pay/sslcommerz/return", &back.fields).await;
    let view = seen_by_payer(&stage, &answer, &payment).await;
    assert_eq!((&view["state"], &view["can_retry"]), (&json!("settled"), &json!(false)));
    assert_eq!(view["method"], "BKASH-BKash");
    assert_eq!(view["cycle"]["number"], 1);
    stage.work().await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "creating");
}

// Harm prevented: a failed attempt closes the order for good.
async fn a_new_attempt_for_the_same_order_works(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let first = stage.checkout(owner, &panel, "one").await;
    stage.act(&first, Action::Cancel).await;
    let second = stage.pay(owner, &panel, "two").await;
    let (first, second) = (owner.payment(&first).await, owner.payment(&second).await);
    assert_eq!(first["order_id"], second["order_id"]);
    assert_eq!((&first["state"], &first["can_retry"]), (&json!("cancelled"), &json!(false)), "the order is paid");
    assert_eq!(second["state"], "settled");
}

// Harm prevented: the notice is lost and the payer closes the browser: the money is gone and the panel stays closed.
async fn the_sweeper_finds_what_no_notice_told(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    stage.gateway.set_faults(Faults::skip_ipn());
    let payment = stage.checkout(owner, &panel, "one").await;
    stage.act(&payment, Action::Pay).await;
    stage.work().await;
    assert_eq!(owner.payment(&payment).await["state"], "open", "nobody has asked yet");
    // The gateway is out of order when it is first asked: that says nothing.
    stage.gateway.set_faults(Faults { answer: sandbox::gateway::Answer::Html, ..Faults::skip_ipn() });
    stage.wait(120);
    stage.work().await;
    assert_eq!(owner.payment(&payment).await["state"], "open");
    stage.gateway.set_faults(Faults::skip_ipn());
    stage.wait(300);
    stage.work().await;
    assert_eq!(owner.payment(&payment).await["state"], "settled");
    assert_eq!(owner.status(&panel).await["panel"]["status"], "creating");
}

// Harm prevented: a customer who pays twice in two tabs gets one cycle, and the second payment vanishes.
async fn a_second_payment_for_one_order_is_credit(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let first = stage.checkout(owner, &panel, "one").await;
    let second = stage.checkout(owner, &panel, "two").await;
    stage.act(&first, Action::Pay).await;
    stage.act(&second, Action::Pay).await;
    stage.work().await;
    assert_eq!(owner.payment(&first).await["state"], "settled");
    let view = owner.payment(&second).await;
    assert_eq!((&view["state"], &view["cycle"], &view["can_retry"]), (&json!("credited"), &json!(null), &json!(false)));
    assert_eq!(stage.database.count("cycles", "1 = 1").await, 1);
    assert_eq!(stage.database.balance("customer_credit").await, -120_000);
    let held = stage.database.balance("gateway_cash").await + stage.database.balance("gateway_fees").await;
    assert_eq!(held, 240_000);
    stage.assert_balanced().await;
    assert_eq!(owner.notices().await, ["renewed", "payment_credited"]);
}

// Harm prevented: money for an order that was settled months ago is refused, lost, or buys the old cycle again.
async fn a_second_payment_is_credit_even_when_the_cycle_is_long_over(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let forgotten = stage.checkout(owner, &panel, "in-another-tab").await;
    stage.pay(owner, &panel, "one").await;
    stage.set_up().await;
    stage.pass_hours(11).await;
    stage.pay(owner, &panel, "two").await;
    stage.pass_hours(1).await;
    let before = stage.database.dump(&["cycles", "orders", "tenants", "usage_windows"]).await;
    stage.act(&forgotten, Action::Pay).await;
    stage.work().await;
    assert_eq!(owner.payment(&forgotten).await["state"], "credited");
    assert!(stage.gateway.deliveries().iter().all(|sent| sent.answered == Some(200)));
    assert_eq!(stage.database.dump(&["cycles", "orders", "tenants", "usage_windows"]).await, before);
    assert_eq!(stage.database.balance("customer_credit").await, -120_000);
    stage.assert_balanced().await;
}

// Harm prevented: notice, returning browser and sweeper each book the same money.
async fn what_arrives_in_the_same_moment_settles_once(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    stage.gateway.set_faults(Faults::skip_ipn());
    let payment = stage.checkout(owner, &panel, "one").await;
    let back = stage.act(&payment, Action::Pay).await;
    assert_eq!(value(&back.fields, "status"), "VALID");
    stage.wait(130);
    let (other, elsewhere) = stage.another(|_| ()).await;
    let mut all = tokio::task::JoinSet::new();
    for number in 0..24_u64 {
        let (stage, other, elsewhere, fields) =
            (Arc::clone(&stage), Arc::clone(&other), elsewhere.clone(), back.fields.clone());
        all.spawn(async move {
            match number % 4 {
                0 => drop(stage.nobody().post_form("/pay/sslcommerz/ipn", &fields).await.is(200)),
                1 => drop(stage.nobody().post_form("/pay/sslcommerz/return", &fields).await.is(303)),
                2 => drop(elsewhere.post_form("/pay/sslcommerz/ipn", &fields).await.is(200)),
                _ => drop(hourglass::worker::turn(&other, number + 1).await),
            }
        });
    }
    while let Some(done) = all.join_next().await {
        done.unwrap();
    }
    stage.work().await;
    assert_eq!(owner.payment(&payment).await["state"], "settled");
    for (table, condition, many) in [
        ("cycles", "1 = 1", 1),
        ("journals", "kind = 'invoice_issued'", 1),
        ("journals", "kind = 'payment_received'", 1),
        ("journals", "1 = 1", 2),
        ("invoices", "1 = 1", 1),
        ("orders", "settled_at IS NOT NULL", 1),
        ("audit_log", "what = 'payment_moved'", 1),
        ("audit_log", "what = 'panel_moved'", 1),
        ("notices", "kind = 'renewed'", 1),
    ] {
        assert_eq!(stage.database.count(table, condition).await, many, "{table} where {condition}");
    }
}
