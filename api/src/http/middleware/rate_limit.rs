//! How often one address may try to sign in or up.

use crate::app::App;
use crate::http::ApiError;
use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use shared::api::problem::ErrorCode;
use std::future::{Ready, ready};
use std::net::IpAddr;
use std::num::NonZeroU32;

/// So many addresses are remembered before those that have been quiet are forgotten.
const REMEMBERED: usize = 10_000;

/// The tries that each address has left.
pub struct SignInQuota(DefaultKeyedRateLimiter<IpAddr>);

impl SignInQuota {
    /// `per_minute` tries for each address; at least one.
    #[must_use]
    pub fn new(per_minute: u32) -> Self {
        let tries = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
        Self(RateLimiter::keyed(Quota::per_minute(tries)))
    }
}

/// Extracted by the handlers that are limited; 429 once an address has used its tries up.
pub struct SignInLimit;

impl FromRequest for SignInLimit {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let quota = request.app_data::<Data<SignInQuota>>();
        let Some((quota, peer)) = quota.zip(address(request)) else { return ready(Ok(Self)) };
        if quota.0.len() > REMEMBERED {
            quota.0.retain_recent();
        }
        let full = |_| ApiError::new(ErrorCode::RateLimited, "Wait a minute, then try again.").after(60);
        ready(quota.0.check_key(&peer).map(|()| Self).map_err(full))
    }
}

/// Who asks. Behind the operator's own proxy every peer is the proxy; it adds the true address at the end of a header
/// whose beginning anybody could have written.
fn address(request: &HttpRequest) -> Option<IpAddr> {
    let behind_proxy = request.app_data::<Data<App>>().is_some_and(|app| app.settings.behind_proxy);
    if behind_proxy {
        let forwarded = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
        if let Some(address) = forwarded.and_then(|list| list.rsplit(',').next()?.trim().parse().ok()) {
            return Some(address);
        }
    }
    request.peer_addr().map(|peer| peer.ip())
}
