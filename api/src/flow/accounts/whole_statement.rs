//! All that ever moved an account's credit, for a table to keep. Reads only.

use super::statement::statement;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::page::{AT_A_TIME, whole};
use shared::api::credit::StatementRow;
use shared::ids::AccountId;

/// All movements of the account's credit, newest first.
pub async fn whole_statement(app: &App, caller: &Caller, id: AccountId) -> Result<Vec<StatementRow>, FlowError> {
    whole(async |before| {
        let page = statement(app, caller, id, before, AT_A_TIME).await?;
        Ok((page.items, page.next_cursor))
    })
    .await
}
