//! Opening a session.

use sandbox::gateway::{Faults, Mode, Reuse};

use crate::shop::{Shop, order, text};

const CREDENTIALS: &str = "Store Credential Error Or Store is De-active";

fn multipart(fields: &[(String, String)]) -> String {
    let parts = fields
        .iter()
        .map(|(name, value)| format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    parts.collect::<String>() + "--edge--\r\n"
}

// Harm prevented: SDKs that send multipart bodies with sixty empty fields cannot be rehearsed at all.
#[tokio::test]
async fn both_encodings_open_a_session() {
    let shop = Shop::open();
    let url = format!("{}/gwprocess/v4/api.php", shop.gateway.url());
    let send = async |tran_id: &str| -> serde_json::Value {
        let body = multipart(&order(tran_id, &[]));
        let request = shop.client.post(&url).header("content-type", "multipart/form-data; boundary=edge").body(body);
        request.send().await.unwrap().json().await.unwrap()
    };
    assert_eq!(text(&shop.init("T1", &[]).await, "status"), "SUCCESS");
    assert_eq!(text(&send("T2").await, "status"), "SUCCESS");
    shop.suffers(Faults { refuse_multipart: true, ..Faults::default() });
    assert_eq!(text(&send("T3").await, "failedreason"), CREDENTIALS);
    assert_eq!(text(&shop.init("T3", &[]).await, "status"), "SUCCESS");
}

// Harm prevented: an adapter breaks on the first key or channel that the real gateway adds.
#[tokio::test]
async fn the_answer_has_the_shape_of_real_ones() {
    let shop = Shop::open();
    let answer = shop.init("T1", &[]).await;
    let key = text(&answer, "sessionkey");
    assert_eq!((key.len(), key), (32, key.to_ascii_uppercase().as_str()));
    let page = format!("{}/EasyCheckOut/testcde{}", shop.gateway.url(), key.to_ascii_lowercase());
    assert_eq!(text(&answer, "GatewayPageURL"), page);
    assert!(
        text(&answer["gw"], "visa").contains("dbbl_visa") && text(&answer["gw"], "mobilebanking").contains("bkash")
    );
    for group in ["master", "amex", "othercards", "internetbanking"] {
        assert!(!text(&answer["gw"], group).is_empty(), "{group}");
    }
    assert!(answer["desc"].as_array().unwrap().len() > 20);
    assert!(answer.get("payByNewCardURL").is_some() && answer.get("design").is_some());
    let restricted = shop.init("T2", &[("multi_card_name", "mobilebank,city_amex")]).await;
    assert_eq!((text(&restricted["gw"], "visa"), text(&restricted["gw"], "amex")), ("", "city_amex"));
}

// Harm prevented: a wrong password, or a name that is taken, is read as a fault of the order.
#[tokio::test]
async fn refusals_are_in_the_gateways_words() {
    let shop = Shop::open();
    let reason = async |tran_id: &str, changes: &[(&str, &str)]| {
        let answer = shop.init(tran_id, changes).await;
        assert_eq!(text(&answer, "status"), "FAILED");
        text(&answer, "failedreason").to_owned()
    };
    assert_eq!(reason("T1", &[("store_passwd", "wrong")]).await, CREDENTIALS);
    assert_eq!(reason("T1", &[("cus_email", "")]).await, "Invalid Information! 'cus_email' is missing or empty.");
    for amount in ["9.99", "500000.01", "1e3", "-5", "10.001"] {
        assert_eq!(reason("T1", &[("total_amount", amount)]).await, "Invalid Information! 'total_amount' is invalid.");
    }
    assert_eq!(text(&shop.init("T1", &[]).await, "status"), "SUCCESS");
    assert_eq!(reason("T1", &[]).await, "Invalid request (reg_id)!");
    let script = "javascript:alert(1)";
    assert_eq!(reason("T2", &[("success_url", script)]).await, "Invalid Information! 'success_url' is invalid.");
}

// Harm prevented: a shop is built on a rule about used names that the real gateway turns out not to have.
#[tokio::test]
async fn a_used_name_is_refused_as_the_set_up_says() {
    let taken = async |reuse| {
        let shop = Shop::with(|config| config.reuse = reuse);
        shop.init("T1", &[]).await;
        let while_open = text(&shop.init("T1", &[]).await, "status") == "FAILED";
        shop.act("T1", sandbox::gateway::Action::Pay).await;
        (while_open, text(&shop.init("T1", &[]).await, "status") == "FAILED")
    };
    assert_eq!(taken(Reuse::Never).await, (true, true));
    assert_eq!(taken(Reuse::UntilPaid).await, (false, true));
    assert_eq!(taken(Reuse::Always).await, (false, false));
}

// Harm prevented: older shops, with long names and small amounts, are told that they are wrong where they are not.
#[tokio::test]
async fn observed_rules_let_through_what_was_seen() {
    let long = "7d0d1f6e-4a0e-4b5c-9a43-5a1f6c1d2e3f";
    let odd = [("total_amount", "1.00"), ("product_profile", "service")];
    let observed = Shop::with(|config| config.mode = Mode::Observed);
    assert_eq!(text(&observed.init(long, &odd).await, "status"), "SUCCESS");
    let documented = Shop::open();
    assert_eq!(text(&documented.init(long, &[]).await, "failedreason"), "Invalid Information! 'tran_id' is invalid.");
}
