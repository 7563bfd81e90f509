//! The control page: what happened, and what shall go wrong. Markup only; everything that came from outside is escaped.

use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, web};

use super::super::books::Books;
use super::super::delivery::Delivery;
use super::super::ids::local_text;
use super::super::page::{POLICY, document, escape, grouped};
use super::super::pay::Action;
use super::super::records::{Attempt, Session};
use super::super::refunds::{Refund, RefundStatus};
use super::super::state::State;
use super::switches;

const STYLE: &str = "<link rel=\"stylesheet\" href=\"/sandbox/control.css\">";
/// More than this is a wall; programs can have everything.
const SHOWN: usize = 100;

/// Shows it.
pub(super) async fn show(state: web::Data<State>) -> HttpResponse {
    let sessions = state.expired_records().sessions.clone();
    let books = Books::of(&state.records());
    let deliveries = state.deliveries.borrow().clone();
    let newest = sessions.iter().rev().take(SHOWN).map(|it| session(&state, it));
    let refunds = books.refunds.iter().rev().take(SHOWN).map(refund);
    let told = deliveries.iter().rev().take(SHOWN).map(delivery);
    let body = format!(
        "<h1>{store}</h1><p class=\"soft\">Store <code>{id}</code> at <code>{url}</code>. It is {now} in Dhaka.</p>\
         <nav aria-label=\"Parts\"><a href=\"#sessions\">Sessions <b>{sessions_count}</b></a>\
         <a href=\"#refunds\">Refunds <b>{refunds_count}</b></a>\
         <a href=\"#deliveries\">Notices <b>{deliveries_count}</b></a><a href=\"#faults\">Faults <b>{faults_state}</b></a></nav>\
         <div class=\"columns\"><div>{sessions}{refunds}{deliveries}</div>\
         <section id=\"faults\"><h2>Faults</h2>{form}</section></div>",
        store = escape(&state.config.store_name),
        id = escape(&state.config.store_id),
        url = escape(&state.public_url),
        now = local_text(state.now()),
        sessions_count = sessions.len(),
        refunds_count = books.refunds.len(),
        deliveries_count = deliveries.len(),
        faults_state = if state.faults() == Default::default() { "off" } else { "on" },
        sessions = part("sessions", "Sessions", newest, "No shop has opened one yet."),
        refunds = part("refunds", "Refunds", refunds, "No shop has asked for one yet."),
        deliveries = part("deliveries", "Notices", told, "None was sent yet."),
        form = switches::form(&state.faults()),
    );
    HttpResponse::Ok()
        .content_type(ContentType::html())
        .insert_header(("Cache-Control", "no-store"))
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .insert_header(("Content-Security-Policy", POLICY))
        .body(document("Control", STYLE, &body))
}

fn part(id: &str, heading: &str, items: impl Iterator<Item = String>, none: &str) -> String {
    let items: String = items.collect();
    let inside = if items.is_empty() { format!("<p class=\"soft\">{none}</p>") } else { items };
    format!("<section id=\"{id}\"><h2>{heading}</h2>{inside}</section>")
}

fn session(state: &State, session: &Session) -> String {
    let request = &session.request;
    let standing = match (session.paid(), session.closed) {
        (true, _) => "paid".to_owned(),
        (false, true) => "over".to_owned(),
        (false, false) => format!("open, {} s left", state.seconds_left(session)),
    };
    let attempts: String = session.attempts.iter().enumerate().map(|(at, it)| attempt(session, at, it)).collect();
    let acts = actions(session).iter().map(|(action, label)| {
        let word = serde_json::to_value(action).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default();
        button("act", &[("session", &session.key), ("action", &word)], label)
    });
    format!(
        "<article><h3><a href=\"{page}\">{tran_id}</a> <span class=\"state\">{standing}</span></h3>\
         <p>{currency} {amount} for {product}</p><p class=\"soft\"><code>{key}</code></p>{list}\
         <div class=\"buttons\">{acts}</div></article>",
        page = escape(&state.page_url(&session.key)),
        tran_id = escape(&request.tran_id),
        currency = request.requested.currency.code(),
        amount = grouped(&request.requested.to_decimal()),
        product = escape(&request.product),
        key = escape(&session.key),
        list = if attempts.is_empty() { attempts } else { format!("<ul>{attempts}</ul>") },
        acts = acts.collect::<String>(),
    )
}

/// What can happen in a session as it is.
fn actions(session: &Session) -> &'static [(Action, &'static str)] {
    match (session.paid(), session.closed) {
        (true, _) => &[(Action::PayAgain, "Pay again"), (Action::DeclineLate, "Decline afterwards")],
        (false, true) => &[(Action::PayLate, "Pay late")],
        (false, false) => &[
            (Action::Pay, "Pay"),
            (Action::Decline, "Decline"),
            (Action::Cancel, "Cancel"),
            (Action::Expire, "Let it expire"),
        ],
    }
}

fn attempt(session: &Session, at: usize, attempt: &Attempt) -> String {
    let replay = match session.request.ipn_url {
        Some(_) => button("replay", &[("session", &session.key), ("attempt", &at.to_string())], "Send notice again"),
        None => String::new(),
    };
    let validated = if attempt.validated_at.is_some() { ", validated" } else { "" };
    let detail = match attempt.error.as_str() {
        "" => format!("{} BDT{validated}", escape(&attempt.amount)),
        error => escape(error),
    };
    let name = if attempt.val_id.is_empty() { String::new() } else { format!("<br><code>{}</code>", attempt.val_id) };
    format!("<li><span><b>{}</b> {detail}{name}</span>{replay}</li>", attempt.status.text())
}

fn refund(refund: &Refund) -> String {
    let end = |word, label| button("settle", &[("refund", &refund.refund_ref_id), ("as", word)], label);
    let buttons = match refund.status {
        RefundStatus::Processing => [end("refunded", "Pay back"), end("cancelled", "Cancel it")].concat(),
        RefundStatus::Refunded | RefundStatus::Cancelled => String::new(),
    };
    format!(
        "<article><h3>{tran_id} <span class=\"state\">{status}</span></h3><p>BDT {amount}: {remarks}</p>\
         <p class=\"soft\"><code>{name}</code>, asked after: {queries}</p><div class=\"buttons\">{buttons}</div></article>",
        tran_id = escape(&refund.tran_id),
        status = refund.status.text(),
        amount = grouped(&refund.amount.to_decimal()),
        remarks = escape(&refund.remarks),
        name = refund.refund_ref_id,
        queries = refund.queries,
    )
}

fn delivery(delivery: &Delivery) -> String {
    let answered = delivery.answered.map_or("no answer".to_owned(), |status| format!("HTTP {status}"));
    format!(
        "<p class=\"line\"><span><b>{}</b> {}</span><span>{answered}, tries: {}</span></p>",
        escape(&delivery.status),
        escape(&delivery.tran_id),
        delivery.tries,
    )
}

/// A form of one button.
fn button(form: &str, fields: &[(&str, &str)], label: &str) -> String {
    let inputs = fields
        .iter()
        .map(|(name, value)| format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escape(value)));
    let inputs: String = inputs.collect();
    format!("<form method=\"post\" action=\"/sandbox/form/{form}\">{inputs}<button>{label}</button></form>")
}
