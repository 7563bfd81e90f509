//! Session init: `POST /gwprocess/v4/api.php`. Refusals are HTTP 200 with the real texts, found one at a time in order.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};
use shared::money::{Currency, Money};

use super::State;
use super::channel::CHANNELS;
use super::config::Mode;
use super::faults::StoreState;
use super::form::Form;
use super::records::{Request, Session};

const CREDENTIALS: &str = "Store Credential Error Or Store is De-active";
const SHIPPING: &str = "Invalid Information! 'shipping_method' is missing. Shipping method of the order. \
                        Example: YES or NO or Courier or Air or Ship or Truck";

/// What must be there, in the order in which its absence is noticed.
const REQUIRED: [&str; 15] = [
    "total_amount",
    "currency",
    "tran_id",
    "success_url",
    "fail_url",
    "cancel_url",
    "cus_name",
    "cus_email",
    "cus_add1",
    "cus_city",
    "cus_country",
    "cus_phone",
    "product_name",
    "product_category",
    "product_profile",
];
const SHIPPED: [&str; 7] =
    ["ship_name", "ship_add1", "ship_area", "ship_city", "ship_sub_city", "ship_postcode", "ship_country"];
const TRAVEL: [(&str, &str); 4] =
    [("hotel_name", ""), ("length_of_stay", " Example: 2 days"), ("check_in_time", ""), ("hotel_city", "")];

/// Handles session init.
pub(super) async fn init(request: HttpRequest, payload: web::Payload, state: web::Data<State>) -> HttpResponse {
    let form = Form::read(&request, payload).await;
    let faults = state.faults();
    let body = match open(&state, &form) {
        Ok(session) => opened(&state, &session),
        Err(reason) => json!({ "status": "FAILED", "failedreason": reason }),
    };
    faults.answer(&body).await
}

fn open(state: &State, form: &Form) -> Result<Session, String> {
    let faults = state.faults();
    let store_ok = faults.store == StoreState::Active && state.knows_store(form);
    if !store_ok || (form.multipart && faults.refuse_multipart) {
        return Err(CREDENTIALS.into());
    }
    let request = read(form, state.config.mode)?;
    let now = state.now();
    let mut records = state.records();
    let session = records.open(request, state.config.reuse, now).cloned();
    session.ok_or_else(|| "Invalid request (reg_id)!".into())
}

fn read(form: &Form, mode: Mode) -> Result<Request, String> {
    for name in REQUIRED {
        need(form, name)?;
    }
    match form.get("shipping_method") {
        None => return Err(SHIPPING.into()),
        Some("YES") => SHIPPED.into_iter().try_for_each(|name| need(form, name).map(drop))?,
        Some(_) => {}
    }
    if form.get("product_profile") == Some("travel-vertical") {
        for (name, example) in TRAVEL {
            form.get(name).ok_or_else(|| format!("Invalid Information! '{name}' is missing.{example}"))?;
        }
    }
    let longest = if mode == Mode::Documented { 30 } else { 50 };
    let tran_id = need(form, "tran_id")?;
    if tran_id.chars().count() > longest {
        return Err(invalid("tran_id"));
    }
    let text = |name: &str| form.get(name).unwrap_or_default().to_owned();
    Ok(Request {
        tran_id: tran_id.to_owned(),
        product: text("product_name"),
        requested: amount(form, mode)?,
        success_url: address(form, "success_url")?,
        fail_url: address(form, "fail_url")?,
        cancel_url: address(form, "cancel_url")?,
        ipn_url: form.get("ipn_url").map(|_| address(form, "ipn_url")).transpose()?,
        values: ["value_a", "value_b", "value_c", "value_d"].map(text),
    })
}

fn need<'f>(form: &'f Form, name: &str) -> Result<&'f str, String> {
    form.get(name).ok_or_else(|| format!("Invalid Information! '{name}' is missing or empty."))
}

/// The text for what is there but unusable; not known from the real gateway.
fn invalid(name: &str) -> String {
    format!("Invalid Information! '{name}' is invalid.")
}

fn amount(form: &Form, mode: Mode) -> Result<Money, String> {
    let currency = Currency::from_code(need(form, "currency")?).ok_or_else(|| invalid("currency"))?;
    let money = Money::from_decimal(need(form, "total_amount")?, currency).map_err(|_| invalid("total_amount"))?;
    let fits = match mode {
        Mode::Documented if currency == Currency::Bdt => (1_000..=50_000_000).contains(&money.minor),
        Mode::Documented | Mode::Observed => money.minor > 0,
    };
    if fits { Ok(money) } else { Err(invalid("total_amount")) }
}

/// Addresses end up in a form's `action`, so nothing but HTTP is let through.
fn address(form: &Form, name: &str) -> Result<String, String> {
    let text = need(form, name)?;
    let url = url::Url::parse(text).map_err(|_| invalid(name))?;
    if matches!(url.scheme(), "http" | "https") { Ok(text.to_owned()) } else { Err(invalid(name)) }
}

fn opened(state: &State, session: &Session) -> Value {
    let (base, key) = (&state.public_url, &session.key);
    let redirect = |cardname: &str| {
        let amount = session.charged().to_decimal();
        format!(
            "{base}/gwprocess/v4/bankgw/indexhtml.php?mamount={amount}&Q=REDIRECT&SESSIONKEY={key}\
             &tran_type=success&cardname={cardname}"
        )
    };
    let channels = |group: &str| {
        let keys = CHANNELS.iter().filter(|channel| channel.group == group).map(|channel| channel.key);
        keys.collect::<Vec<_>>().join(",")
    };
    let described = CHANNELS.iter().map(|channel| {
        json!({
            "name": channel.label, "type": channel.group, "logo": "", "gw": channel.key, "r_flag": "1",
            "redirectGatewayURL": redirect(channel.key),
        })
    });
    json!({
        "status": "SUCCESS",
        "failedreason": "",
        "sessionkey": key,
        "gw": {
            "visa": channels("visa"), "master": "", "amex": "", "othercards": "",
            "internetbanking": channels("internetbanking"), "mobilebanking": channels("mobilebanking"),
        },
        "redirectGatewayURL": redirect(""),
        "directPaymentURLBank": "",
        "directPaymentURLCard": "",
        "directPaymentURL": "",
        "redirectGatewayURLFailed": "",
        "GatewayPageURL": state.page_url(key),
        "storeBanner": "",
        "storeLogo": "",
        "store_name": state.config.store_name,
        "desc": described.collect::<Vec<_>>(),
        "is_direct_pay_enable": "0",
    })
}
