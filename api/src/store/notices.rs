//! Notices: what an account should know.

use super::code::{count, parse, variant, word};
use super::entity::{notice, tenant};
use super::{Store, StoreError, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::api::history::{NoticeKind, NoticeView};
use shared::ids::{AccountId, EffectId, NoticeId, TenantId};
use shared::time::Timestamp;
use std::collections::HashMap;

const NOTICES: &str = "notices";

impl Store {
    /// How many notices about these tenants nobody has read, those of the hidden kinds aside.
    pub async fn unread_notices(
        &self,
        tenant_ids: &[TenantId],
        hidden: &[NoticeKind],
    ) -> Result<HashMap<TenantId, u32>, StoreError> {
        let rows: Vec<(String, i64)> = notice::Entity::find()
            .select_only()
            .column(notice::Column::TenantId)
            .column_as(notice::Column::Id.count(), "unread")
            .filter(notice::Column::TenantId.is_in(tenant_ids.iter().map(ToString::to_string)))
            .filter(notice::Column::ReadAt.is_null())
            .filter(notice::Column::Kind.is_not_in(words(hidden)?))
            .group_by(notice::Column::TenantId)
            .into_tuple()
            .all(&self.db)
            .await?;
        rows.into_iter().map(|(id, unread)| Ok((parse(&id, NOTICES)?, count(unread, NOTICES)?))).collect()
    }

    /// An account's notices: at most `limit` before `before`, newest first, those of the hidden kinds aside.
    pub async fn notices(
        &self,
        account_id: AccountId,
        before: Option<NoticeId>,
        limit: u64,
        hidden: &[NoticeKind],
    ) -> Result<Vec<NoticeView>, StoreError> {
        let mut query = notice::Entity::find()
            .filter(notice::Column::AccountId.eq(account_id.to_string()))
            .filter(notice::Column::Kind.is_not_in(words(hidden)?))
            .order_by_desc(notice::Column::Id)
            .limit(limit);
        if let Some(before) = before {
            query = query.filter(notice::Column::Id.lt(before.to_string()));
        }
        let rows = query.all(&self.db).await?;
        let about = tenant::Column::Id.is_in(rows.iter().map(|row| row.tenant_id.as_str()));
        let named: Vec<(String, String)> = tenant::Entity::find()
            .select_only()
            .columns([tenant::Column::Id, tenant::Column::Name])
            .filter(about)
            .into_tuple()
            .all(&self.db)
            .await?;
        let names: HashMap<String, String> = named.into_iter().collect();
        rows.into_iter()
            .map(|row| {
                Ok(NoticeView {
                    id: parse(&row.id, NOTICES)?,
                    tenant_id: parse(&row.tenant_id, NOTICES)?,
                    tenant_name: names.get(&row.tenant_id).cloned().unwrap_or_default(),
                    kind: variant::<NoticeKind>(&row.kind, NOTICES)?,
                    value: row.value.map(|value| count(value, NOTICES)).transpose()?,
                    at: Timestamp::from_unix(row.at),
                    read: row.read_at.is_some(),
                })
            })
            .collect()
    }
}

fn words(kinds: &[NoticeKind]) -> Result<Vec<String>, StoreError> {
    kinds.iter().map(|kind| word(kind, NOTICES)).collect()
}

impl Tx {
    /// Marks one of an account's notices read; names the tenant that it is about. `None` if there is no such notice.
    pub async fn read_notice(
        &self,
        account_id: AccountId,
        id: NoticeId,
        now: Timestamp,
    ) -> Result<Option<TenantId>, StoreError> {
        let theirs = notice::Column::Id.eq(id.to_string()).and(notice::Column::AccountId.eq(account_id.to_string()));
        let Some(row) = notice::Entity::find().filter(theirs.clone()).one(&self.db).await? else { return Ok(None) };
        notice::Entity::update_many()
            .col_expr(notice::Column::ReadAt, Expr::value(now.unix()))
            .filter(theirs)
            .filter(notice::Column::ReadAt.is_null())
            .exec(&self.db)
            .await?;
        parse(&row.tenant_id, NOTICES).map(Some)
    }

    /// Keeps a notice under the id of the promise that it fulfils, so that it is never given twice.
    pub async fn insert_account_notice(
        &self,
        effect_id: EffectId,
        account_id: AccountId,
        tenant_id: TenantId,
        (kind, value): (NoticeKind, Option<u32>),
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let row = notice::ActiveModel {
            id: Set(NoticeId::new(effect_id.uuid()).to_string()),
            account_id: Set(account_id.to_string()),
            tenant_id: Set(tenant_id.to_string()),
            kind: Set(word(&kind, NOTICES)?),
            at: Set(at.unix()),
            read_at: Set(None),
            value: Set(value.map(i64::from)),
        };
        let again = OnConflict::column(notice::Column::Id).do_nothing().to_owned();
        notice::Entity::insert(row).on_conflict(again).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Marks all of an account's notices read; names the tenants that they were about.
    pub async fn read_notices(&self, account_id: AccountId, now: Timestamp) -> Result<Vec<TenantId>, StoreError> {
        let unread = notice::Column::AccountId.eq(account_id.to_string()).and(notice::Column::ReadAt.is_null());
        let about: Vec<String> = notice::Entity::find()
            .select_only()
            .column(notice::Column::TenantId)
            .distinct()
            .filter(unread.clone())
            .into_tuple()
            .all(&self.db)
            .await?;
        notice::Entity::update_many()
            .col_expr(notice::Column::ReadAt, Expr::value(now.unix()))
            .filter(unread)
            .exec(&self.db)
            .await?;
        about.iter().map(|id| parse(id, NOTICES)).collect()
    }
}
