//! What the payer sees. Texts and markup only; everything that came from outside is escaped.

use super::channel::{Channel, HEADINGS};
use super::pay::Return;
use super::records::Session;

/// What these pages may load and do: their own style and script, and forms to any shop.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                                 form-action 'self' http: https:; base-uri 'none'; frame-ancestors 'none'";

/// What cannot be rehearsed in earnest: reasons for which issuers decline.
const REASONS: [&str; 4] = ["Insufficient balance", "Invalid CVV", "Invalid expiration date", "Wrong OTP"];

/// The pay page of an open session; with one channel chosen for the payer, if that is offered.
pub(super) fn pay(store: &str, session: &Session, seconds_left: i64, cardname: Option<&str>) -> String {
    let request = &session.request;
    let amount = format!("{} {}", request.requested.currency.code(), grouped(&request.requested.to_decimal()));
    let chosen = request.channels.iter().find(|channel| Some(channel.key) == cardname).copied();
    let channels = match chosen {
        Some(channel) => format!(
            "{}<p class=\"more\"><a id=\"all\" href=\"?\">Other ways to pay</a></p>",
            group("Pay with", &[channel], channel.key)
        ),
        None => groups(&request.channels),
    };
    let body = format!(
        "<header><p class=\"mark\" aria-hidden=\"true\">{initial}</p><div><p class=\"to\">Pay to</p><h1>{store}</h1></div>\
         <p class=\"left\">Time left<br><span id=\"left\" role=\"timer\" data-seconds=\"{seconds_left}\">{minutes}:{seconds:02}\
         </span></p></header>\
         <section class=\"order\"><p class=\"amount\" id=\"amount\">{amount}</p>\
         <dl><div><dt>For</dt><dd>{product}</dd></div><div><dt>Transaction</dt><dd id=\"tran_id\">{tran_id}</dd></div></dl>\
         </section>{declined}<form method=\"post\">{channels}\
         <p class=\"go\"><button id=\"pay\" name=\"action\" value=\"pay\" class=\"main\">Pay {amount}</button></p>{endings}</form>",
        initial = escape(&store.chars().take(1).collect::<String>().to_uppercase()),
        store = escape(store),
        minutes = seconds_left / 60,
        seconds = seconds_left % 60,
        product = escape(&request.product),
        tran_id = escape(&request.tran_id),
        declined = declined(session),
        endings = endings(),
    );
    document(&format!("Pay {amount}"), PAY, &body)
}

/// What the payer is told of the attempt before.
fn declined(session: &Session) -> String {
    session.attempts.last().map_or(String::new(), |attempt| {
        let error = escape(&attempt.error);
        format!("<p class=\"note\" role=\"status\">The last attempt was declined: {error}. Try again.</p>")
    })
}

fn groups(channels: &[&'static Channel]) -> String {
    let first = channels.first().map_or("", |channel| channel.key);
    let under = HEADINGS.iter().map(|(heading, groups)| {
        let these: Vec<_> = channels.iter().filter(|channel| groups.contains(&channel.group)).copied().collect();
        if these.is_empty() { String::new() } else { group(heading, &these, first) }
    });
    under.collect()
}

fn group(heading: &str, channels: &[&'static Channel], chosen: &str) -> String {
    let ways = channels.iter().map(|channel| {
        let (key, label) = (channel.key, escape(channel.label));
        let checked = if key == chosen { " checked" } else { "" };
        format!(
            "<label class=\"way {group}\"><input type=\"radio\" name=\"channel\" id=\"channel-{key}\" value=\"{key}\"{checked}>\
             <span>{label}</span></label>",
            group = channel.group,
        )
    });
    format!("<fieldset><legend>{heading}</legend><div class=\"ways\">{}</div></fieldset>", ways.collect::<String>())
}

/// The buttons that no real page has.
fn endings() -> String {
    let reasons: String = REASONS.iter().map(|reason| format!("<option>{reason}</option>")).collect();
    format!(
        "<section class=\"endings\" aria-labelledby=\"else\"><h2 id=\"else\">Or rehearse another ending</h2>\
         <div class=\"decline\"><p><label for=\"reason\">Reason for declining</label>\
         <select id=\"reason\" name=\"reason\">{reasons}</select></p>\
         <button id=\"decline\" name=\"action\" value=\"decline\">Decline</button></div>\
         <div class=\"others\"><button id=\"cancel\" name=\"action\" value=\"cancel\">Cancel</button>\
         <button id=\"leave\" name=\"action\" value=\"leave\">Leave without choosing</button>\
         <button id=\"expire\" name=\"action\" value=\"expire\">Let it expire</button></div></section>"
    )
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
    document("Returning to the shop", PAY, &body)
}

/// A session that can no longer be paid.
pub(super) fn over(store: &str) -> String {
    let body = format!(
        "<h1>{}</h1><p id=\"over\">This payment page is no longer open. Please go back to the shop and start again.</p>",
        escape(store)
    );
    document("Payment page closed", PAY, &body)
}

/// An address that names no session.
pub(super) fn unknown() -> String {
    document("Not found", PAY, "<h1>Not found</h1><p>There is no such payment page.</p>")
}

/// The payer's pages' style and script.
const PAY: &str = "<link rel=\"stylesheet\" href=\"/sandbox/pay.css\"><script src=\"/sandbox/pay.js\" defer></script>";

/// A page of the sandbox; `head` names its style.
pub(super) fn document(title: &str, head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"icon\" href=\"data:,\">\
         <title>{title} · Sandbox gateway</title>{head}</head><body>\
         <p class=\"banner\" role=\"note\"><strong>Sandbox gateway:</strong> no real money moves</p>\
         <main>{body}</main></body></html>"
    )
}

/// Commas between thousands.
pub(super) fn grouped(decimal: &str) -> String {
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

    // Harm prevented: a payer misreads what is to be paid by a factor of ten.
    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped("1234567.50"), "1,234,567.50");
        assert_eq!(grouped("999.00"), "999.00");
    }
}
