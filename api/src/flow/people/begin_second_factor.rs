//! A second factor begins with a secret that the person's phone learns. Until a code of it was shown, nothing asks for it.

use super::on_record::by;
use super::prove::{Proof, prove};
use super::second_factor::lock;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::keys::{qr, totp};
use crate::store::SecondFactorRecord;
use shared::api::people::{Confirm, NewSecondFactor};

/// Makes a secret, in place of one that was not confirmed. Refused while a second factor is in force: that one is removed first.
pub async fn begin_second_factor(app: &App, caller: &Caller, request: &Confirm) -> Result<NewSecondFactor, FlowError> {
    let proof = Proof { password: &request.password, field: "/password", code: None };
    let (tx, user) = prove(app, caller, &proof, app.wall.now()).await?;
    if tx.second_factor(user.id).await?.is_some_and(|factor| factor.since.is_some()) {
        return Err(FlowError::HasSecondFactor);
    }
    let random = app.ids.secret();
    let bytes = &random[..totp::SECRET_BYTES];
    let secret = totp::base32(bytes);
    let factor = SecondFactorRecord { locked: lock(app, user.id, &secret)?, since: None, last_step: None };
    tx.set_second_factor(user.id, Some(&factor)).await?;
    tx.insert_audit(&by(app, &tx, &user, "second_factor_begun").await?).await?;
    tx.commit().await?;
    let uri = totp::uri(bytes, &app.settings.name, &user.email);
    // An address that no code holds is still there to be typed.
    let qr_svg = qr::drawn(&uri).unwrap_or_default();
    Ok(NewSecondFactor { secret, uri, qr_svg })
}
