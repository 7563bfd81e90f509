//! Session init: opening the page on which one payment is made.

use url::Url;

use super::SslCommerz;
use super::answer::Answer;
use crate::port::Unknown;
use crate::port::gateway::{NewSession, OpenError, OpenedSession};

const PATH: &str = "/gwprocess/v4/api.php";
/// The gateway's limits for what the payer reads.
const LONGEST_NAME: usize = 50;
const LONGEST_PRODUCT: usize = 255;
/// A refusal is shown and stored; nobody needs more of it.
const LONGEST_REASON: usize = 200;

/// Fields that the gateway wants from every shop. A panel is not shipped, and its payer is asked for no address.
const CONSTANT: [(&str, &str); 11] = [
    ("product_category", "subscription"),
    ("product_profile", "non-physical-goods"),
    ("shipping_method", "NO"),
    ("num_of_item", "1"),
    ("emi_option", "0"),
    ("cus_add1", "Not given"),
    ("cus_city", "Dhaka"),
    ("cus_state", "Dhaka"),
    ("cus_postcode", "1000"),
    ("cus_country", "Bangladesh"),
    ("cus_phone", "01700000000"),
];

/// Opens a session for `session.tran_id`.
pub(super) async fn open(gateway: &SslCommerz, session: &NewSession) -> Result<OpenedSession, OpenError> {
    let amount = session.amount.to_decimal();
    let product: String = session.product_name.chars().take(LONGEST_PRODUCT).collect();
    let name: String = session.customer_name.chars().take(LONGEST_NAME).collect();
    let mut form = gateway.credentials().to_vec();
    form.extend(CONSTANT);
    form.extend([
        ("total_amount", amount.as_str()),
        ("currency", session.amount.currency.code()),
        ("tran_id", &session.tran_id),
        ("success_url", &session.return_url),
        ("fail_url", &session.return_url),
        ("cancel_url", &session.return_url),
        ("ipn_url", &session.notice_url),
        ("product_name", &product),
        ("cus_name", &name),
        ("cus_email", &session.customer_email),
    ]);
    let body = gateway.transport.post(PATH, &form).await?;
    read(&Answer::read(&body)?, gateway.transport.scheme())
}

fn read(answer: &Answer, scheme: &str) -> Result<OpenedSession, OpenError> {
    match answer.text("status").as_deref() {
        Some("SUCCESS") => {}
        Some("FAILED") => {
            let reason = answer.text("failedreason").unwrap_or_else(|| "no reason given".into());
            return Err(OpenError::Refused(reason.chars().take(LONGEST_REASON).collect()));
        }
        _ => return Err(Unknown::new("the gateway did not say whether it opened a session").into()),
    }
    let page = answer.text("GatewayPageURL").filter(|page| sound(page, scheme));
    match (answer.text("sessionkey"), page) {
        (Some(session_key), Some(page_url)) => Ok(OpenedSession { session_key, page_url }),
        _ => Err(Unknown::new("the gateway opened a session without a usable page").into()),
    }
}

/// A payer is only sent to a web page, and from an encrypted gateway only to an encrypted one.
fn sound(page: &str, scheme: &str) -> bool {
    Url::parse(page).is_ok_and(|url| url.has_host() && (url.scheme() == "https" || url.scheme() == scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(body: &str) -> Result<OpenedSession, OpenError> {
        read(&Answer::read(body.as_bytes()).unwrap(), "https")
    }

    // Harm prevented: a payer is sent nowhere, to a script, or in plain text.
    #[test]
    fn a_session_needs_a_key_and_a_sound_page() {
        let whole = r#"{"status":"SUCCESS","sessionkey":"K","GatewayPageURL":"https://g.example/p","new":1}"#;
        assert_eq!(answer(whole).unwrap().page_url, "https://g.example/p");
        for page in ["", "javascript:alert(1)", "/p", "http://g.example/p", "ftp://g.example/p"] {
            let body = format!(r#"{{"status":"SUCCESS","sessionkey":"K","GatewayPageURL":"{page}"}}"#);
            assert!(matches!(answer(&body), Err(OpenError::Unknown(_))), "{page}");
        }
        assert!(matches!(answer(r#"{"status":"success"}"#), Err(OpenError::Unknown(_))));
        assert_eq!(answer(r#"{"status":"FAILED","failedreason":"No"}"#), Err(OpenError::Refused("No".into())));
    }
}
