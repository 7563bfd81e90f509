//! The dashboard, the customer's other programs and the operator's desk: files that were built into this program, compressed beforehand.
//!
//! Names that carry a hash of their content are cached for ever; the pages, which name them, and all other files never.

use crate::http::ApiError;
use crate::http::middleware::ContentPolicy;
use actix_web::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, VARY};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};
use shared::pages::Program;

#[derive(RustEmbed)]
#[folder = "../web/dist"]
#[allow_missing = true]
struct Files;

const INDEX: &str = "index.html";
const DETAILS: &str = "details/index.html";
const ACCOUNT: &str = "account/index.html";
const FIGURES: &str = "figures/index.html";
/// Who may see anything at the desk, the API decides.
const DESK: &str = "operator/index.html";

/// The page that starts a program.
const fn page_of(program: Program) -> &'static str {
    match program {
        Program::Dashboard => INDEX,
        Program::Details => DETAILS,
        Program::Account => ACCOUNT,
        Program::Figures => FIGURES,
        Program::Operator => DESK,
    }
}

/// Whether a dashboard was built into this program.
#[must_use]
pub fn is_built_in() -> bool {
    Files::get(INDEX).is_some()
}

/// A file, or a page for any address that is not a file: each page knows its own addresses.
pub async fn get_file(request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let path = request.path().trim_start_matches('/');
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let foreign = ["api/", "docs/", "pay/sslcommerz"].iter().any(|prefix| path.starts_with(prefix));
    if foreign || (is_file && Files::get(path).is_none()) {
        return Err(ApiError::not_found());
    }
    let name = if is_file { path } else { page_of(Program::of(path)) };
    serve(&request, name).ok_or_else(ApiError::not_found)
}

fn serve(request: &HttpRequest, name: &str) -> Option<HttpResponse> {
    let accepted = request.headers().get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let brotli = accepted.split(',').any(|coding| coding.trim() == "br" || coding.trim().starts_with("br;"));
    let packed = if brotli { Files::get(&format!("{name}.br")) } else { None };
    let is_packed = packed.is_some();
    let file = packed.or_else(|| Files::get(name))?;
    let kept = if is_named_by_content(name) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = HttpResponse::Ok();
    response.insert_header((CONTENT_TYPE, mime_guess::from_path(name).first_or_octet_stream().to_string()));
    response.insert_header((CACHE_CONTROL, kept)).insert_header((VARY, "Accept-Encoding"));
    if is_packed {
        response.insert_header((CONTENT_ENCODING, "br"));
    }
    Some(response.body(file.data.into_owned()))
}

/// Whether a name carries a hash of what is in the file: `dashboard-f3ac58d2f0c86bbb_bg.wasm`.
fn is_named_by_content(name: &str) -> bool {
    let is_hash = |part: &str| (12..=16).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    name.split(['-', '_', '.']).any(is_hash)
}

/// What the pages may load and run: our own files, and the very scripts that the built pages hold inline.
#[must_use]
pub fn content_policy() -> ContentPolicy {
    let pages: String = [INDEX, DETAILS, ACCOUNT, FIGURES, DESK]
        .into_iter()
        .filter_map(Files::get)
        .map(|page| String::from_utf8_lossy(&page.data).into_owned())
        .collect();
    let inline: String = inline_scripts(&pages)
        .map(|script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script.as_bytes()))))
        .collect();
    let rest = "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
                object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
    let value = |text: String| HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    ContentPolicy {
        pages: value(format!(
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{inline}; style-src 'self'; {rest}"
        )),
        docs: value(format!("default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; {rest}")),
    }
}

/// The contents of `<script>` elements without a `src`.
fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (content, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=") && !content.is_empty()).then_some(content)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a page or the service worker is kept for a year, and its browser never hears of a new build.
    #[test]
    fn only_what_is_named_by_its_content_is_kept_for_ever() {
        for name in [
            "dashboard-f3ac58d2f0c86bbb_bg.wasm",
            "fonts/latin-697ffbbd408344fc.woff2",
            "details/details-3ac58d2f0c86bbb.js",
        ] {
            assert!(is_named_by_content(name), "{name}");
        }
        for name in
            [INDEX, DETAILS, ACCOUNT, FIGURES, DESK, "sw.js", "manifest.webmanifest", "icons/192.png", "fonts/OFL.txt"]
        {
            assert!(!is_named_by_content(name), "{name}");
        }
    }
}
