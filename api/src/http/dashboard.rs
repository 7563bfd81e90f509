//! The dashboard: files that were built into this program, compressed beforehand.
//!
//! Names that carry a hash of their content are cached for ever; `index.html`, which names them, never.

use crate::http::ApiError;
use crate::http::middleware::ContentPolicy;
use actix_web::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, VARY};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

#[derive(RustEmbed)]
#[folder = "../web/dist"]
#[allow_missing = true]
struct Files;

const INDEX: &str = "index.html";

/// Whether a dashboard was built into this program.
#[must_use]
pub fn is_built_in() -> bool {
    Files::get(INDEX).is_some()
}

/// A file of the dashboard, or its page for any address that is not a file: the page knows its own addresses.
pub async fn get_file(request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let path = request.path().trim_start_matches('/');
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let foreign = ["api/", "docs/", "pay/sslcommerz"].iter().any(|prefix| path.starts_with(prefix));
    if foreign || (is_file && Files::get(path).is_none()) {
        return Err(ApiError::not_found());
    }
    let name = if is_file { path } else { INDEX };
    serve(&request, name).ok_or_else(ApiError::not_found)
}

fn serve(request: &HttpRequest, name: &str) -> Option<HttpResponse> {
    let accepted = request.headers().get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let brotli = accepted.split(',').any(|coding| coding.trim() == "br" || coding.trim().starts_with("br;"));
    let packed = if brotli { Files::get(&format!("{name}.br")) } else { None };
    let is_packed = packed.is_some();
    let file = packed.or_else(|| Files::get(name))?;
    let kept = if name == INDEX { "no-cache" } else { "public, max-age=31536000, immutable" };
    let mut response = HttpResponse::Ok();
    response.insert_header((CONTENT_TYPE, mime_guess::from_path(name).first_or_octet_stream().to_string()));
    response.insert_header((CACHE_CONTROL, kept)).insert_header((VARY, "Accept-Encoding"));
    if is_packed {
        response.insert_header((CONTENT_ENCODING, "br"));
    }
    Some(response.body(file.data.into_owned()))
}

/// What the pages may load and run: our own files, and the very scripts that the built page holds inline.
#[must_use]
pub fn content_policy() -> ContentPolicy {
    let page = Files::get(INDEX).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default();
    let inline: String = inline_scripts(&page)
        .map(|script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script.as_bytes()))))
        .collect();
    let rest = "img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; \
                base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
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
