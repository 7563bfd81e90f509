//! The pay page, what can happen after it, and what the gateway then says of it.

use sandbox::gateway::{Action, ChargeStatus, Faults};

use crate::shop::{Shop, text, value};

async fn statuses(shop: &Shop, tran_id: &str) -> Vec<String> {
    let answer = shop.ask(&[("tran_id", tran_id)]).await;
    let elements = answer["element"].as_array().unwrap();
    assert_eq!(text(&answer, "no_of_trans_found"), elements.len().to_string());
    elements.iter().map(|element| text(element, "status").to_owned()).collect()
}

// Harm prevented: a session that ran out is written off, and the customer has paid.
#[tokio::test]
async fn money_may_arrive_after_the_session() {
    let shop = Shop::open();
    shop.init("T1", &[]).await;
    assert!(shop.gateway.act("T1", Action::PayLate).await.is_none(), "it is not late yet");
    shop.pass(1_800);
    assert_eq!(statuses(&shop, "T1").await, ["EXPIRED"]);
    assert!(shop.gateway.act("T1", Action::Pay).await.is_none());
    let late = shop.act("T1", Action::PayLate).await;
    assert_eq!(value(&late.fields, "status"), "VALID");
    assert_eq!(statuses(&shop, "T1").await, ["EXPIRED", "VALID"]);
    assert!(shop.gateway.act("T1", Action::PayLate).await.is_none(), "it is paid");
    assert_eq!(text(&shop.validate(value(&late.fields, "val_id")).await, "status"), "VALID");
}

// Harm prevented: a customer who paid twice is paid back by nobody.
#[tokio::test]
async fn a_session_may_be_charged_twice() {
    let shop = Shop::open();
    let first = shop.paid("T1").await;
    let second = shop.act("T1", Action::PayAgain).await.fields;
    assert_ne!(value(&first, "val_id"), value(&second, "val_id"));
    shop.validate(value(&second, "val_id")).await;
    assert_eq!(statuses(&shop, "T1").await, ["VALID", "VALIDATED"]);
    let charges = shop.gateway.books().charges;
    assert_eq!(charges.iter().map(|it| it.status).collect::<Vec<_>>(), [ChargeStatus::Valid, ChargeStatus::Validated]);
    let sums: Vec<_> = charges.iter().map(|it| (it.amount.minor, it.store_amount.minor)).collect();
    assert_eq!(sums, [(250_000, 243_750), (250_000, 243_750)]);
}

// Harm prevented: a signed FAILED that comes after the VALID takes a paid order down.
#[tokio::test]
async fn a_failure_may_follow_the_charge() {
    let shop = Shop::open();
    let key = text(&shop.init("T1", &[]).await, "sessionkey").to_owned();
    assert!(shop.gateway.act("T1", Action::DeclineLate).await.is_none(), "nothing is paid yet");
    let paid = shop.act("T1", Action::Pay).await.fields;
    let failed = shop.act("T1", Action::DeclineLate).await;
    assert_eq!((value(&failed.fields, "status"), failed.url.as_str()), ("FAILED", "http://shop.example/fail"));
    assert_eq!(shop.notices(), [paid.clone(), failed.fields]);
    assert!(shop.gateway.act("T1", Action::Pay).await.is_none(), "the page stays over");
    assert_eq!(statuses(&shop, "T1").await, ["VALID", "FAILED"]);
    let by_session = shop.ask(&[("sessionkey", &key)]).await;
    assert_eq!((text(&by_session, "status"), text(&by_session, "val_id")), ("VALID", value(&paid, "val_id")));
}

// Harm prevented: amounts compared as texts pass every rehearsal, and hold up real payments.
#[tokio::test]
async fn amounts_may_be_written_shorter() {
    let shop = Shop::open();
    shop.suffers(Faults { trimmed_amounts: true, ..Faults::default() });
    shop.init("T1", &[("total_amount", "300.00")]).await;
    let posted = shop.act("T1", Action::Pay).await.fields;
    let texts = ["amount", "store_amount", "currency_amount"].map(|name| value(&posted, name));
    assert_eq!(texts, ["300", "292.5", "300"]);
}

// Harm prevented: a foreign order is compared with the taka that were charged for it.
#[tokio::test]
async fn a_foreign_price_is_charged_in_taka() {
    let shop = Shop::open();
    shop.init("T1", &[("total_amount", "100"), ("currency", "EUR")]).await;
    let posted = shop.act("T1", Action::Pay).await.fields;
    let said = ["currency", "amount", "currency_type", "currency_amount", "currency_rate"].map(|it| value(&posted, it));
    assert_eq!(said, ["BDT", "14200.00", "EUR", "100.00", "142.0000"]);
}

// Harm prevented: a channel's own address leads nowhere, or to a page where the payer pays by another way.
#[tokio::test]
async fn a_channels_address_opens_its_page() {
    let shop = Shop::open();
    let answer = shop.init("T1", &[]).await;
    let address = format!("{}{}", text(&answer, "redirectGatewayURL"), "city_amex");
    let hop = shop.client.get(address).send().await.unwrap();
    let page = hop.headers()["location"].to_str().unwrap();
    assert_eq!(page, format!("{}?cardname=city_amex", text(&answer, "GatewayPageURL")));
    let html = shop.client.get(page).send().await.unwrap().text().await.unwrap();
    assert!(html.contains("id=\"channel-city_amex\"") && !html.contains("id=\"channel-bkash\""));
    let nowhere = format!("{}/gwprocess/v4/bankgw/indexhtml.php?SESSIONKEY=invented", shop.gateway.url());
    assert_eq!(shop.client.get(nowhere).send().await.unwrap().status(), 404);
}

// Harm prevented: what a shop writes runs in the payer's browser, or the page is framed by another site.
#[tokio::test]
async fn the_pay_page_is_closed_to_scripts_and_frames() {
    let shop = Shop::open();
    let answer = shop.init("T1", &[("product_name", "<script>alert(1)</script>")]).await;
    let page = text(&answer, "GatewayPageURL").to_owned();
    let shown = shop.client.get(&page).send().await.unwrap();
    let policy = shown.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'"));
    let html = shown.text().await.unwrap();
    assert!(!html.contains("<script>") && html.contains("BDT 2,500.00") && html.contains("data-seconds=\"1800\""));
    let pressed = shop.client.post(&page).form(&[("action", "pay"), ("channel", "city_amex")]).send().await.unwrap();
    let back = pressed.text().await.unwrap();
    assert!(back.contains("action=\"http://shop.example/success\"") && back.contains("AMEX-City Bank"));
    let over = shop.client.post(&page).form(&[("action", "pay")]).send().await.unwrap().text().await.unwrap();
    assert!(over.contains("id=\"over\""), "a page is paid once");
}
