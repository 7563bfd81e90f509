//! What this deployment is.

use crate::app::App;
use actix_web::get;
use actix_web::web::{Data, Json};
use shared::api::about::{About, Demo};

/// What a client needs to know before anybody signs in.
#[utoipa::path(tag = "about", security(()), responses((status = 200, body = About)))]
#[get("/about")]
pub async fn get_about(app: Data<App>) -> Json<About> {
    Json(about(&app))
}

/// The deployment's description, by the clocks of this moment.
pub(crate) fn about(app: &App) -> About {
    About {
        name: app.settings.name.clone(),
        support_email: app.settings.support_email.clone(),
        now: app.clock.now(),
        demo: app.settings.demo.as_ref().map(|demo| Demo { speed: demo.speed, sign_ins: demo.sign_ins.clone() }),
    }
}
