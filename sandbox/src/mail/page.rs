//! The mailbox as pages: every letter, and one of them. Markup only; everything that came by mail is escaped, and HTML of letters is shown
//! in a frame that may do nothing.

use actix_web::HttpResponse;
use actix_web::http::header::ContentType;

use crate::gateway::escape;

use super::Letter;

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";
/// A letter's own HTML: its styles, and nothing else, in an origin of its own.
const LETTER_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox";

/// The looks, shared with the gateway's page.
pub(super) async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .insert_header(("Cache-Control", "no-cache"))
        .body(concat!(
            include_str!("../gateway/control/control.css"),
            "\niframe { width: 100%; height: 36rem; border: 0; background: #fff; }\npre { white-space: pre-wrap; overflow-wrap: anywhere; }\n"
        ))
}

/// Every letter, the newest first.
pub(super) fn list(letters: &[Letter]) -> HttpResponse {
    let rows: String = letters
        .iter()
        .rev()
        .map(|letter| {
            format!(
                "<li><span><a href=\"/letters/{}\"><b>{}</b></a> {}</span><span>{}</span></li>",
                letter.number,
                or_none(&letter.subject),
                escape(&letter.to.join(", ")),
                escape(&letter.date)
            )
        })
        .collect();
    let all = if rows.is_empty() {
        "<p class=\"soft\">No letter has come yet.</p>".to_owned()
    } else {
        format!("<ul>{rows}</ul>")
    };
    shown(
        "Mailbox",
        &format!(
            "<h1>Mailbox</h1><p class=\"soft\">Letters to anybody end here; none goes on. Load the page again for new ones.</p>{all}\
             <form method=\"post\" action=\"/form/clear\"><button>Forget them all</button></form>"
        ),
    )
}

/// One letter: its head, its text with its links, its HTML.
pub(super) fn letter(letter: &Letter) -> HttpResponse {
    let html = if letter.html.is_empty() {
        String::new()
    } else {
        format!(
            "<h2>As HTML</h2><iframe sandbox title=\"The letter as HTML\" src=\"/letters/{}/html\"></iframe>",
            letter.number
        )
    };
    shown(
        &letter.subject,
        &format!(
            "<p><a href=\"/\">Mailbox</a></p><h1>{}</h1><p class=\"soft\">To {}, from {}. {}</p><h2>As text</h2><pre>{}</pre>{html}\
             <p><a href=\"/letters/{}/raw\">As it came</a></p>",
            or_none(&letter.subject),
            escape(&letter.to.join(", ")),
            escape(&letter.from),
            escape(&letter.date),
            linked(&letter.text),
            letter.number
        ),
    )
}

/// A letter's own HTML.
pub(super) fn html(letter: &Letter) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::html())
        .insert_header(("Cache-Control", "no-store"))
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .insert_header(("Referrer-Policy", "no-referrer"))
        .insert_header(("Content-Security-Policy", LETTER_POLICY))
        .body(letter.html.clone())
}

/// A letter as it came.
pub(super) fn raw(letter: Letter) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::plaintext())
        .insert_header(("Cache-Control", "no-store"))
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .insert_header(("Content-Security-Policy", POLICY))
        .body(letter.raw)
}

/// No such letter.
pub(super) fn nothing() -> HttpResponse {
    HttpResponse::NotFound().content_type(ContentType::plaintext()).body("There is no such letter.")
}

fn or_none(subject: &str) -> String {
    if subject.is_empty() { "(no subject)".to_owned() } else { escape(subject) }
}

/// Text with its web addresses as links: where letters lead can be tried.
fn linked(text: &str) -> String {
    let word = |word: &str| {
        let address = word.trim_end();
        let (address, space) = word.split_at(address.len());
        if address.starts_with("http://") || address.starts_with("https://") {
            let address = escape(address);
            format!("<a href=\"{address}\" rel=\"noreferrer noopener\">{address}</a>{space}")
        } else {
            escape(word)
        }
    };
    text.split_inclusive(char::is_whitespace).map(word).collect()
}

fn shown(title: &str, body: &str) -> HttpResponse {
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{}</title><link rel=\"icon\" href=\"data:,\">\
         <link rel=\"stylesheet\" href=\"/mail.css\"></head><body><main>{body}</main></body></html>",
        escape(title)
    );
    HttpResponse::Ok()
        .content_type(ContentType::html())
        .insert_header(("Cache-Control", "no-store"))
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .insert_header(("Referrer-Policy", "no-referrer"))
        .insert_header(("Content-Security-Policy", POLICY))
        .body(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a letter runs what it likes in the browser of whoever rehearses.
    #[test]
    fn text_is_text_and_only_web_addresses_are_links() {
        let shown = linked("<script>1</script>\nhttps://a.example/?token=1&b=\"2\" javascript:alert(1)\n");
        assert_eq!(
            shown,
            "&lt;script&gt;1&lt;/script&gt;\n<a href=\"https://a.example/?token=1&amp;b=&quot;2&quot;\" \
             rel=\"noreferrer noopener\">https://a.example/?token=1&amp;b=&quot;2&quot;</a> javascript:alert(1)\n"
        );
    }
}
