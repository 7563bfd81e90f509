//! Rows with an instant at which a worker must see to them: each goes to one worker, and comes back if that one dies.

use super::{StoreError, is_postgres};
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ModelTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use shared::time::Timestamp;

/// The columns of a table whose rows come due.
pub(super) struct Due<'a, E: EntityTrait> {
    /// Its key.
    pub(super) id: E::Column,
    /// When the row is due, by the wall clock.
    pub(super) at: E::Column,
    /// How often it was taken.
    pub(super) tries: E::Column,
    /// The least of the first of these comes first, then of the next.
    pub(super) first: &'a [E::Column],
}

impl<E: EntityTrait> Due<'_, E> {
    /// Takes at most `limit` rows that are due by `now`, counts that, and puts them off to `again_at`. The rows as they were
    /// before.
    pub(super) async fn claim(
        &self,
        db: &impl ConnectionTrait,
        now: Timestamp,
        again_at: Timestamp,
        limit: u64,
    ) -> Result<Vec<E::Model>, StoreError> {
        let due = E::find().filter(self.at.lte(now.unix())).limit(limit);
        let due = self.first.iter().fold(due, |due, column| due.order_by_asc(*column));
        let rows = skip_locked(db, due).all(db).await?;
        if !rows.is_empty() {
            E::update_many()
                .col_expr(self.at, Expr::value(again_at.unix()))
                .col_expr(self.tries, Expr::col(self.tries).add(1))
                .filter(self.id.is_in(rows.iter().map(|row| row.get(self.id))))
                .exec(db)
                .await?;
        }
        Ok(rows)
    }
}

/// Locks the rows that a query finds until the transaction ends, and leaves those to others that they have locked. SQLite
/// has locked the whole file already.
pub(super) fn skip_locked<E: EntityTrait>(db: &impl ConnectionTrait, query: Select<E>) -> Select<E> {
    if is_postgres(db) { query.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked) } else { query }
}
