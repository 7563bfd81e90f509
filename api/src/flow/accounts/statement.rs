//! What has an account paid for nothing yet, and how did that come about? Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::page::{cut, one_more};
use crate::store::CreditMove;
use shared::api::auth::Role;
use shared::api::credit::{Statement, StatementRow};
use shared::ids::{AccountId, JournalId};
use shared::money::Money;
use std::collections::HashMap;

/// A page of at most `limit` movements of the account's credit before `before`, newest first, each with what the credit
/// then came to.
pub async fn statement(
    app: &App,
    caller: &Caller,
    id: AccountId,
    before: Option<JournalId>,
    limit: u32,
) -> Result<Statement, FlowError> {
    if caller.role != Role::Operator && caller.account_id != Some(id) {
        return Err(FlowError::NotFound);
    }
    app.store.account(id).await?.ok_or(FlowError::NotFound)?;
    let mut moves = app.store.credit_moves(id, before, one_more(limit)).await?;
    let next_cursor = cut(&mut moves, limit, |last| last.journal_id);
    let balances = app.store.credits(id).await?;
    let names = app.store.tenant_names(moves.iter().map(|moved| moved.tenant_id)).await?;
    let mut now: HashMap<_, Money> = HashMap::new();
    let mut items = Vec::new();
    for moved in moves {
        let currency = moved.amount.currency;
        let then = match now.get(&currency) {
            Some(then) => *then,
            None => {
                // What it came to after the newest movement on this page: today's credit, less what came after.
                let today =
                    balances.iter().find(|it| it.currency == currency).copied().unwrap_or(Money::zero(currency));
                today.checked_sub(app.store.credit_since(id, currency, moved.journal_id).await?)?
            }
        };
        now.insert(currency, then.checked_sub(moved.amount)?);
        let name = names.get(&moved.tenant_id).cloned().unwrap_or_default();
        items.push(row(&moved, then, name));
    }
    Ok(Statement { balances, items, next_cursor })
}

fn row(moved: &CreditMove, balance: Money, tenant_name: String) -> StatementRow {
    let word = |prefix: &str| moved.about.split(' ').find(|word| word.starts_with(prefix)).unwrap_or_default();
    StatementRow {
        at: moved.at,
        kind: moved.kind,
        amount: moved.amount,
        balance,
        tenant_id: moved.tenant_id,
        tenant_name,
        payment_id: word("pay_").parse().ok(),
        order_id: word("ord_").parse().ok(),
        invoice_id: word("inv_").parse().ok(),
        refund_id: word("rfd_").parse().ok(),
    }
}
