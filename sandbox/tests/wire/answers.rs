//! How questions may be put, how they are answered, and how answers go wrong.

use sandbox::gateway::{Action, Answer, Faults, Operation, StoreState};
use std::collections::BTreeSet;

use crate::shop::{PASSWD, STORE, Shop, text, value};

const SCRIPT: &str = "/validator/api/merchantTransIDvalidationAPI.php";

// Harm prevented: SDKs that post their questions are told that their password is wrong.
#[tokio::test]
async fn questions_may_be_posted() {
    let shop = Shop::open();
    shop.paid("T1").await;
    let found = async |request: reqwest::RequestBuilder| {
        let answer: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
        text(&answer, "no_of_trans_found").to_owned()
    };
    let with_query = shop.client.post(shop.question(SCRIPT, &[("tran_id", "T1")]));
    assert_eq!(found(with_query.try_clone().unwrap()).await, "1");
    assert_eq!(found(with_query.header("content-type", "application/x-www-form-urlencoded")).await, "1");
    let form = [("store_id", STORE), ("store_passwd", PASSWD), ("tran_id", "T1"), ("sessionkey", "")];
    let url = format!("{}{SCRIPT}", shop.gateway.url());
    assert_eq!(found(shop.client.post(&url).form(&form)).await, "1");
    let nothing = shop.ask(&[]).await;
    assert_eq!(text(&nothing, "APIConnect"), "INVALID_REQUEST");
}

// Harm prevented: VALIDATED is read as "somebody else has it", or VALID comes twice and is booked twice.
#[tokio::test]
async fn a_charge_is_valid_once_and_validated_ever_after() {
    let shop = Shop::open();
    let posted = shop.paid("T1").await;
    let val_id = value(&posted, "val_id");
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.push(text(&shop.validate(val_id).await, "status").to_owned());
    }
    assert_eq!(seen, ["VALID", "VALIDATED", "VALIDATED"]);
    let answer = shop.validate(val_id).await;
    let texts =
        answer.as_object().unwrap().iter().filter(|(_, value)| !value.is_string()).map(|(name, _)| name.as_str());
    // In whatever order: a map keeps it or does not, as the crates beside it are built.
    assert_eq!(texts.collect::<BTreeSet<_>>(), BTreeSet::from(["isTokeizeSuccess", "offer_avail"]));
}

// Harm prevented: one of two attempts under a name is hidden, or a page that is still open counts as failed.
#[tokio::test]
async fn every_attempt_is_an_element() {
    let shop = Shop::open();
    let key = text(&shop.init("T1", &[]).await, "sessionkey").to_owned();
    assert_eq!(text(&shop.ask(&[("sessionkey", &key)]).await, "status"), "PENDING");
    assert_eq!(text(&shop.ask(&[("tran_id", "T1")]).await["element"][0], "status"), "PENDING");
    shop.act("T1", Action::Decline).await;
    shop.act("T1", Action::Pay).await;
    let answer = shop.ask(&[("tran_id", "T1")]).await;
    let statuses: Vec<_> = answer["element"].as_array().unwrap().iter().map(|it| text(it, "status")).collect();
    assert_eq!(statuses, ["FAILED", "VALID"]);
    assert!(answer.get("status").is_none());
}

// Harm prevented: a shop that asks for XML is answered in JSON, and reads nothing at all.
#[tokio::test]
async fn answers_come_in_xml_too() {
    let shop = Shop::open();
    shop.init("T1", &[("value_a", "<b> & c")]).await;
    shop.act("T1", Action::Decline).await;
    shop.act("T1", Action::Pay).await;
    let answer = shop.asks(&[("tran_id", "T1"), ("format", "xml")]).await.unwrap();
    assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("application/xml"));
    let xml = answer.text().await.unwrap();
    assert!(xml.starts_with("<?xml") && xml.contains("<APIConnect>DONE</APIConnect>"), "{xml}");
    assert_eq!(xml.matches("<element>").count(), 2);
    assert!(xml.contains("<value_a>&lt;b&gt; &amp; c</value_a>") && xml.contains("<status>FAILED</status>"));
}

// Harm prevented: a fault of one interface cannot be rehearsed without breaking the others.
#[tokio::test]
async fn faults_may_concern_one_operation() {
    for operation in [Operation::Init, Operation::Validate, Operation::Query, Operation::Refund, Operation::RefundQuery]
    {
        let shop = Shop::open();
        let posted = shop.paid("T1").await;
        shop.suffers(Faults { answer: Answer::ServerError, only: Some(vec![operation]), ..Faults::default() });
        let ask = async |path: &str, fields: &[(&str, &str)]| {
            let url = shop.question(path, fields);
            shop.client.post(url).send().await.unwrap().status() == 500
        };
        let charge = ("bank_tran_id", value(&posted, "bank_tran_id"));
        let spoilt = [
            ask("/gwprocess/v4/api.php", &[]).await,
            ask("/validator/api/validationserverAPI.php", &[("val_id", value(&posted, "val_id"))]).await,
            ask(SCRIPT, &[("tran_id", "T1")]).await,
            ask(SCRIPT, &[charge, ("refund_amount", "1")]).await,
            ask(SCRIPT, &[("refund_ref_id", "R1")]).await,
        ];
        let expected =
            [Operation::Init, Operation::Validate, Operation::Query, Operation::Refund, Operation::RefundQuery];
        assert_eq!(spoilt, expected.map(|it| it == operation));
    }
}

// Harm prevented: "your password is wrong" or "your store is off" is read as "the customer did not pay".
#[tokio::test]
async fn a_store_may_be_off_or_its_password_wrong() {
    let shop = Shop::open();
    let posted = shop.paid("T1").await;
    for (store, connect) in [(StoreState::Inactive, "INACTIVE"), (StoreState::WrongCredentials, "FAILED")] {
        shop.suffers(Faults { store, ..Faults::default() });
        let answer = shop.validate(value(&posted, "val_id")).await;
        assert_eq!((text(&answer, "APIConnect"), text(&answer, "status")), (connect, "INVALID_TRANSACTION"));
        assert_eq!(text(&shop.ask(&[("tran_id", "T1")]).await, "APIConnect"), connect);
        assert_eq!(text(&shop.init("T2", &[]).await, "status"), "FAILED");
    }
    assert_eq!(text(&shop.ask(&[("tran_id", "T1"), ("store_passwd", "wrong")]).await, "APIConnect"), "FAILED");
}
