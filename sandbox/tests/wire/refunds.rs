//! Refunds and their query.

use sandbox::gateway::{Faults, Mode, RefundEnd, RefundStatus};
use serde_json::Value;

use crate::shop::{Shop, text, value};

/// A shop that was paid 2,500.00, and the bank's name for it.
async fn paid(shop: Shop) -> (Shop, String) {
    let posted = shop.paid("T1").await;
    let bank_tran_id = value(&posted, "bank_tran_id").to_owned();
    (shop, bank_tran_id)
}

async fn refund(shop: &Shop, charge: &str, name: &str, amount: &str) -> Value {
    let fields = [("bank_tran_id", charge), ("refund_trans_id", name), ("refund_amount", amount)];
    shop.ask(&[fields.as_slice(), &[("refund_remarks", "Returned")]].concat()).await
}

async fn asked(shop: &Shop, refund_ref_id: &str) -> Value {
    shop.ask(&[("refund_ref_id", refund_ref_id)]).await
}

// Harm prevented: a refund is believed to be with the customer as soon as it was asked for.
#[tokio::test]
async fn a_refund_is_accepted_then_under_way_then_paid_back() {
    let (shop, charge) = paid(Shop::open()).await;
    let answer = refund(&shop, &charge, "R1", "1000.00").await;
    assert_eq!((text(&answer, "APIConnect"), text(&answer, "status")), ("DONE", "success"));
    assert_eq!((text(&answer, "bank_tran_id"), text(&answer, "trans_id")), (charge.as_str(), "T1"));
    let name = text(&answer, "refund_ref_id");
    assert_eq!(name.len(), 13);
    shop.pass(60);
    let first = asked(&shop, name).await;
    assert_eq!((text(&first, "status"), text(&first, "tran_id")), ("processing", "T1"));
    assert_eq!(text(&first, "initiated_on"), "2026-11-22 12:00:00");
    assert_eq!(text(&first, "refunded_on"), "0000-00-00 00:00:00");
    let second = asked(&shop, name).await;
    assert_eq!((text(&second, "status"), text(&second, "refunded_on")), ("refunded", "2026-11-22 12:01:00"));
}

// Harm prevented: after a timeout the shop asks again, and the customer is paid back twice.
#[tokio::test]
async fn the_same_refund_again_is_the_same_refund() {
    let (shop, charge) = paid(Shop::open()).await;
    shop.suffers(Faults { answer: sandbox::gateway::Answer::HangUp, ..Faults::default() });
    let fields = [("bank_tran_id", charge.as_str()), ("refund_trans_id", "R1"), ("refund_amount", "1000.00")];
    let lost = shop.asks(&[fields.as_slice(), &[("refund_remarks", "Returned")]].concat()).await;
    assert!(lost.is_err(), "it was done, and the answer was lost");
    shop.suffers(Faults::default());
    let answer = refund(&shop, &charge, "R1", "1000.00").await;
    let books = shop.gateway.books();
    assert_eq!(books.refunds.len(), 1);
    assert_eq!(text(&answer, "status"), "processing");
    assert_eq!(text(&answer, "refund_ref_id"), books.refunds[0].refund_ref_id);
}

// Harm prevented: partial refunds of a charge exceed the charge, or a refund of somebody else's charge is believed.
#[tokio::test]
async fn what_cannot_be_refunded_is_refused() {
    let (shop, charge) = paid(Shop::open()).await;
    let outcome = async |charge: &str, name: &str, amount: &str| {
        let answer = refund(&shop, charge, name, amount).await;
        (text(&answer, "APIConnect").to_owned(), text(&answer, "status").to_owned())
    };
    let is = |connect: &str, status: &str| (connect.to_owned(), status.to_owned());
    assert_eq!(outcome(&charge, "R1", "2000.00").await, is("DONE", "success"));
    assert_eq!(outcome(&charge, "R2", "500.01").await, is("DONE", "failed"));
    assert_eq!(outcome(&charge, "R2", "500").await, is("DONE", "success"));
    assert_eq!(outcome("invented", "R3", "1.00").await, is("DONE", "failed"));
    for amount in ["0", "-1", "1e1", "1.005"] {
        assert_eq!(outcome(&charge, "R4", amount).await, is("DONE", "failed"), "{amount}");
    }
    assert_eq!(outcome(&charge, "", "1.00").await, is("INVALID_REQUEST", "failed"));
    assert_eq!(shop.gateway.books().refunds.len(), 2);
}

// Harm prevented: SDKs that never send a refund's name cannot be rehearsed.
#[tokio::test]
async fn observed_refunds_need_no_name() {
    let (shop, charge) = paid(Shop::with(|config| config.mode = Mode::Observed)).await;
    for expected in ["success", "success", "failed"] {
        let answer = shop.ask(&[("bank_tran_id", &charge), ("refund_amount", "1250.00")]).await;
        assert_eq!(text(&answer, "status"), expected);
    }
}

// Harm prevented: a refund that the bank gives up is waited for for ever, or the money counted as gone.
#[tokio::test]
async fn a_refund_ends_as_it_is_told_to() {
    let (shop, charge) = paid(Shop::with(|config| config.refund_queries = None)).await;
    let name = text(&refund(&shop, &charge, "R1", "2500.00").await, "refund_ref_id").to_owned();
    for _ in 0..5 {
        assert_eq!(text(&asked(&shop, &name).await, "status"), "processing");
    }
    assert!(shop.gateway.settle_refund(&name, RefundEnd::Cancelled));
    assert!(!shop.gateway.settle_refund(&name, RefundEnd::Refunded), "it has ended");
    assert_eq!(text(&asked(&shop, &name).await, "status"), "cancelled");
    assert_eq!(text(&refund(&shop, &charge, "R2", "2500.00").await, "status"), "success");
    let statuses: Vec<_> = shop.gateway.books().refunds.iter().map(|refund| refund.status).collect();
    assert_eq!(statuses, [RefundStatus::Cancelled, RefundStatus::Processing]);

    let (shop, charge) = paid(Shop::with(|config| config.refund_queries = Some(0))).await;
    shop.suffers(Faults { refund_end: Some(RefundEnd::Cancelled), ..Faults::default() });
    let name = text(&refund(&shop, &charge, "R1", "1.00").await, "refund_ref_id").to_owned();
    assert_eq!(text(&asked(&shop, &name).await, "status"), "cancelled");
}

// Harm prevented: a wrong password, or a name that nobody knows, reads as a refund that failed at the bank.
#[tokio::test]
async fn an_unknown_refund_and_a_wrong_password_read_as_seen() {
    let shop = Shop::open();
    let unknown = asked(&shop, "59bd63fea5455").await;
    assert_eq!((text(&unknown, "APIConnect"), text(&unknown, "status")), ("DONE", "failed"));
    assert_eq!(text(&unknown, "errorReason"), "Unknown Refund Ref ID");
    assert_eq!((text(&unknown, "refunded_on"), text(&unknown, "tran_id")), ("0000-00-00 00:00:00", ""));
    let wrong = shop.ask(&[("refund_ref_id", "59bd63fea5455"), ("store_passwd", "wrong")]).await;
    assert_eq!((text(&wrong, "APIConnect"), text(&wrong, "status")), ("FAILED", "INVALID"));
}

// Harm prevented: the first refund in production fails, since nobody had met the list of addresses before.
#[tokio::test]
async fn an_unregistered_address_is_refused() {
    let (shop, charge) = paid(Shop::open()).await;
    shop.suffers(Faults { refund_ip_unregistered: true, ..Faults::default() });
    assert_eq!(text(&refund(&shop, &charge, "R1", "1.00").await, "status"), "failed");
    assert!(shop.gateway.books().refunds.is_empty());
    shop.suffers(Faults::default());
    assert_eq!(text(&refund(&shop, &charge, "R1", "1.00").await, "status"), "success");
}
