//! Session init: opening the page on which one payment is made.

use url::Url;

use super::answer::Answer;
use super::call::Call;
use crate::port::Unknown;
use crate::port::gateway::{NewSession, OpenError, OpenedSession};

const PATH: &str = "/gwprocess/v4/api.php";
/// The gateway's limits for what the payer reads.
const LONGEST_NAME: usize = 50;
const LONGEST_EMAIL: usize = 50;
const LONGEST_PRODUCT: usize = 255;

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

/// Opens a session for `session.tran_id`. `fallback_email` stands in for an address that the gateway would not take.
pub(super) async fn open(
    call: &Call<'_>,
    session: &NewSession,
    fallback_email: Option<&str>,
    scheme: &str,
) -> Result<OpenedSession, OpenError> {
    let form = form(session, fallback_email);
    let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    read(&call.post(PATH, &fields).await?, scheme)
}

/// What is said about the payment. No `value_a` to `value_d`: their signs could be read as other fields of a notice.
fn form(session: &NewSession, fallback_email: Option<&str>) -> Vec<(&'static str, String)> {
    let cut = |text: &str, longest: usize| text.chars().take(longest).collect::<String>();
    let mut form: Vec<_> = CONSTANT.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    form.extend([
        ("total_amount", session.amount.to_decimal()),
        ("currency", session.amount.currency.code().to_owned()),
        ("tran_id", session.tran_id.clone()),
        ("success_url", session.return_url.clone()),
        ("fail_url", session.return_url.clone()),
        ("cancel_url", session.return_url.clone()),
        ("ipn_url", session.notice_url.clone()),
        ("product_name", cut(&session.product_name, LONGEST_PRODUCT)),
        ("cus_name", cut(&session.customer_name, LONGEST_NAME)),
        ("cus_email", email(session, fallback_email)),
    ]);
    form
}

/// The payer's address whole, or one of our own: the gateway writes to it, and a cut address may be somebody else's.
fn email(session: &NewSession, fallback: Option<&str>) -> String {
    let fits = |address: &str| !address.is_empty() && address.chars().count() <= LONGEST_EMAIL;
    let of_the_house = || {
        let host = Url::parse(&session.return_url).ok()?.host_str().map(str::to_owned)?;
        Some(format!("noreply@{host}")).filter(|address| fits(address))
    };
    let given = [Some(session.customer_email.as_str()), fallback].into_iter().flatten().find(|address| fits(address));
    // `.invalid` belongs to nobody, by agreement.
    given.map(str::to_owned).or_else(of_the_house).unwrap_or_else(|| "noreply@hourglass.invalid".into())
}

fn read(answer: &Answer, scheme: &str) -> Result<OpenedSession, OpenError> {
    match answer.text("status").as_deref() {
        Some("SUCCESS") => {}
        Some("FAILED") => return Err(OpenError::Refused(answer.reason("failedreason"))),
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
    use shared::money::{Currency, Money};

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

    fn session(customer_email: &str, return_url: &str) -> NewSession {
        NewSession {
            tran_id: "T1".into(),
            amount: Money::new(250_000, Currency::Bdt),
            product_name: "অ".repeat(300),
            customer_name: "ক".repeat(60),
            customer_email: customer_email.into(),
            return_url: return_url.into(),
            notice_url: "https://shop.example/notice".into(),
        }
    }

    // Harm prevented: the gateway writes to somebody else, because the end of a long address was cut off.
    #[test]
    fn an_address_is_sent_whole_or_not_at_all() {
        let url = "https://shop.example:8443/return?order=1";
        let (fits, long) = ("a".repeat(38) + "@example.com", "a".repeat(39) + "@example.com");
        let house = "help@shop.example";
        assert_eq!(email(&session(&fits, url), Some(house)), fits);
        assert_eq!(email(&session(&long, url), Some(house)), house);
        for unusable in [None, Some(""), Some(long.as_str())] {
            assert_eq!(email(&session(&long, url), unusable), "noreply@shop.example");
        }
        assert_eq!(email(&session("", url), Some(house)), house);
        let lengthy = format!("https://{}.example/", "a".repeat(50));
        assert_eq!(email(&session(&long, &lengthy), None), "noreply@hourglass.invalid");
    }

    // Harm prevented: a letter is cut in half, a long name is refused, or a free field breaks the notice's signature.
    #[test]
    fn texts_are_cut_between_letters_and_no_free_field_is_sent() {
        let form = form(&session("rahima@example.com", "https://shop.example/return"), None);
        let value = |name: &str| form.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str()).unwrap();
        assert_eq!(value("product_name"), "অ".repeat(255));
        assert_eq!(value("cus_name"), "ক".repeat(50));
        assert_eq!((value("total_amount"), value("currency")), ("2500.00", "BDT"));
        assert!(form.iter().all(|(name, _)| !name.starts_with("value_")));
    }
}
