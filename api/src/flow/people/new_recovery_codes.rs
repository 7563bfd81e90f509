//! Recovery codes that were used, lost or seen are replaced, all of them.

use super::on_record::by;
use super::prove::{Proof, prove};
use super::second_factor::new_codes;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::people::{RecoveryCodes, RemoveSecondFactor};

/// Gives new recovery codes; those that there were are good no more.
pub async fn new_recovery_codes(
    app: &App,
    caller: &Caller,
    request: &RemoveSecondFactor,
) -> Result<RecoveryCodes, FlowError> {
    let proof = Proof { password: &request.password, field: "/password", code: Some(&request.code) };
    let (tx, user) = prove(app, caller, &proof, app.wall.now()).await?;
    let codes = new_codes(app, &tx, user.id).await?;
    tx.insert_audit(&by(app, &tx, &user, "recovery_codes_renewed").await?).await?;
    tx.commit().await?;
    Ok(RecoveryCodes { codes })
}
