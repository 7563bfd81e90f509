//! Many at once: the same notice, many payers, and a gateway that is gone for an hour.

use harness::{Stage, terms};
use hourglass_tests as harness;
use sandbox::gateway::{Action, Answer, Faults};
use serde_json::json;
use shared::time::HOUR;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Instant;

harness::stories!(two_hundred_and_fifty_six_equal_notices_settle_once, an_hour_without_the_gateway_loses_nothing,);

/// So many equal notices, beside the returning browser and the sweeper.
const NOTICES: usize = 256;

// Harm prevented: a gateway that repeats itself, a browser that comes back and a sweeper each renew the panel.
async fn two_hundred_and_fifty_six_equal_notices_settle_once(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    stage.gateway.set_faults(Faults::skip_ipn());
    let payment = stage.checkout(owner, &panel, "one").await;
    let back = stage.act(&payment, Action::Pay).await;
    stage.wait(130);
    let (other, elsewhere) = stage.another(|_| ()).await;
    let began = Instant::now();
    let mut all = tokio::task::JoinSet::new();
    for number in 0..NOTICES {
        let at = if number % 2 == 0 { stage.nobody() } else { elsewhere.clone() };
        let fields = back.fields.clone();
        all.spawn(async move { at.post_form("/pay/sslcommerz/ipn", &fields).await.status });
    }
    let (browser, fields) = (stage.nobody(), back.fields.clone());
    all.spawn(async move { browser.post_form("/pay/sslcommerz/return", &fields).await.status });
    all.spawn(async move {
        hourglass::worker::turn(&other, 1).await;
        0
    });
    let answers = all.join_all().await;
    let took = began.elapsed();
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), NOTICES, "{answers:?}");
    stage.work().await;
    assert_eq!(owner.payment(&payment).await["state"], "settled");
    for (table, condition, many) in [
        ("orders", "settled_at IS NOT NULL", 1),
        ("receipts", "1 = 1", 1),
        ("cycles", "1 = 1", 1),
        ("invoices", "1 = 1", 1),
        ("journals", "1 = 1", 2),
        ("payment_notices", "outcome = 'settled'", 1),
        ("notices", "kind = 'renewed'", 1),
        ("audit_log", "what = 'payment_moved'", 1),
    ] {
        assert_eq!(stage.database.count(table, condition).await, many, "{table} where {condition}");
    }
    stage.assert_balanced().await;
    let _ = writeln!(std::io::stderr(), "{NOTICES} notices, the browser and the sweeper: {} ms", took.as_millis());
}

// Harm prevented: while the gateway is down customers see errors without words, and who paid just before is forgotten.
async fn an_hour_without_the_gateway_loses_nothing(stage: Arc<Stage>) {
    const PANELS: usize = 6;
    let owner = stage.owner().await;
    let mut payments = Vec::new();
    for number in 0..PANELS {
        let panel = stage.panel(owner, &format!("panel{number}"), terms()).await;
        payments.push((stage.checkout(owner, &panel, &format!("before-{number}")).await, panel));
    }
    // Its pages still take money; its interfaces and its notices are gone.
    stage.gateway.set_faults(Faults { answer: Answer::ServerError, ..Faults::skip_ipn() });
    for (payment, _) in &payments {
        let back = stage.act(payment, Action::Pay).await;
        stage.nobody().post_form("/pay/sslcommerz/ipn", &back.fields).await.refused(503, "gateway_unavailable");
        stage.nobody().post_form("/pay/sslcommerz/return", &back.fields).await.is(303);
    }
    let late = stage.panel(owner, "late", terms()).await;
    for minute in 0..60 {
        if minute % 10 == 0 {
            let owner = stage.again("rahim@example.com").await;
            let said = owner.checkout(&late, &format!("minute-{minute}")).await.refused(503, "gateway_unavailable");
            let words = "There is no answer from the payment gateway. Nothing is lost: try again shortly.";
            assert_eq!((&said["detail"], &said["retry_after_seconds"]), (&json!(words), &json!(10)));
        }
        stage.wait(HOUR / 60);
        stage.skip(HOUR / 60);
        stage.work().await;
    }
    let owner = &stage.again("rahim@example.com").await;
    for (payment, panel) in &payments {
        assert_eq!(owner.payment(payment).await["state"], "open", "nothing is concluded from silence");
        assert_eq!(owner.status(panel).await["panel"]["status"], "pending");
    }
    stage.gateway.set_faults(Faults::default());
    stage.pay(owner, &late, "at-last").await;
    stage.wait(2 * HOUR);
    stage.work().await;
    let owner = &stage.again("rahim@example.com").await;
    for (payment, _) in &payments {
        assert_eq!(owner.payment(payment).await["state"], "settled");
    }
    assert_eq!(stage.database.count("cycles", "1 = 1").await, i64::try_from(PANELS).unwrap() + 1);
    let taken: i64 = stage.gateway.books().charges.iter().map(|charge| charge.store_amount.minor).sum();
    assert_eq!(stage.database.balance("gateway_cash").await, taken);
    stage.assert_balanced().await;
}
