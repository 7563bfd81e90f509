//! What the payer sees. Texts and markup only; everything that came from outside is escaped.

use super::channel::CHANNELS;
use super::pay::Return;
use super::records::Session;

const STYLE: &str = include_str!("page.css");

/// What cannot be rehearsed in earnest: reasons for which issuers decline.
const REASONS: [&str; 4] = ["Insufficient balance", "Invalid CVV", "Invalid expiration date", "Wrong OTP"];

/// The pay page of an open session.
pub(super) fn pay(store: &str, session: &Session) -> String {
    let request = &session.request;
    let amount = format!("{} {}", request.requested.currency.code(), grouped(&request.requested.to_decimal()));
    let channels: String = CHANNELS.iter().enumerate().map(|(at, channel)| {
        let checked = if at == 0 { " checked" } else { "" };
        let (key, label) = (channel.key, channel.label);
        format!(
            "<label class=\"way\"><input type=\"radio\" name=\"channel\" id=\"channel-{key}\" value=\"{key}\"{checked}>\
             <span>{label}</span></label>"
        )
    }).collect();
    let reasons: String = REASONS.iter().map(|reason| format!("<option>{reason}</option>")).collect();
    let declined = session.attempts.last().map_or(String::new(), |attempt| {
        format!(
            "<p class=\"note\" role=\"status\">The last attempt was declined: {}. Try again.</p>",
            escape(&attempt.error)
        )
    });
    let body = format!(
        "<h1>{store}</h1><p class=\"amount\" id=\"amount\">{amount}</p>{declined}\
         <dl><div><dt>For</dt><dd>{product}</dd></div><div><dt>Transaction</dt><dd id=\"tran_id\">{tran_id}</dd></div></dl>\
         <form method=\"post\"><fieldset><legend>Pay with</legend>{channels}</fieldset>\
         <button id=\"pay\" name=\"action\" value=\"pay\" class=\"main\">Pay {amount}</button>\
         <section aria-labelledby=\"else\"><h2 id=\"else\">Or rehearse another ending</h2>\
         <p><label for=\"reason\">Reason for declining</label><select id=\"reason\" name=\"reason\">{reasons}</select></p>\
         <div class=\"others\"><button id=\"decline\" name=\"action\" value=\"decline\">Decline</button>\
         <button id=\"cancel\" name=\"action\" value=\"cancel\">Cancel</button>\
         <button id=\"leave\" name=\"action\" value=\"leave\">Leave without choosing</button>\
         <button id=\"expire\" name=\"action\" value=\"expire\">Let it expire</button></div></section></form>",
        store = escape(store),
        product = escape(&request.product),
        tran_id = escape(&request.tran_id),
    );
    document(&format!("Pay {amount}"), &body)
}

/// The form that takes the payer's browser back to the shop, by a cross-site POST of its own accord.
pub(super) fn back(to: &Return) -> String {
    let inputs: String = to
        .fields
        .iter()
        .map(|(name, value)| format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(name), escape(value)))
        .collect();
    let body = format!(
        "<h1>Returning to the shop</h1><p>This takes a moment. If nothing happens, press the button.</p>\
         <form id=\"return\" method=\"post\" action=\"{}\">{inputs}\
         <button id=\"continue\" class=\"main\">Return to the shop</button></form>\
         <script src=\"/sandbox/return.js\"></script>",
        escape(&to.url)
    );
    document("Returning to the shop", &body)
}

/// What sends the form of `back` off.
pub(super) const RETURN_SCRIPT: &str = "document.getElementById('return').submit();\n";

/// A session that can no longer be paid.
pub(super) fn over(store: &str) -> String {
    let body = format!(
        "<h1>{}</h1><p id=\"over\">This payment page is no longer open. Please go back to the shop and start again.</p>",
        escape(store)
    );
    document("Payment page closed", &body)
}

/// An address that names no session.
pub(super) fn unknown() -> String {
    document("Not found", "<h1>Not found</h1><p>There is no such payment page.</p>")
}

fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"icon\" href=\"data:,\">\
         <title>{title} · Sandbox gateway</title><style>{STYLE}</style></head><body>\
         <p class=\"banner\" role=\"note\"><strong>Sandbox gateway:</strong> no real money moves</p>\
         <main>{body}</main></body></html>"
    )
}

/// Commas between thousands.
fn grouped(decimal: &str) -> String {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, "00"));
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{text}.{fraction}")
}

/// Text made safe for markup and for quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a value echoed by the gateway runs as script in the payer's browser.
    #[test]
    fn the_return_form_escapes_what_the_shop_sent() {
        let to = Return { url: "http://shop/?a=1&b=2".into(), fields: vec![("value_a".into(), "\"><script>".into())] };
        let text = back(&to);
        assert!(text.contains("http://shop/?a=1&amp;b=2"));
        assert!(text.contains("&quot;&gt;&lt;script&gt;") && !text.contains("\"><script>\""));
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped("1234567.50"), "1,234,567.50");
        assert_eq!(grouped("999.00"), "999.00");
    }
}
