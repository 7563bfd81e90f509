//! Which part of a list.

use crate::http::ApiError;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};
use std::str::FromStr;

const LIMIT_DEFAULT: u32 = 50;
const LIMIT_MAX: u32 = 100;

/// `limit` (1 to `MAX`, default 50) and `cursor` (the `next_cursor` of the page before).
pub struct Page<T, const MAX: u32 = LIMIT_MAX> {
    /// How many at the most.
    pub limit: u32,
    /// Where to go on.
    pub cursor: Option<T>,
}

impl<T: FromStr, const MAX: u32> FromRequest for Page<T, MAX> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.query_string()))
    }
}

fn read<T: FromStr, const MAX: u32>(query: &str) -> Result<Page<T, MAX>, ApiError> {
    let mut page = Page { limit: LIMIT_DEFAULT, cursor: None };
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match name.as_ref() {
            "limit" => {
                let limit = value.parse().ok().filter(|limit| (1..=MAX).contains(limit));
                let rule = || ApiError::field("/limit", "range", format!("must be 1 to {MAX}"));
                page.limit = limit.ok_or_else(rule)?;
            }
            "cursor" if !value.is_empty() => {
                let odd = |_| ApiError::field("/cursor", "unreadable", "must be the next_cursor of a page");
                page.cursor = Some(value.parse().map_err(odd)?);
            }
            _ => {}
        }
    }
    Ok(page)
}
