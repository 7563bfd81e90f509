//! Whose is it? Asked by every story about a tenant, before anything else.

use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::store::TenantRecord;
use shared::api::auth::Role;

/// The tenant, if the caller may see it: their account's, or any for an operator. What is not theirs does not exist.
pub(in crate::flow) fn owned(record: Option<TenantRecord>, caller: &Caller) -> Result<TenantRecord, FlowError> {
    let record = record.ok_or(FlowError::NotFound)?;
    let theirs = caller.role == Role::Operator || caller.account_id == Some(record.account_id);
    if theirs { Ok(record) } else { Err(FlowError::NotFound) }
}
