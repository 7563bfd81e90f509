//! Who may drive the control plane: programs, and pages of the sandbox itself. Knows no switch.
//!
//! A browser says from where a request comes (`Sec-Fetch-Site`, `Origin`); programs say neither. Another port of the same
//! machine is another site here, and a name that somebody's DNS points at this machine is none of ours.

use std::net::IpAddr;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HOST, HeaderMap, ORIGIN};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use serde_json::json;

use super::super::state::State;

/// Lets through what may drive the sandbox.
pub(super) async fn refuse_other_sites(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let public_url = request.app_data::<web::Data<State>>().map(|state| state.public_url.clone()).unwrap_or_default();
    if allowed(request.headers(), request.method().is_safe(), &public_url) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let refusal = json!({ "error": "the sandbox is not driven by pages of other sites" });
    Ok(request.into_response(HttpResponse::Forbidden().json(refusal)).map_into_right_body())
}

/// Whether a request with these headers may drive a sandbox that is reached at `public_url`.
pub(crate) fn allowed(headers: &HeaderMap, safe: bool, public_url: &str) -> bool {
    let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    let (site, origin) = (said("sec-fetch-site"), said(ORIGIN.as_str()));
    if site.is_none() && origin.is_none() {
        return true;
    }
    let host = said(HOST.as_str()).unwrap_or_default();
    let ours = is_ours(host, public_url);
    let same_site = match (site, origin) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host)),
        (None, None) => true,
    };
    // Reading a page that was followed to is harmless: other sites cannot see what it says.
    ours && (same_site || (safe && origin.is_none()))
}

/// Whether the name under which the browser reached us is one that we have.
fn is_ours(host: &str, public_url: &str) -> bool {
    let public = public_url.split_once("://").map_or(public_url, |(_, rest)| rest);
    let public = public.split('/').next().unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let is_loopback = name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    name == "localhost" || is_loopback || host.eq_ignore_ascii_case(public)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};

    fn posts(said: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in said {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        allowed(&headers, false, "https://pay.example/sandbox")
    }

    // Harm prevented: any page that is open in the same browser settles refunds or switches faults on.
    #[test]
    fn only_programs_and_our_own_pages_drive() {
        let (ours, public) = (("host", "127.0.0.1:4010"), ("host", "pay.example"));
        assert!(posts(&[ours]), "a program");
        assert!(posts(&[ours, ("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1:4010")]));
        assert!(posts(&[public, ("origin", "https://pay.example")]), "a browser that says less");
        for site in ["cross-site", "same-site", "unheard-of"] {
            assert!(!posts(&[ours, ("sec-fetch-site", site)]), "{site}");
        }
        for origin in ["https://evil.example", "http://127.0.0.1:3000", "null"] {
            assert!(!posts(&[ours, ("origin", origin)]), "{origin}");
        }
        let rebound = ("host", "evil.example:4010");
        assert!(!posts(&[rebound, ("sec-fetch-site", "same-origin"), ("origin", "http://evil.example:4010")]));
    }
}
