//! A letter's words as plain text and as HTML. The HTML fetches nothing, and whatever people called things stands in it as text.

use shared::api::auth::Language;
use shared::wording::letter::Written;
use std::fmt::Write as _;

/// As plain text: paragraphs, the link on a line of its own, and below two hyphens why the reader got it.
pub(super) fn text(letter: &Written) -> String {
    let mut parts = letter.paragraphs.clone();
    parts.extend(letter.button.iter().map(|button| format!("{}:\n{}", button.label, button.url)));
    let mut text = parts.join("\n\n");
    if !letter.footer.is_empty() {
        // What mail programs fold away.
        let _ = write!(text, "\n\n-- \n{}", letter.footer.join("\n"));
    }
    text.push('\n');
    text
}

const PAGE: &str =
    "margin:0;padding:24px;background:#f6f5f2;color:#1c1b19;font:16px/1.65 system-ui,'Noto Sans Bengali',sans-serif";
const SHEET: &str = "max-width:520px;margin:0 auto;padding:24px;background:#fff;border-radius:12px";
const BUTTON: &str = "display:inline-block;padding:12px 20px;border-radius:8px;background:#0b6b50;color:#fff;text-decoration:none;font-weight:600";
const SMALL: &str = "max-width:520px;margin:16px auto 0;color:#5b5852;font-size:14px";

/// As a whole HTML document.
pub(super) fn html(letter: &Written, language: Language) -> String {
    let paragraphs = letter.paragraphs.iter().fold(String::new(), |mut all, words| {
        let _ = write!(all, "<p>{}</p>", escaped(words));
        all
    });
    // The address once more as text: who does not trust a button can copy it.
    let button = letter.button.as_ref().map_or_else(String::new, |button| {
        let (label, url) = (escaped(&button.label), escaped(&button.url));
        format!("<p><a href=\"{url}\" style=\"{BUTTON}\">{label}</a></p><p style=\"word-break:break-all\">{url}</p>")
    });
    let footer = escaped(&letter.footer.join("\n")).replace('\n', "<br>");
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{}</title></head><body style=\"{PAGE}\"><div style=\"{SHEET}\">\
         {paragraphs}{button}</div><p style=\"{SMALL}\">{footer}</p></body></html>\n",
        language.code(),
        escaped(&letter.subject)
    )
}

/// Text made safe for markup and for quoted attributes.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut safe, c| {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
        safe
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::wording::letter::Button;

    fn letter() -> Written {
        Written {
            subject: "<b>Shop</b>".to_owned(),
            paragraphs: vec!["<img src=\"https://evil.example/\">".to_owned(), "7 < 8".to_owned()],
            button: Some(Button {
                label: "Pay".to_owned(),
                url: "https://pay.example.com/panels/ten_1/pay".to_owned(),
            }),
            footer: vec!["Why".to_owned(), "Help: a@example.com".to_owned()],
        }
    }

    // Harm prevented: a panel's name puts a picture or a link of its own into everybody's letters.
    #[test]
    fn names_are_text_in_html() {
        let html = html(&letter(), Language::En);
        assert!(!html.contains("<img") && !html.contains("<b>") && html.contains("&lt;img"), "{html}");
        assert_eq!(html.matches("href=").count(), 1);
        assert!(!html.contains("src=\""), "{html}");
        assert!(html.contains("<html lang=\"en\">") && html.contains("Why<br>Help"));
    }

    #[test]
    fn plain_text_has_the_link_on_a_line_of_its_own() {
        let text = text(&letter());
        assert!(text.contains("\n\nPay:\nhttps://pay.example.com/panels/ten_1/pay\n\n-- \nWhy\n"), "{text}");
    }
}
