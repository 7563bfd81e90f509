//! Those who would rather not pay: forged, changed, borrowed and repeated notices.
//!
//! Where a notice is signed anew it is with the store's own password: even that must not be enough.

use harness::{Fields, Panel, Stage, resign, set, terms, value};
use hourglass_tests as harness;
use sandbox::gateway::{Action, Faults};
use serde_json::json;
use std::sync::Arc;

harness::stories!(
    a_forged_notice_books_nothing,
    a_forged_return_shows_and_books_nothing,
    a_genuine_notice_may_be_repeated_for_ever,
    a_notice_that_was_changed_books_nothing,
    somebody_elses_charge_books_nothing,
    a_charge_that_is_booked_is_not_booked_again_under_another_name,
    a_charge_that_is_not_as_ordered_is_left_to_a_person,
    a_notice_about_nobodys_payment_is_answered_and_kept,
);

const IPN: &str = "/pay/sslcommerz/ipn";
const RETURN: &str = "/pay/sslcommerz/return";
/// What money buys.
const BOUGHT: &[&str] = &["tenants", "cycles", "usage_windows", "orders", "invoices"];

/// A payment that waits for its money, and a notice about it that the gateway never sent.
async fn invented(stage: &Stage) -> (String, Panel, Fields) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    // A genuine notice about another attempt is the forger's pattern.
    let pattern = stage.checkout(owner, &panel, "pattern").await;
    let mut fields = stage.act(&pattern, Action::Cancel).await.fields;
    let payment = stage.checkout(owner, &panel, "one").await;
    let tran_id = stage.tran_id(&payment).await;
    // Everything looks right but for the signatures, which the forger cannot make.
    let listed = format!("{},val_id", value(&fields, "verify_key"));
    for (name, to) in [
        ("tran_id", tran_id.as_str()),
        ("status", "VALID"),
        ("val_id", "invented"),
        ("error", ""),
        ("verify_key", &listed),
    ] {
        set(&mut fields, name, to);
    }
    (payment, panel, fields)
}

// Harm prevented: whoever knows the address renews for nothing.
async fn a_forged_notice_books_nothing(stage: Arc<Stage>) {
    let (payment, panel, mut fields) = invented(&stage).await;
    let nobody = stage.nobody();
    let before = stage.database.dump(harness::MONEY).await;
    nobody.post_form(IPN, &fields).await.refused(400, "notice_rejected");
    nobody.post_form(IPN, &Fields::new()).await.refused(400, "notice_rejected");
    nobody.post_form(IPN, &[("tran_id".to_owned(), "x".to_owned())]).await.refused(400, "notice_rejected");
    // One row for each payment that is named and each reason, however many are posted: nobody fills the disk.
    for flood in 0..20 {
        let tran_id = ("tran_id".to_owned(), format!("x{flood}"));
        nobody.post_form(IPN, &[tran_id]).await.refused(400, "notice_rejected");
    }
    assert_eq!(stage.database.count("audit_log", "what = 'notice_rejected'").await, 2, "the trail stays");
    assert_eq!(stage.database.count("payment_notices", "verdict <> 'signed'").await, 2);
    // Signed with the right password: taken as a claim, and the gateway knows nothing of it.
    resign(&mut fields);
    nobody.post_form(IPN, &fields).await.is(200);
    assert_eq!(stage.database.dump(harness::MONEY).await, before);
    assert_eq!(stage.owner().await.payment(&payment).await["state"], "open");
    assert_eq!(stage.gate(&panel).await.0, 403);
    assert_eq!(
        stage.database.count("payment_notices", "val_id = 'invented'").await,
        1,
        "what is signed is kept as it came"
    );
}

// Harm prevented: a payer edits the form that carries them back, as was possible before.
async fn a_forged_return_shows_and_books_nothing(stage: Arc<Stage>) {
    let (payment, _, fields) = invented(&stage).await;
    let before = stage.database.dump(harness::MONEY).await;
    let answer = stage.nobody().post_form(RETURN, &fields).await.is(303);
    assert_eq!(answer.header("location"), Some(format!("/pay/{payment}").as_str()), "without a key to look");
    assert_eq!(stage.nobody().post_form(RETURN, &Fields::new()).await.is(303).header("location"), Some("/"));
    assert_eq!(stage.database.dump(harness::MONEY).await, before);
    assert_eq!(stage.database.count("audit_log", "what = 'notice_rejected'").await, 2);
}

// Harm prevented: a notice that is sent again, by the gateway or by whoever saw it, renews again.
async fn a_genuine_notice_may_be_repeated_for_ever(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let payment = stage.pay(owner, &panel, "one").await;
    let tran_id = stage.tran_id(&payment).await;
    let before = stage.database.dump(harness::EVERYTHING).await;
    for _ in 0..5 {
        assert!(stage.gateway.replay_ipn(&tran_id).await);
        let fields = stage.gateway.notice(&tran_id).unwrap();
        stage.nobody().post_form(RETURN, &fields).await.is(303);
    }
    assert!(stage.gateway.deliveries().iter().all(|sent| (sent.answered, sent.tries) == (Some(200), 1)));
    stage.work().await;
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
}

// Harm prevented: ten taka are paid, and the notice is made to say twelve hundred; or the other way round.
async fn a_notice_that_was_changed_books_nothing(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    stage.gateway.set_faults(Faults::skip_ipn());
    let payment = stage.checkout(owner, &panel, "one").await;
    let genuine = stage.act(&payment, Action::Pay).await.fields;
    let before = stage.database.dump(harness::MONEY).await;
    for (name, to) in
        [("amount", "10.00"), ("currency_amount", "10.00"), ("currency_type", "INR"), ("status", "FAILED")]
    {
        let mut changed = genuine.clone();
        set(&mut changed, name, to);
        stage.nobody().post_form(IPN, &changed).await.refused(400, "notice_rejected");
    }
    assert_eq!(stage.database.dump(harness::MONEY).await, before);
    // What a notice says of amounts is no ground for anything: the gateway's own record is.
    let mut resigned = genuine;
    set(&mut resigned, "amount", "10.00");
    resign(&mut resigned);
    stage.nobody().post_form(IPN, &resigned).await.is(200);
    assert_eq!(owner.payment(&payment).await["state"], "settled", "the gateway has the right amount on record");
    stage.work().await;
}

/// A notice of somebody else's payment, dressed up as one of `payment`.
async fn borrowed(stage: &Stage, charge_of: &str, payment: &str) -> Fields {
    let charge = stage.gateway.notice(&stage.tran_id(charge_of).await).unwrap();
    let mut fields = charge;
    set(&mut fields, "tran_id", &stage.tran_id(payment).await);
    resign(&mut fields);
    fields
}

// Harm prevented: one customer's receipt renews another customer's panel.
async fn somebody_elses_charge_books_nothing(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let panel = stage.panel(owner, "rahim", terms()).await;
    let theirs = stage.panel(stranger, "mallory", terms()).await;
    stage.gateway.set_faults(Faults::skip_ipn());
    let charge_of = stage.checkout(owner, &panel, "one").await;
    stage.act(&charge_of, Action::Pay).await;
    let payment = stage.checkout(stranger, &theirs, "one").await;
    let fields = borrowed(&stage, &charge_of, &payment).await;
    let before = stage.database.dump(harness::MONEY).await;
    stage.nobody().post_form(IPN, &fields).await.is(200);
    stage.nobody().post_form(RETURN, &fields).await.is(303);
    assert_eq!(stage.database.dump(harness::MONEY).await, before);
    assert_eq!(stage.database.count("audit_log", "what = 'foreign_charge_claimed'").await, 2, "the trail stays");
    // The charge is still good for the payment that it was made for.
    stage.gateway.set_faults(Faults::default());
    assert!(stage.gateway.replay_ipn(&stage.tran_id(&charge_of).await).await);
    assert_eq!(owner.payment(&charge_of).await["state"], "settled");
    assert_eq!(stranger.payment(&payment).await["state"], "open");
    stage.work().await;
}

// Harm prevented: one charge buys a cycle for each of a customer's own panels.
async fn a_charge_that_is_booked_is_not_booked_again_under_another_name(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let other = stage.panel(owner, "karim", terms()).await;
    let charge_of = stage.pay(owner, &panel, "one").await;
    let payment = stage.checkout(owner, &other, "two").await;
    let fields = borrowed(&stage, &charge_of, &payment).await;
    let before = stage.database.dump(harness::MONEY).await;
    stage.nobody().post_form(IPN, &fields).await.is(200);
    assert_eq!(stage.database.dump(harness::MONEY).await, before);
    assert_eq!(owner.payment(&payment).await["state"], "open");
    assert_eq!(owner.status(&other).await["panel"]["status"], "pending");
}

// Harm prevented: a session that was tampered with at the gateway, or a stolen card, renews a panel unseen.
async fn a_charge_that_is_not_as_ordered_is_left_to_a_person(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let text = |text: &str| Some(text.to_owned());
    for (key, faults, state) in [
        ("charged", Faults { charged_amount: text("10.00"), ..Faults::default() }, "mismatch"),
        ("requested", Faults { requested_amount: text("1199.99"), ..Faults::default() }, "mismatch"),
        ("currency", Faults { requested_currency: text("INR"), ..Faults::default() }, "mismatch"),
        ("unreadable", Faults { charged_amount: text("1.2e3"), ..Faults::default() }, "mismatch"),
        ("risky", Faults { risky: true, ..Faults::default() }, "held"),
    ] {
        let payment = stage.checkout(owner, &panel, key).await;
        let before = stage.database.dump(BOUGHT).await;
        stage.gateway.set_faults(faults);
        stage.act(&payment, Action::Pay).await;
        stage.gateway.set_faults(Faults::default());
        assert_eq!(owner.payment(&payment).await["state"], state, "{key}");
        stage.gateway.replay_ipn(&stage.tran_id(&payment).await).await;
        stage.work().await;
        assert_eq!(owner.payment(&payment).await["state"], state, "{key}, repeated");
        assert_eq!(stage.database.dump(BOUGHT).await, before, "{key}");
        let moved = format!("payment_moved open {state} {}", if state == "held" { "risky" } else { "not_as_ordered" });
        assert_eq!(stage.history(owner, &panel).await.last(), Some(&moved), "{key}");
    }
    // What could be read of it is booked, as nobody's yet.
    assert_eq!(-stage.database.balance("held_payments").await, 1_000 + 3 * 120_000);
    assert_eq!(owner.notices().await, ["payment_held"; 5], "the customer knows that somebody looks at it");
    assert_eq!(owner.status(&panel).await["billing"]["state"], "none");
}

// Harm prevented: the gateway sends a notice again for ever because we do not know the payment; or we forget that it did.
async fn a_notice_about_nobodys_payment_is_answered_and_kept(stage: Arc<Stage>) {
    let (_, _, mut fields) = invented(&stage).await;
    set(&mut fields, "tran_id", "of-another-shop");
    resign(&mut fields);
    let before = stage.database.dump(harness::MONEY).await;
    stage.nobody().post_form(IPN, &fields).await.is(200);
    assert_eq!(stage.nobody().post_form(RETURN, &fields).await.is(303).header("location"), Some("/"));
    assert_eq!(stage.database.dump(harness::MONEY).await, before);
    assert_eq!(stage.database.count("payment_notices", "tran_id = 'of-another-shop'").await, 1);
    assert_eq!(value(&fields, "store_id"), json!("testbox"));
}
