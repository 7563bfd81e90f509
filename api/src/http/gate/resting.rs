//! What visitors of a closed panel get instead of it: a page in their language, or a problem document.
//!
//! Says nothing of whose panel it is but the host that was asked for. The page loads nothing and runs nothing. It does not
//! know how the panel came to be closed; the gate says why.

use super::words::{Words, words};
use crate::app::Settings;
use crate::http::ApiError;
use crate::store::Door;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT, ACCEPT_LANGUAGE, CONTENT_SECURITY_POLICY, ContentType, HeaderMap, HeaderValue, RETRY_AFTER, VARY,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use shared::api::auth::Language;
use shared::api::problem::ErrorCode;
use std::sync::LazyLock;

const CSS: &str = include_str!("page.css");

/// Why visitors see this instead of the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// Nobody has paid for it yet.
    Pending,
    /// It is being set up.
    Creating,
    /// Its owner has stopped it.
    Stopped,
    /// It was told to open, and is not up yet.
    Opening,
    /// What was paid for is over.
    Expired,
    /// The operator has closed it.
    ByOperator,
    /// It could not be set up.
    Failed,
    /// There is none of this name.
    Unknown,
    /// It was closed a moment ago, and is open.
    Opened,
    /// This process has not read yet which panels there are.
    NotYet,
}

impl Why {
    /// The panel's state as `X-Panel-State` names it.
    pub(super) const fn state(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Creating => "creating",
            Self::Stopped => "stopped",
            Self::Opening | Self::Expired | Self::ByOperator => "suspended",
            Self::Failed => "failed",
            Self::Unknown | Self::NotYet => "unknown",
            Self::Opened => "active",
        }
    }

    const fn code(self) -> ErrorCode {
        match self {
            Self::Unknown => ErrorCode::NotFound,
            Self::Opened | Self::NotYet => ErrorCode::Unavailable,
            Self::Pending
            | Self::Creating
            | Self::Stopped
            | Self::Opening
            | Self::Expired
            | Self::ByOperator
            | Self::Failed => ErrorCode::PanelClosed,
        }
    }

    /// After how many seconds it is worth looking again, where that helps by itself.
    const fn again_after(self) -> Option<u32> {
        match self {
            Self::Creating => Some(10),
            Self::Opened => Some(1),
            Self::Opening | Self::NotYet => Some(5),
            Self::Pending | Self::Stopped | Self::Expired | Self::ByOperator | Self::Failed | Self::Unknown => None,
        }
    }
}

/// The answer, for a visitor who sent these headers. 402 if the panel is closed, 404 if there is none, 503 if that will
/// have changed in a moment.
pub(super) fn answer(
    settings: &Settings,
    asked: &HeaderMap,
    why: Why,
    host: Option<&str>,
    door: Option<Door>,
) -> HttpResponse {
    let header = |name| asked.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let language = language(header(ACCEPT_LANGUAGE));
    let mut answer = if wants_json(header(ACCEPT)) {
        let mut problem = ApiError::new(why.code(), words(why, language).told());
        problem.0.retry_after_seconds = why.again_after();
        HttpResponse::from_error(problem)
    } else {
        let status =
            StatusCode::from_u16(ApiError::new(why.code(), "").0.status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
        HttpResponse::build(status)
            .insert_header(ContentType::html())
            .insert_header((CONTENT_SECURITY_POLICY, POLICY.clone()))
            .body(page(settings, language, why, host, door))
    };
    let headers = answer.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("Accept, Accept-Language"));
    if let Some(seconds) = why.again_after() {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

/// Our own style, which the page carries, and the icon; nothing else.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let style = STANDARD.encode(Sha256::digest(CSS.as_bytes()));
    let text = format!(
        "default-src 'none'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

/// Whoever names JSON and no page: programs. Odoo's own pages accept anything; what is no JSON they take for a lost
/// connection, and come back by themselves once the panel is open.
fn wants_json(accept: &str) -> bool {
    accept.contains("json") && !accept.contains("text/html")
}

/// Bangla for whoever prefers it to English; English for everybody else.
fn language(accepted: &str) -> Language {
    let weight = |wanted: &str| {
        let of = |entry: &str| {
            let mut parts = entry.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default().to_ascii_lowercase();
            let named = tag.split('-').next() == Some(wanted);
            let quality = parts.find_map(|part| part.strip_prefix("q=")).unwrap_or("1");
            // "1", "0.8", "0.85": without the dot, filled up, these compare as whole numbers.
            named.then(|| format!("{:0<4.4}", quality.replace('.', "")).parse::<u32>().unwrap_or(0))
        };
        accepted.split(',').filter_map(of).max().unwrap_or(0)
    };
    if weight("bn") > weight("en") { Language::Bn } else { Language::En }
}

/// Where whoever may help goes, if there is such a place.
fn way_on(settings: &Settings, why: Why, door: Option<Door>) -> Option<String> {
    let panel = |door: Door, rest: &str| settings.public(&format!("/panels/{}{rest}", door.tenant_id));
    match why {
        Why::Pending | Why::Expired => Some(panel(door?, "/pay")),
        Why::Stopped | Why::Failed => Some(panel(door?, "")),
        Why::ByOperator => settings.support_email.as_ref().map(|email| format!("mailto:{email}")),
        Why::Creating | Why::Opening | Why::Unknown | Why::Opened | Why::NotYet => None,
    }
}

fn page(settings: &Settings, language: Language, why: Why, host: Option<&str>, door: Option<Door>) -> String {
    let other = match language {
        Language::En => Language::Bn,
        Language::Bn => Language::En,
    };
    let (first, second) = (words(why, language), words(why, other));
    let again = why
        .again_after()
        .map_or_else(String::new, |seconds| format!("<meta http-equiv=\"refresh\" content=\"{seconds}\">"));
    let host = host.map_or_else(String::new, |host| format!("<p class=\"host\" translate=\"no\">{}</p>", escape(host)));
    let way = way_on(settings, why, door);
    let button = way.zip(first.act).map_or_else(String::new, |(to, act)| {
        let second = second.act.map_or_else(String::new, |act| format!(" <span lang=\"{}\">{act}</span>", tag(other)));
        format!("<p><a class=\"act\" id=\"act\" href=\"{}\"><span>{act}</span>{second}</a></p>", escape(&to))
    });
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" content=\"noindex\">\
         <meta name=\"color-scheme\" content=\"light dark\">{again}<title>{title}</title><link rel=\"icon\" href=\"{ICON}\">\
         <style>{CSS}</style></head><body><main>{GLASS}{host}<h1 id=\"closed\">{title}</h1>{text}{button}\
         <section lang=\"{other}\"><h2>{title2}</h2><p>{text2}</p></section></main><footer>{name}</footer></body></html>",
        lang = tag(language),
        title = first.title,
        text = paragraphs(&first),
        other = tag(other),
        title2 = second.title,
        text2 = second.text,
        name = escape(&settings.name),
    )
}

fn paragraphs(words: &Words) -> String {
    let note = words.note.map_or_else(String::new, |note| format!("<p class=\"note\">{note}</p>"));
    format!("<p>{}</p>{note}", words.text)
}

const fn tag(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Bn => "bn",
    }
}

const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath \
                    fill='%230b5a6b' d='M3 1h10v2l-4 5 4 5v2H3v-2l4-5-4-5z'/%3E%3C/svg%3E";

/// An hourglass that lies on its side: nothing runs.
const GLASS: &str = "<svg class=\"glass\" viewBox=\"0 0 64 40\" aria-hidden=\"true\">\
                     <path class=\"sand\" d=\"M12 26H25C22 29 18 32 12 32ZM52 26H39C42 29 46 32 52 32Z\"/>\
                     <path d=\"M12 5v30M52 5v30M12 8C24 8 28 20 32 20S40 8 52 8M12 32C24 32 28 20 32 20S40 32 52 32\"/></svg>";

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a page in a language that its reader cannot read.
    #[test]
    fn the_language_is_the_one_that_is_preferred() {
        for accepted in ["bn", "bn-BD", "BN", "bn-BD,bn;q=0.9,en;q=0.8", "en;q=0.5, bn;q=0.51", "de, bn;q=0.1", "fr,bn"]
        {
            assert_eq!(language(accepted), Language::Bn, "{accepted}");
        }
        for accepted in
            ["", "*", "en", "en-US,en;q=0.9,bn;q=0.8", "bn;q=0.3,en;q=0.75", "de", "bn;q=0", "bnx", "bn;q=x"]
        {
            assert_eq!(language(accepted), Language::En, "{accepted}");
        }
    }

    // Harm prevented: a program is told in a page, or a person in JSON, why the panel is closed.
    #[test]
    fn json_is_for_those_who_ask_for_it_alone() {
        assert!(wants_json("application/json"));
        assert!(wants_json("application/problem+json, application/json;q=0.9"));
        for page in ["", "*/*", "text/html,application/xhtml+xml,*/*;q=0.8", "text/html, application/json"] {
            assert!(!wants_json(page), "{page}");
        }
    }

    // Harm prevented: what an operator called the deployment, or whatever host was asked for, becomes markup.
    #[test]
    fn what_comes_from_outside_is_text() {
        assert_eq!(escape("<a href=\"x\">'&'</a>"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
    }
}
