//! A second factor is removed by whoever has the password and a code of it, or a recovery code if the phone is lost.

use super::on_record::by;
use super::prove::{Proof, prove};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::post::write::{Reader, write};
use shared::api::people::RemoveSecondFactor;
use shared::wording::letter::Letter;

/// Removes the caller's second factor and its recovery codes.
pub async fn remove_second_factor(app: &App, caller: &Caller, request: &RemoveSecondFactor) -> Result<(), FlowError> {
    let now = app.wall.now();
    let proof = Proof { password: &request.password, field: "/password", code: Some(&request.code) };
    let (tx, user) = prove(app, caller, &proof, now).await?;
    tx.set_second_factor(user.id, None).await?;
    tx.set_recovery_codes(user.id, &[]).await?;
    tx.insert_audit(&by(app, &tx, &user, "second_factor_off").await?).await?;
    write(app, &tx, &Reader::from(&user), Letter::SecondFactorOff, None).await?;
    Ok(tx.commit().await?)
}
