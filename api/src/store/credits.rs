//! What accounts have paid for nothing yet: a sum of the ledger that can be locked, and how it came about.

use super::code::{money, parse, variant};
use super::entity::{customer_credit, journal, ledger_entry};
use super::{Store, StoreError, Tx, for_update};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::api::credit::StatementKind;
use shared::billing::ledger::LedgerAccount;
use shared::ids::{AccountId, JournalId, TenantId};
use shared::money::{Currency, Money};
use shared::time::Timestamp;

const CREDITS: &str = "customer_credits";

/// One movement of an account's credit.
#[derive(Debug, Clone)]
pub struct CreditMove {
    /// The journal that moved it.
    pub journal_id: JournalId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub kind: StatementKind,
    /// What it was about, as ids separated by spaces.
    pub about: String,
    /// By how much: positive if it grew.
    pub amount: Money,
    /// About which tenant.
    pub tenant_id: TenantId,
}

impl Store {
    /// An account's credit in each currency that ever moved.
    pub async fn credits(&self, account_id: AccountId) -> Result<Vec<Money>, StoreError> {
        let rows = customer_credit::Entity::find()
            .filter(customer_credit::Column::AccountId.eq(account_id.to_string()))
            .order_by_asc(customer_credit::Column::Currency)
            .all(&self.db)
            .await?;
        rows.iter().map(|row| money(row.balance_minor, &row.currency, CREDITS)).collect()
    }

    /// At most `limit` movements of an account's credit before `before`, newest first.
    pub async fn credit_moves(
        &self,
        account_id: AccountId,
        before: Option<JournalId>,
        limit: u64,
    ) -> Result<Vec<CreditMove>, StoreError> {
        let mut query = ledger_entry::Entity::find()
            .filter(ledger_entry::Column::AccountId.eq(account_id.to_string()))
            .filter(ledger_entry::Column::LedgerAccount.eq(LedgerAccount::CustomerCredit.name()))
            .order_by_desc(ledger_entry::Column::JournalId)
            .limit(limit);
        if let Some(before) = before {
            query = query.filter(ledger_entry::Column::JournalId.lt(before.to_string()));
        }
        let entries = query.all(&self.db).await?;
        let ids = entries.iter().map(|entry| entry.journal_id.as_str());
        let heads = journal::Entity::find().filter(journal::Column::Id.is_in(ids)).all(&self.db).await?;
        entries
            .iter()
            .map(|entry| {
                let head = heads.iter().find(|head| head.id == entry.journal_id);
                let missing = || StoreError::Corrupt { table: "ledger_entries", what: "journal".to_owned() };
                let head = head.ok_or_else(missing)?;
                let about = head.fact.split_once(' ').map_or("", |(_, about)| about);
                Ok(CreditMove {
                    journal_id: parse(&head.id, "journals")?,
                    at: Timestamp::from_unix(head.at),
                    kind: kind(&head.kind)?,
                    about: about.to_owned(),
                    amount: money(-entry.amount_minor, &entry.currency, "ledger_entries")?,
                    tenant_id: parse(&head.tenant_id, "journals")?,
                })
            })
            .collect()
    }

    /// By how much an account's credit in a currency grew after a journal.
    pub async fn credit_since(
        &self,
        account_id: AccountId,
        currency: Currency,
        after: JournalId,
    ) -> Result<Money, StoreError> {
        let sum: Option<Option<i64>> = ledger_entry::Entity::find()
            .select_only()
            // PostgreSQL's sum of bigints is a numeric.
            .column_as(ledger_entry::Column::AmountMinor.sum().cast_as("bigint"), "sum")
            .filter(ledger_entry::Column::AccountId.eq(account_id.to_string()))
            .filter(ledger_entry::Column::LedgerAccount.eq(LedgerAccount::CustomerCredit.name()))
            .filter(ledger_entry::Column::Currency.eq(currency.code()))
            .filter(ledger_entry::Column::JournalId.gt(after.to_string()))
            .into_tuple()
            .one(&self.db)
            .await?;
        let large = || StoreError::Corrupt { table: "ledger_entries", what: "sum".to_owned() };
        let grown = sum.flatten().unwrap_or(0).checked_neg().ok_or_else(large)?;
        Ok(Money::new(grown, currency))
    }
}

/// A payment that brought more than was due is credit, too.
fn kind(journal: &str) -> Result<StatementKind, StoreError> {
    match journal {
        "payment_received" => Ok(StatementKind::PaymentCredited),
        other => variant(other, "journals"),
    }
}

impl Tx {
    /// An account's credit in a currency. No other transaction moves it until this one ends.
    pub async fn credit(&self, account_id: AccountId, currency: Currency) -> Result<Money, StoreError> {
        let key = (account_id.to_string(), currency.code().to_owned());
        let row = for_update(customer_credit::Entity::find_by_id(key)).one(&self.db).await?;
        Ok(Money::new(row.map_or(0, |row| row.balance_minor), currency))
    }

    /// Follows the ledger. Credit that is not there cannot be taken.
    pub(super) async fn move_credit(&self, account_id: AccountId, by: Money) -> Result<(), StoreError> {
        let balance = customer_credit::Column::BalanceMinor;
        if by.minor >= 0 {
            let row = customer_credit::ActiveModel {
                account_id: Set(account_id.to_string()),
                currency: Set(by.currency.code().to_owned()),
                balance_minor: Set(by.minor),
            };
            let key = [customer_credit::Column::AccountId, customer_credit::Column::Currency];
            let grown = Expr::col((customer_credit::Entity, balance)).add(by.minor);
            let again = OnConflict::columns(key).value(balance, grown).to_owned();
            customer_credit::Entity::insert(row).on_conflict(again).exec_without_returning(&self.db).await?;
            return Ok(());
        }
        let written = customer_credit::Entity::update_many()
            .col_expr(balance, Expr::col(balance).add(by.minor))
            .filter(customer_credit::Column::AccountId.eq(account_id.to_string()))
            .filter(customer_credit::Column::Currency.eq(by.currency.code()))
            .filter(balance.gte(by.minor.saturating_neg()))
            .exec(&self.db)
            .await?;
        if written.rows_affected == 1 { Ok(()) } else { Err(StoreError::Overdrawn) }
    }
}
