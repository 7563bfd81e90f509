//! Session init: `POST /gwprocess/v4/api.php`. Refusals are HTTP 200 with the real texts, found one at a time in order.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Map, Value, json};
use shared::money::{Currency, Money};

use super::answer::{self, Format};
use super::channel::{self, GROUPS};
use super::checks::{check, invalid, need};
use super::config::Mode;
use super::faults::{Operation, StoreState};
use super::form::Form;
use super::records::{Request, Session};
use super::state::State;

const CREDENTIALS: &str = "Store Credential Error Or Store is De-active";

/// Handles session init.
pub(super) async fn init(request: HttpRequest, payload: web::Payload, state: web::Data<State>) -> HttpResponse {
    let form = Form::read(&request, payload).await;
    let faults = state.faults();
    let body = match open(&state, &form) {
        Ok(session) => opened(&state, &session),
        Err(reason) => json!({ "status": "FAILED", "failedreason": reason }),
    };
    answer::give(&faults, Operation::Init, Format::Json, &body).await
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
    check(form, mode)?;
    let text = |name: &str| form.get(name).unwrap_or_default().to_owned();
    Ok(Request {
        tran_id: text("tran_id"),
        product: text("product_name"),
        requested: amount(form, mode)?,
        success_url: address(form, "success_url")?,
        fail_url: address(form, "fail_url")?,
        cancel_url: address(form, "cancel_url")?,
        ipn_url: form.get("ipn_url").map(|_| address(form, "ipn_url")).transpose()?,
        values: ["value_a", "value_b", "value_c", "value_d"].map(text),
        channels: channel::offered(form.get("multi_card_name")),
    })
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
    let (base, key, ssl_id) = (&state.public_url, &session.key, &session.ssl_id);
    let redirect = |cardname: &str| {
        let amount = session.charged().to_decimal();
        format!(
            "{base}/gwprocess/v4/bankgw/indexhtml.php?mamount={amount}&ssl_id={ssl_id}&Q=REDIRECT&SESSIONKEY={key}\
             &tran_type=success&cardname={cardname}"
        )
    };
    let offered = &session.request.channels;
    let groups: Map<String, Value> = GROUPS
        .iter()
        .map(|(group, _)| {
            let keys = offered.iter().filter(|channel| channel.group == *group).map(|channel| channel.key);
            ((*group).to_owned(), keys.collect::<Vec<_>>().join(",").into())
        })
        .collect();
    let described = offered.iter().map(|channel| {
        json!({
            "name": channel.label, "type": channel.group, "logo": format!("{base}/sandbox/logo.svg"),
            "gw": channel.key, "r_flag": "1", "redirectGatewayURL": redirect(channel.key),
        })
    });
    json!({
        "status": "SUCCESS",
        "failedreason": "",
        "sessionkey": key,
        "gw": groups,
        "redirectGatewayURL": redirect(""),
        "directPaymentURLBank": "",
        "directPaymentURLCard": "",
        "directPaymentURL": "",
        "redirectGatewayURLFailed": "",
        "GatewayPageURL": state.page_url(key),
        "GatewayPageURLFailed": "",
        "storeBanner": format!("{base}/sandbox/logo.svg"),
        "storeLogo": format!("{base}/sandbox/logo.svg"),
        "store_name": state.config.store_name,
        "desc": described.collect::<Vec<_>>(),
        "is_direct_pay_enable": "0",
        // Seen beside the documented ones; whoever reads this must pass over what it does not know.
        "design": "",
        "tran_id": session.request.tran_id,
        "payByNewCardURL": "",
        "emi_status": "0",
        "offer_status": "0",
        "storePayOption": "",
    })
}
