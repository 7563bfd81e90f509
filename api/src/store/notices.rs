//! Notices: what an account should know, and who of its people has read what.

use super::code::{count, parse, variant, word};
use super::entity::{notice, notice_read, tenant};
use super::{Store, StoreError, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{ExprTrait, OnConflict, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::api::history::{NoticeKind, NoticeView};
use shared::ids::{AccountId, EffectId, NoticeId, TenantId, UserId};
use shared::time::Timestamp;
use std::collections::{BTreeSet, HashMap, HashSet};

const NOTICES: &str = "notices";
/// At most so many marks are written by one statement: databases limit how many values it may have.
const MARKS_AT_ONCE: usize = 1_000;

/// Whose notices, and which of them are nothing to them.
#[derive(Debug, Clone, Copy)]
pub struct NoticeReader<'a> {
    /// Who reads.
    pub user_id: UserId,
    /// What they do not want to see.
    pub hidden: &'a [NoticeKind],
}

impl NoticeReader<'_> {
    /// The kinds that they want to see.
    fn shown(&self) -> Result<Condition, StoreError> {
        let hidden = self.hidden.iter().map(|kind| word(kind, NOTICES)).collect::<Result<Vec<String>, _>>()?;
        Ok(Condition::all().add(notice::Column::Kind.is_not_in(hidden)))
    }

    /// Those of them that they have not read. What was told before they joined is nothing new to them.
    fn unread(&self) -> Result<Condition, StoreError> {
        let read = Query::select()
            .column(notice_read::Column::NoticeId)
            .from(notice_read::Entity)
            .and_where(notice_read::Column::UserId.eq(self.user_id.to_string()))
            .to_owned();
        // What was read before marks were each person's own was read by all.
        let new = self.shown()?.add(notice::Column::Id.gt(joined(self.user_id)));
        Ok(new.add(notice::Column::ReadAt.is_null()).add(notice::Column::Id.not_in_subquery(read)))
    }
}

/// The place at which somebody joined, among the notices: ids sort in the order in which they were given, a notice's when what it tells
/// happened, a person's when they joined.
fn joined(user_id: UserId) -> String {
    NoticeId::new(user_id.uuid()).to_string()
}

impl Store {
    /// How many notices about these tenants the reader has not read.
    pub async fn unread_notices(
        &self,
        tenant_ids: &[TenantId],
        reader: NoticeReader<'_>,
    ) -> Result<HashMap<TenantId, u32>, StoreError> {
        let rows: Vec<(String, i64)> = notice::Entity::find()
            .select_only()
            .column(notice::Column::TenantId)
            .column_as(notice::Column::Id.count(), "unread")
            .filter(notice::Column::TenantId.is_in(tenant_ids.iter().map(ToString::to_string)))
            .filter(reader.unread()?)
            .group_by(notice::Column::TenantId)
            .into_tuple()
            .all(&self.db)
            .await?;
        rows.into_iter().map(|(id, unread)| Ok((parse(&id, NOTICES)?, count(unread, NOTICES)?))).collect()
    }

    /// How many of an account's notices the reader has not read.
    pub async fn unread_notices_of(&self, id: AccountId, reader: NoticeReader<'_>) -> Result<u32, StoreError> {
        let query =
            notice::Entity::find().filter(notice::Column::AccountId.eq(id.to_string())).filter(reader.unread()?);
        let unread = query.count(&self.db).await?;
        Ok(u32::try_from(unread).unwrap_or(u32::MAX))
    }

    /// An account's notices that the reader wants to see: at most `limit` before `before`, newest first.
    pub async fn notices(
        &self,
        account_id: AccountId,
        before: Option<NoticeId>,
        limit: u64,
        reader: NoticeReader<'_>,
    ) -> Result<Vec<NoticeView>, StoreError> {
        let mut query = notice::Entity::find()
            .filter(notice::Column::AccountId.eq(account_id.to_string()))
            .filter(reader.shown()?)
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
        let read: Vec<String> = notice_read::Entity::find()
            .select_only()
            .column(notice_read::Column::NoticeId)
            .filter(notice_read::Column::UserId.eq(reader.user_id.to_string()))
            .filter(notice_read::Column::NoticeId.is_in(rows.iter().map(|row| row.id.as_str())))
            .into_tuple()
            .all(&self.db)
            .await?;
        let (read, joined): (HashSet<String>, String) = (read.into_iter().collect(), joined(reader.user_id));
        rows.into_iter()
            .map(|row| {
                Ok(NoticeView {
                    id: parse(&row.id, NOTICES)?,
                    tenant_id: parse(&row.tenant_id, NOTICES)?,
                    tenant_name: names.get(&row.tenant_id).cloned().unwrap_or_default(),
                    kind: variant::<NoticeKind>(&row.kind, NOTICES)?,
                    value: row.value.map(|value| count(value, NOTICES)).transpose()?,
                    at: Timestamp::from_unix(row.at),
                    read: row.read_at.is_some() || row.id <= joined || read.contains(&row.id),
                })
            })
            .collect()
    }
}

impl Tx {
    /// Marks one of an account's notices read by somebody; names the tenant that it is about, and whether they had not read it before.
    /// `None` if there is no such notice.
    pub async fn read_notice(
        &self,
        account_id: AccountId,
        user_id: UserId,
        id: NoticeId,
        now: Timestamp,
    ) -> Result<Option<(TenantId, bool)>, StoreError> {
        let theirs = notice::Column::Id.eq(id.to_string()).and(notice::Column::AccountId.eq(account_id.to_string()));
        let Some(row) = notice::Entity::find().filter(theirs).one(&self.db).await? else { return Ok(None) };
        let is_unread = row.read_at.is_none() && row.id > joined(user_id);
        let is_new = is_unread && self.mark_read(user_id, vec![row.id], now).await? > 0;
        Ok(Some((parse(&row.tenant_id, NOTICES)?, is_new)))
    }

    /// Keeps that somebody has read these; how many of them they had not read before.
    async fn mark_read(&self, user_id: UserId, ids: Vec<String>, now: Timestamp) -> Result<u64, StoreError> {
        let marks = ids.into_iter().map(|id| notice_read::ActiveModel {
            user_id: Set(user_id.to_string()),
            notice_id: Set(id),
            read_at: Set(now.unix()),
        });
        let mark = [notice_read::Column::UserId, notice_read::Column::NoticeId];
        let again = OnConflict::columns(mark).do_nothing().to_owned();
        Ok(notice_read::Entity::insert_many(marks).on_conflict(again).exec_without_returning(&self.db).await?)
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

    /// Marks all of an account's notices read that somebody wants to see; names the tenants about which they had not read some.
    pub async fn read_notices(
        &self,
        account_id: AccountId,
        reader: NoticeReader<'_>,
        now: Timestamp,
    ) -> Result<BTreeSet<TenantId>, StoreError> {
        let unread: Vec<(String, String)> = notice::Entity::find()
            .select_only()
            .columns([notice::Column::Id, notice::Column::TenantId])
            .filter(notice::Column::AccountId.eq(account_id.to_string()))
            .filter(reader.unread()?)
            .into_tuple()
            .all(&self.db)
            .await?;
        for some in unread.chunks(MARKS_AT_ONCE) {
            self.mark_read(reader.user_id, some.iter().map(|(id, _)| id.clone()).collect(), now).await?;
        }
        unread.iter().map(|(_, about)| parse(about, NOTICES)).collect()
    }
}
