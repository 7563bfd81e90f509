//! The form that holds every fault: written as markup, read from what the browser posts. Knows no request.

use serde::Serialize;
use serde_json::Value;

use super::super::faults::Faults;
use super::super::form::Form;
use super::super::page::escape;
use super::forms::word;

/// A word of the machine and what it says to people.
type Choice = (&'static str, &'static str);

const ANSWERS: [Choice; 6] = [
    ("normal", "as it should"),
    ("server_error", "HTTP 500"),
    ("html", "a maintenance page"),
    ("truncated", "half of the answer"),
    ("redirect", "a redirect"),
    ("hang_up", "not at all, once it is done"),
];
const OPERATIONS: [Choice; 5] = [
    ("init", "session init"),
    ("validate", "validation"),
    ("query", "transaction query"),
    ("refund", "refund"),
    ("refund_query", "refund query"),
];
const STORES: [Choice; 3] =
    [("active", "in order"), ("wrong_credentials", "password wrong"), ("inactive", "switched off")];
const ORDERS: [Choice; 6] = [
    ("", "as set up"),
    ("before", "before the return"),
    ("after", "after the return"),
    ("never", "never"),
    ("twice", "twice"),
    ("concurrent", "several at once"),
];
const NOTICES: [Choice; 6] = [
    ("", "nothing"),
    ("wrong_signature", "wrong signature"),
    ("wrong_amount", "wrong amount, signed"),
    ("foreign_val_id", "another store's val_id, signed"),
    ("repeated_field", "the amount twice"),
    ("missing_field", "a signed field missing"),
];
const ENDS: [Choice; 3] = [("", "paid back"), ("refunded", "paid back, explicitly"), ("cancelled", "cancelled")];

/// The form as the faults stand.
pub(super) fn form(faults: &Faults) -> String {
    let only = OPERATIONS.iter().map(|(word, label)| {
        let on = faults.only.as_ref().is_some_and(|only| only.iter().any(|it| text_of(it) == *word));
        check_box("only", word, label, on)
    });
    let only: String = only.collect();
    let text = |name, label, value: &Option<String>| field(name, label, "text", value.as_deref().unwrap_or_default());
    let number = |name, label, value: Option<u64>| {
        field(name, label, "number", &value.map(|it| it.to_string()).unwrap_or_default())
    };
    let parts = [
        group(
            "Answers",
            &[
                select("answer", "The gateway answers", &ANSWERS, &text_of(&faults.answer)),
                number("delay_ms", "After so many milliseconds", Some(faults.delay_ms)),
                format!(
                    "<div class=\"wide\" role=\"group\" aria-label=\"Only\"><p>Only these; all if none</p>{only}</div>"
                ),
                select("store", "The store is", &STORES, &text_of(&faults.store)),
                check_box("refuse_multipart", "on", "Multipart bodies are refused", faults.refuse_multipart),
            ],
        ),
        group(
            "Charges",
            &[
                text("charged_amount", "Amount charged, as text", &faults.charged_amount),
                text("requested_amount", "Amount requested, as text", &faults.requested_amount),
                text("requested_currency", "Currency requested", &faults.requested_currency),
                check_box("trimmed_amounts", "on", "Amounts without zeros at the end", faults.trimmed_amounts),
                check_box("risky", "on", "Charges are risky", faults.risky),
            ],
        ),
        group(
            "Notices",
            &[
                select("ipn", "Notices go out", &ORDERS, &faults.ipn.map(|it| text_of(&it)).unwrap_or_default()),
                select(
                    "notice",
                    "Wrong with them",
                    &NOTICES,
                    &faults.notice.map(|it| text_of(&it)).unwrap_or_default(),
                ),
                number("ipn_count", "How many at once", faults.ipn_count.map(u64::from)),
                number("ipn_delay_ms", "How late, in milliseconds", faults.ipn_delay_ms),
                number("ipn_tries", "How many tries", faults.ipn_tries.map(u64::from)),
            ],
        ),
        group(
            "Refunds",
            &[
                check_box(
                    "refund_ip_unregistered",
                    "on",
                    "The shop's IP is not registered",
                    faults.refund_ip_unregistered,
                ),
                select("refund_end", "They end", &ENDS, &faults.refund_end.map(|it| text_of(&it)).unwrap_or_default()),
            ],
        ),
    ];
    format!(
        "<form method=\"post\" action=\"/sandbox/form/faults\">{}<p class=\"buttons\">\
         <button class=\"main\" id=\"set-faults\">Set these</button></p></form>\
         <form method=\"post\" action=\"/sandbox/form/faults\"><p class=\"buttons\">\
         <button id=\"end-faults\">End all faults</button></p></form>",
        parts.concat()
    )
}

/// The faults that a browser posted. What cannot be read is off.
pub(super) fn read(form: &Form) -> Faults {
    let text = |name: &str| form.get(name).map(str::to_owned);
    let on = |name: &str| form.get(name).is_some();
    let number = |name: &str| form.get(name).and_then(|text| text.parse::<u64>().ok());
    let small = |name: &str| number(name).and_then(|it| u32::try_from(it).ok());
    let only: Vec<_> = form.all("only").filter_map(|it| serde_json::from_value(it.into()).ok()).collect();
    Faults {
        answer: word(form, "answer").unwrap_or_default(),
        delay_ms: number("delay_ms").unwrap_or_default(),
        only: Some(only).filter(|only| !only.is_empty()),
        store: word(form, "store").unwrap_or_default(),
        refuse_multipart: on("refuse_multipart"),
        charged_amount: text("charged_amount"),
        requested_amount: text("requested_amount"),
        requested_currency: text("requested_currency"),
        trimmed_amounts: on("trimmed_amounts"),
        risky: on("risky"),
        ipn: word(form, "ipn"),
        ipn_count: small("ipn_count"),
        ipn_delay_ms: number("ipn_delay_ms"),
        ipn_tries: small("ipn_tries"),
        notice: word(form, "notice"),
        refund_ip_unregistered: on("refund_ip_unregistered"),
        refund_end: word(form, "refund_end"),
    }
}

fn text_of(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(text)) => text,
        _ => String::new(),
    }
}

fn group(heading: &str, parts: &[String]) -> String {
    format!("<fieldset><legend>{heading}</legend><div class=\"switches\">{}</div></fieldset>", parts.concat())
}

fn select(name: &str, label: &str, choices: &[Choice], chosen: &str) -> String {
    let options = choices.iter().map(|(word, text)| {
        let selected = if *word == chosen { " selected" } else { "" };
        format!("<option value=\"{word}\"{selected}>{text}</option>")
    });
    let options: String = options.collect();
    format!("<p><label for=\"{name}\">{label}</label><select id=\"{name}\" name=\"{name}\">{options}</select></p>")
}

fn field(name: &str, label: &str, kind: &str, value: &str) -> String {
    let value = escape(value);
    format!(
        "<p><label for=\"{name}\">{label}</label>\
         <input id=\"{name}\" name=\"{name}\" type=\"{kind}\" value=\"{value}\" autocomplete=\"off\"></p>"
    )
}

fn check_box(name: &str, value: &str, label: &str, on: bool) -> String {
    let checked = if on { " checked" } else { "" };
    format!("<label class=\"tick\"><input type=\"checkbox\" name=\"{name}\" value=\"{value}\"{checked}>{label}</label>")
}

#[cfg(test)]
mod tests {
    use super::super::super::config::IpnOrder;
    use super::super::super::faults::{Answer, NoticeFault, Operation, StoreState};
    use super::super::super::refunds::RefundEnd;
    use super::*;

    // Harm prevented: a switch that the page shows and the gateway never hears of.
    #[test]
    fn every_switch_of_the_page_is_read_back() {
        let posted = "answer=hang_up&delay_ms=7&only=init&only=refund_query&store=inactive&refuse_multipart=on\
                      &charged_amount=1&requested_amount=2&requested_currency=EUR&trimmed_amounts=on&risky=on\
                      &ipn=concurrent&ipn_count=4&ipn_delay_ms=5&ipn_tries=6&notice=missing_field\
                      &refund_ip_unregistered=on&refund_end=cancelled";
        let faults = Faults {
            answer: Answer::HangUp,
            delay_ms: 7,
            only: Some(vec![Operation::Init, Operation::RefundQuery]),
            store: StoreState::Inactive,
            refuse_multipart: true,
            charged_amount: Some("1".into()),
            requested_amount: Some("2".into()),
            requested_currency: Some("EUR".into()),
            trimmed_amounts: true,
            risky: true,
            ipn: Some(IpnOrder::Concurrent),
            ipn_count: Some(4),
            ipn_delay_ms: Some(5),
            ipn_tries: Some(6),
            notice: Some(NoticeFault::MissingField),
            refund_ip_unregistered: true,
            refund_end: Some(RefundEnd::Cancelled),
        };
        assert_eq!(read(&Form::parse(posted.as_bytes())), faults);
        let shown = form(&faults);
        for part in posted.split('&') {
            let (name, value) = part.split_once('=').unwrap_or_default();
            assert!(shown.contains(&format!("name=\"{name}\"")), "{name}");
            let stands = shown.contains(&format!("value=\"{value}\""));
            assert!(stands, "{name}={value}");
        }
        assert_eq!(read(&Form::parse(b"")), Faults::default());
    }
}
