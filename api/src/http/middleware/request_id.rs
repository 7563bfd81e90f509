//! Names each request, logs how it went, and puts the name into every problem, so that a report finds its log line.

use super::super::ApiError;
use crate::app::App;
use actix_web::ResponseError;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::Error;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use shared::api::problem::ErrorCode;
use tracing::Instrument as _;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The middleware. Never logs a query string: seals and tickets travel there.
pub async fn name_request(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let id = request.app_data::<Data<App>>().map_or_else(String::new, |app| app.ids.uuid().simple().to_string());
    let (method, path) = (request.method().clone(), request.path().to_owned());
    let span = tracing::info_span!("request", id, %method, path);
    let result = next.call(request).instrument(span.clone()).await;
    let mut response = match result {
        Ok(response) => match response.response().error().map(problem_of) {
            Some(problem) => {
                let mut named = finish(problem, &id);
                for (name, value) in response.headers() {
                    // It is written anew, and nobody packed it.
                    if !named.headers().contains_key(name) && name != CONTENT_ENCODING {
                        named.headers_mut().insert(name.clone(), value.clone());
                    }
                }
                response.into_response(named)
            }
            None => response.map_into_boxed_body(),
        },
        Err(error) => {
            let mut problem = problem_of(&error);
            problem.0.request_id = id;
            return Err(problem.into());
        }
    };
    let status = response.status().as_u16();
    span.in_scope(|| if status >= 500 { tracing::error!(status) } else { tracing::debug!(status) });
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    Ok(response)
}

fn problem_of(error: &Error) -> ApiError {
    error.as_error::<ApiError>().cloned().unwrap_or_else(|| foreign(error))
}

/// What the framework itself turned away (a malformed query, a body of the wrong kind) becomes a problem, too.
fn foreign(error: &Error) -> ApiError {
    match error.as_response_error().status_code().as_u16() {
        404 => ApiError::not_found(),
        405 => ApiError::new(ErrorCode::MethodNotAllowed, "Another method is meant for this address."),
        413 => ApiError::new(ErrorCode::TooLarge, "The body is larger than this address takes."),
        400..500 => ApiError::new(ErrorCode::Invalid, error.to_string()),
        _ => {
            tracing::error!(%error, "the framework failed");
            ApiError::new(ErrorCode::Internal, "The request_id finds this in the server's log.")
        }
    }
}

fn finish(mut problem: ApiError, id: &str) -> actix_web::HttpResponse {
    id.clone_into(&mut problem.0.request_id);
    let response = problem.error_response();
    debug_assert!(response.headers().contains_key(CONTENT_TYPE));
    response
}
