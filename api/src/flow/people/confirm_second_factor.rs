//! A first code shows that the phone has learnt the secret: from now on signing in asks for one.

use super::on_record::by;
use super::present::present;
use super::second_factor::{new_codes, step};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::post::write::{Reader, write};
use crate::store::SecondFactorRecord;
use shared::api::people::{RecoveryCodes, SecondFactorCode};
use shared::wording::letter::Letter;

/// Puts the second factor in force that was begun, and gives its recovery codes.
pub async fn confirm_second_factor(
    app: &App,
    caller: &Caller,
    request: &SecondFactorCode,
) -> Result<RecoveryCodes, FlowError> {
    let now = app.wall.now();
    let tx = app.store.begin().await?;
    let user = present(&tx, caller).await?;
    let factor = tx.second_factor(user.id).await?.ok_or(FlowError::NoSecondFactor)?;
    if factor.since.is_some() {
        return Err(FlowError::HasSecondFactor);
    }
    // Whoever asks has seen the secret: there is nothing to guess, and a wrong code is no failure.
    let Some(step) = step(app, user.id, &factor, &request.code, now)? else {
        return Err(FlowError::field("/code", "wrong", "is no code of this secret, or not of this minute"));
    };
    let factor = SecondFactorRecord { since: Some(now), last_step: Some(step), ..factor };
    tx.set_second_factor(user.id, Some(&factor)).await?;
    let codes = new_codes(app, &tx, user.id).await?;
    tx.insert_audit(&by(app, &tx, &user, "second_factor_on").await?).await?;
    write(app, &tx, &Reader::from(&user), Letter::SecondFactorOn, None).await?;
    tx.commit().await?;
    Ok(RecoveryCodes { codes })
}
