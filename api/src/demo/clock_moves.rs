//! The operator of a demonstration moves its clock forward.

use crate::adapter::fast_clock::FastClock;
use crate::app::App;
use crate::http::ApiError;
use crate::http::about::about;
use crate::http::extract::{Body, SignedInAs};
use crate::worker::turn;
use actix_web::web::{self, Data, Json, ServiceConfig};
use shared::api::about::{About, ClockMove};
use shared::api::auth::Role;
use std::sync::Arc;

/// Time is moved in strides that one look can speak for, so that what passes on the way is counted.
pub(super) const STRIDE_SECONDS: u32 = 7_200;
const LONGEST_SECONDS: u32 = 31 * 86_400;

/// The address by which the clock is moved.
pub(super) fn routes(clock: &Arc<FastClock>) -> impl Fn(&mut ServiceConfig) + Clone + Send + 'static {
    let clock = Data::from(Arc::clone(clock));
    move |at: &mut ServiceConfig| {
        at.app_data(clock.clone()).route("/api/v1/demo/clock", web::post().to(post_clock));
    }
}

/// Lives through the time that is asked for, stride by stride.
async fn post_clock(
    app: Data<App>,
    clock: Data<FastClock>,
    who: SignedInAs,
    body: Body<ClockMove>,
) -> Result<Json<About>, ApiError> {
    if who.0.role != Role::Operator {
        return Err(ApiError::not_found());
    }
    let mut left = body.0.advance_seconds;
    if !(1..=LONGEST_SECONDS).contains(&left) {
        return Err(ApiError::field("/advance_seconds", "range", "must be 1 second to 31 days"));
    }
    while left > 0 {
        let stride = left.min(STRIDE_SECONDS);
        clock.advance(stride);
        left -= stride;
        for number in 1..100 {
            if turn(&app, number).await.due == 0 {
                break;
            }
        }
    }
    Ok(Json(about(&app)))
}
