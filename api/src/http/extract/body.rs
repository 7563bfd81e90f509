//! A JSON body, with the field at fault named by its pointer.

use crate::http::ApiError;
use actix_web::dev::Payload;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use serde::de::DeserializeOwned;
use shared::api::problem::ErrorCode;
use std::future::Future;
use std::pin::Pin;

/// A JSON body of type `T`.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = request.content_type().eq_ignore_ascii_case("application/json");
        let bytes = Bytes::from_request(request, payload);
        Box::pin(async move {
            // A form of another site can post JSON only under another name.
            if !is_json {
                return Err(ApiError::new(ErrorCode::Invalid, "Send the body as application/json."));
            }
            let bytes = bytes.await.map_err(|error| match error.as_response_error().status_code().as_u16() {
                413 => ApiError::new(ErrorCode::TooLarge, "The body is larger than this address takes."),
                _ => ApiError::field("", "unreadable", "the body did not arrive whole"),
            })?;
            let mut json = serde_json::Deserializer::from_slice(&bytes);
            let value: T = serde_path_to_error::deserialize(&mut json).map_err(|error| {
                let pointer = pointer(&error);
                ApiError::field(pointer, "unreadable", error.into_inner().to_string())
            })?;
            json.end().map_err(|error| ApiError::field("", "unreadable", error.to_string()))?;
            Ok(Self(value))
        })
    }
}

/// `/email` for what serde calls `email`; a missing or unknown field is named by serde's own words.
fn pointer(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let path = error.path().to_string();
    let quoted = error.inner().to_string().split('`').nth(1).map(str::to_owned);
    match (path.as_str(), quoted) {
        (".", Some(field)) => format!("/{field}"),
        // `?`: it breaks off before a field has a name.
        ("." | "?", _) => String::new(),
        (path, _) => format!("/{}", path.replace('.', "/")),
    }
}
