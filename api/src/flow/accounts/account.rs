//! Who is this account? Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::store::AccountRecord;
use shared::api::accounts::{AccountDetails, AccountView};
use shared::api::auth::Role;
use shared::ids::AccountId;

/// The account, if the caller is one of its people or an operator.
pub async fn account(app: &App, caller: &Caller, id: AccountId) -> Result<AccountView, FlowError> {
    if caller.role != Role::Operator && caller.account_id != Some(id) {
        return Err(FlowError::NotFound);
    }
    let record = app.store.account(id).await?.ok_or(FlowError::NotFound)?;
    Ok(view(app, record))
}

/// The account as it is shown.
pub(super) fn view(app: &App, record: AccountRecord) -> AccountView {
    AccountView {
        account_id: record.id,
        details: AccountDetails { name: record.name, address: record.address, bin: record.bin, zone: record.zone },
        has_own_clock: record.clock_ahead_seconds > 0,
        now: app.clock.now().plus(record.clock_ahead_seconds),
    }
}
