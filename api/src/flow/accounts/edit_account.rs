//! An account says where it is and what is to stand on its invoices. Invoices that were issued stay as they are.

use super::account::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::audit::new_audit;
use crate::flow::auth::Caller;
use crate::store::NewAudit;
use shared::api::accounts::{AccountDetails, AccountView};
use shared::api::auth::Role;
use shared::api::problem::FieldError;
use shared::ids::AccountId;

const NAME_MAX: usize = 80;
const ADDRESS_MAX: usize = 300;
const BIN_DIGITS: usize = 13;

/// Replaces an account's details; for its owner, and for an operator.
pub async fn edit_account(
    app: &App,
    caller: &Caller,
    id: AccountId,
    details: AccountDetails,
) -> Result<AccountView, FlowError> {
    let theirs = caller.role == Role::Operator || (caller.role == Role::Owner && caller.account_id == Some(id));
    if !theirs {
        return Err(FlowError::NotFound);
    }
    let details = checked(details)?;
    let tx = app.store.begin().await?;
    let mut record = tx.account(id).await?.ok_or(FlowError::NotFound)?;
    record.name = details.name;
    record.address = details.address;
    record.bin = details.bin;
    record.zone = details.zone;
    tx.save_account(&record).await?;
    let now = app.clock.now().plus(record.clock_ahead_seconds);
    tx.insert_audit(&NewAudit { account_id: Some(id), ..new_audit(app, caller.actor(), "account_edited", now) })
        .await?;
    tx.commit().await?;
    Ok(view(app, record))
}

/// Trimmed, and each rule that is broken named.
fn checked(details: AccountDetails) -> Result<AccountDetails, FlowError> {
    let AccountDetails { name, address, bin, zone } = details;
    let (name, address) = (name.trim().to_owned(), address.trim().replace("\r\n", "\n"));
    let bin = bin.map(|bin| bin.trim().to_owned()).filter(|bin| !bin.is_empty());
    let odd = |text: &str| text.chars().any(|c| c.is_control() && c != '\n');
    let rules = [
        ((1..=NAME_MAX).contains(&name.chars().count()) && !name.contains('\n'), "/name", "must be 1 to 80 characters"),
        (address.chars().count() <= ADDRESS_MAX, "/address", "must be at most 300 characters"),
        (!odd(&name), "/name", "must not hold control characters"),
        (!odd(&address), "/address", "must not hold control characters"),
        (
            bin.as_ref().is_none_or(|bin| bin.len() == BIN_DIGITS && bin.bytes().all(|b| b.is_ascii_digit())),
            "/bin",
            "must be 13 digits, or null",
        ),
    ];
    let broken = rules.into_iter().filter(|(kept, _, _)| !kept);
    let errors: Vec<FieldError> = broken
        .map(|(_, pointer, detail)| FieldError {
            pointer: pointer.to_owned(),
            code: "format".to_owned(),
            detail: detail.to_owned(),
        })
        .collect();
    if errors.is_empty() { Ok(AccountDetails { name, address, bin, zone }) } else { Err(FlowError::Invalid(errors)) }
}
