//! Tenants and their cycles: the state of the billing core, row by row.

use super::code::{parse, variant};
use super::due::skip_locked;
use super::entity::{cycle, tenant};
use super::plans::PlanRecord;
use super::tenant_rows::{assemble, columns, ended_row, queued_row, running_row};
use super::{Store, StoreError, Tx, for_update, is_duplicate};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::api::tenants::{PanelStatus, SuspendReason};
use shared::billing::cycle::EndedCycle;
use shared::billing::gauge::Sample;
use shared::billing::limit::known;
use shared::billing::proof::Seal;
use shared::billing::state::{Billing, Tenant};
use shared::civil::Zone;
use shared::ids::{AccountId, OrderId, PlanVersionId, ServerId, TenantId};
use shared::time::Timestamp;
use std::collections::{BTreeMap, HashMap};

const TENANTS: &str = "tenants";

/// What the gate has to know of a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Door {
    /// Whose panel it is.
    pub tenant_id: TenantId,
    /// What the host does with it.
    pub status: PanelStatus,
    /// Why it is suspended, if it is.
    pub reason: Option<SuspendReason>,
}

/// A tenant with everything that is known of it.
#[derive(Debug, Clone)]
pub struct TenantRecord {
    /// What the rules know.
    pub state: Tenant,
    /// Who pays.
    pub account_id: AccountId,
    /// What its people call it.
    pub name: String,
    /// The first label of its address; of a removed one, what that was: it may be another's by now.
    pub subdomain: String,
    /// The plan version that its next cycle is ordered on.
    pub plan: PlanRecord,
    /// The clocks of its account.
    pub zone: Zone,
    /// How far its account's own clock is ahead of the billing clock; 0 if it has none.
    pub clock_ahead_seconds: i64,
    /// What the lines of the running cycle are sealed with; `None` if nothing runs, or it began before there were seals.
    pub seal: Option<Seal>,
    /// Users at the last measurement.
    pub users_used: Option<i64>,
    /// Bytes at the last measurement.
    pub storage_bytes_used: Option<i64>,
    /// When the users were.
    pub users_at: Option<Timestamp>,
    /// When the bytes were.
    pub storage_bytes_at: Option<Timestamp>,
    /// When somebody last signed in to it.
    pub last_active_at: Option<Timestamp>,
    /// Whether it was somebody's database before it was a panel.
    pub adopted: bool,
    /// At which server it is; `None` until one was chosen.
    pub server_id: Option<ServerId>,
    /// At which server setting it up failed last.
    pub avoid_server_id: Option<ServerId>,
    /// Grows by one with every change; guards against lost updates.
    pub version: i64,
}

impl TenantRecord {
    /// The account's own time, when the billing clock shows `now`.
    #[must_use]
    pub const fn time(&self, now: Timestamp) -> Timestamp {
        now.plus(self.clock_ahead_seconds)
    }

    /// What is known of what the panel holds, when its account's clock shows `now`.
    #[must_use]
    pub fn measured(&self, now: Timestamp) -> Sample {
        let users = self.users_used.zip(self.users_at);
        let storage_bytes = self.storage_bytes_used.zip(self.storage_bytes_at);
        known(&self.state.panel, users, storage_bytes, now)
    }
}

/// A tenant to be kept from now on.
#[derive(Debug, Clone)]
pub struct NewTenant {
    /// Its first state.
    pub state: Tenant,
    /// Who pays.
    pub account_id: AccountId,
    /// What its people call it.
    pub name: String,
    /// The first label of its address.
    pub subdomain: String,
    /// The plan version that it is on.
    pub plan_version_id: PlanVersionId,
    /// When it was ordered.
    pub created_at: Timestamp,
}

impl Store {
    /// The tenant, or `None` if there is none of that id.
    pub async fn tenant(&self, id: TenantId) -> Result<Option<TenantRecord>, StoreError> {
        let row = tenant::Entity::find_by_id(id.to_string()).one(&self.db).await?;
        match row {
            Some(row) => assemble(&self.db, vec![row]).await.map(|mut records| records.pop()),
            None => Ok(None),
        }
    }

    /// At most `limit` tenants after `after`, oldest first: those of one account, or everybody's.
    pub async fn tenants(
        &self,
        account_id: Option<AccountId>,
        after: Option<TenantId>,
        limit: u64,
    ) -> Result<Vec<TenantRecord>, StoreError> {
        let mut query = tenant::Entity::find().order_by_asc(tenant::Column::Id).limit(limit);
        if let Some(account_id) = account_id {
            query = query.filter(tenant::Column::AccountId.eq(account_id.to_string()));
        }
        if let Some(after) = after {
            query = query.filter(tenant::Column::Id.gt(after.to_string()));
        }
        assemble(&self.db, query.all(&self.db).await?).await
    }

    /// Every panel's subdomain and how its door stands, or those of the tenants named.
    pub async fn gate_entries(&self, only: Option<&[TenantId]>) -> Result<Vec<(String, Door)>, StoreError> {
        let mut query = tenant::Entity::find().select_only().columns([
            tenant::Column::Subdomain,
            tenant::Column::Id,
            tenant::Column::Panel,
            tenant::Column::SuspendReason,
        ]);
        if let Some(ids) = only {
            query = query.filter(tenant::Column::Id.is_in(ids.iter().map(ToString::to_string)));
        }
        let rows: Vec<(String, String, String, Option<String>)> = query.into_tuple().all(&self.db).await?;
        let door = |(subdomain, id, panel, reason): (String, String, String, Option<String>)| {
            let reason = reason.map(|reason| variant(&reason, TENANTS)).transpose()?;
            Ok((subdomain, Door { tenant_id: parse(&id, TENANTS)?, status: variant(&panel, TENANTS)?, reason }))
        };
        rows.into_iter().map(door).collect()
    }

    /// What these tenants are called.
    pub async fn tenant_names(
        &self,
        ids: impl Iterator<Item = TenantId>,
    ) -> Result<HashMap<TenantId, String>, StoreError> {
        let named: Vec<(String, String)> = tenant::Entity::find()
            .select_only()
            .columns([tenant::Column::Id, tenant::Column::Name])
            .filter(tenant::Column::Id.is_in(ids.map(|id| id.to_string())))
            .into_tuple()
            .all(&self.db)
            .await?;
        named.into_iter().map(|(id, name)| Ok((parse(&id, TENANTS)?, name))).collect()
    }

    /// The latest instant that is accounted for anywhere; `None` if nothing is.
    pub async fn latest_accounted(&self) -> Result<Option<Timestamp>, StoreError> {
        let latest: Option<Option<i64>> = tenant::Entity::find()
            .select_only()
            .column_as(tenant::Column::AccountedUntil.max(), "latest")
            .into_tuple()
            .one(&self.db)
            .await?;
        Ok(latest.flatten().map(Timestamp::from_unix))
    }
}

impl Tx {
    /// The tenant, locked until this transaction ends; or `None`.
    pub async fn tenant(&self, id: TenantId) -> Result<Option<TenantRecord>, StoreError> {
        let row = for_update(tenant::Entity::find_by_id(id.to_string())).one(&self.db).await?;
        match row {
            Some(row) => assemble(&self.db, vec![row]).await.map(|mut records| records.pop()),
            None => Ok(None),
        }
    }

    /// Takes at most `limit` tenants that are due by the billing clock's `now` and that nobody else has taken, oldest
    /// first, and keeps others off them for `lease_seconds` of the wall clock.
    pub async fn claim_due(
        &self,
        now: Timestamp,
        wall_now: Timestamp,
        lease_seconds: i64,
        limit: u64,
    ) -> Result<Vec<TenantId>, StoreError> {
        let due = tenant::Entity::find()
            .select_only()
            .column(tenant::Column::Id)
            .filter(tenant::Column::DueAt.lte(now.unix()))
            .filter(tenant::Column::ClaimedUntil.lte(wall_now.unix()))
            .order_by_asc(tenant::Column::DueAt)
            .limit(limit);
        let ids: Vec<String> = skip_locked(&self.db, due).into_tuple().all(&self.db).await?;
        tenant::Entity::update_many()
            .col_expr(tenant::Column::ClaimedUntil, Expr::value(wall_now.plus(lease_seconds).unix()))
            .filter(tenant::Column::Id.is_in(ids.iter().map(String::as_str)))
            .exec(&self.db)
            .await?;
        ids.iter().map(|id| parse(id, TENANTS)).collect()
    }

    /// Keeps when somebody last signed in to the panel.
    pub async fn save_activity(&self, id: TenantId, at: Timestamp) -> Result<(), StoreError> {
        tenant::Entity::update_many()
            .col_expr(tenant::Column::LastActiveAt, Expr::value(at.unix()))
            .filter(tenant::Column::Id.eq(id.to_string()))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Says at which server a tenant is, that this transaction has locked; `None` is none, and not at the one where it was if
    /// there is another.
    pub async fn place_tenant(&self, id: TenantId, server_id: Option<ServerId>) -> Result<(), StoreError> {
        let row = tenant::Entity::update_many()
            .col_expr(tenant::Column::ServerId, Expr::value(server_id.map(|id| id.to_string())))
            .filter(tenant::Column::Id.eq(id.to_string()));
        let row = match server_id {
            Some(_) => row,
            None => row
                .col_expr(tenant::Column::AvoidServerId, Expr::col(tenant::Column::ServerId))
                .filter(tenant::Column::ServerId.is_not_null()),
        };
        row.exec(&self.db).await?;
        Ok(())
    }

    /// Whether some panel has this subdomain.
    pub async fn has_subdomain(&self, subdomain: &str) -> Result<bool, StoreError> {
        let of = tenant::Entity::find().filter(tenant::Column::Subdomain.eq(subdomain));
        Ok(of.one(&self.db).await?.is_some())
    }

    /// Gives a removed tenant's subdomain free: the row gets `name` instead, which nobody can ask for. What it was is still shown.
    pub async fn free_subdomain(&self, id: TenantId, name: &str) -> Result<(), StoreError> {
        tenant::Entity::update_many()
            .col_expr(tenant::Column::ShownSubdomain, Expr::col(tenant::Column::Subdomain))
            .col_expr(tenant::Column::Subdomain, Expr::value(name))
            .filter(tenant::Column::Id.eq(id.to_string()))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Keeps what was measured last, and that this was `at`; what was not stays as it was.
    pub async fn save_sample(&self, id: TenantId, sample: Sample, at: Timestamp) -> Result<(), StoreError> {
        let mut row = <tenant::ActiveModel as Default>::default();
        if sample.users.is_some() {
            row.users_used = Set(sample.users);
            row.users_at = Set(Some(at.unix()));
        }
        if sample.storage_bytes.is_some() {
            row.storage_bytes_used = Set(sample.storage_bytes);
            row.storage_bytes_at = Set(Some(at.unix()));
        }
        tenant::Entity::update_many().set(row).filter(tenant::Column::Id.eq(id.to_string())).exec(&self.db).await?;
        Ok(())
    }

    /// Says which plan version a cycle was bought on.
    pub async fn label_cycle(&self, id: TenantId, number: u32, version: PlanVersionId) -> Result<(), StoreError> {
        cycle::Entity::update_many()
            .col_expr(cycle::Column::PlanVersionId, Expr::value(version.to_string()))
            .filter(cycle::Column::TenantId.eq(id.to_string()))
            .filter(cycle::Column::Number.eq(i64::from(number)))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Forgets a cycle that waited and never began.
    pub async fn delete_queued_cycle(&self, id: TenantId, order_id: OrderId) -> Result<(), StoreError> {
        cycle::Entity::delete_many()
            .filter(cycle::Column::TenantId.eq(id.to_string()))
            .filter(cycle::Column::OrderId.eq(order_id.to_string()))
            .filter(cycle::Column::Phase.eq("queued"))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Says on which plan version the next cycle is ordered, of a tenant that this transaction has locked.
    pub async fn move_to_plan(&self, id: TenantId, version: PlanVersionId) -> Result<(), StoreError> {
        tenant::Entity::update_many()
            .col_expr(tenant::Column::PlanVersionId, Expr::value(version.to_string()))
            .filter(tenant::Column::Id.eq(id.to_string()))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Keeps a tenant from now on. `false` if its subdomain is taken; the transaction is then of no more use.
    pub async fn insert_tenant(&self, new: &NewTenant) -> Result<bool, StoreError> {
        let mut row = columns(&new.state)?;
        row.id = Set(new.state.id.to_string());
        row.account_id = Set(new.account_id.to_string());
        row.plan_version_id = Set(new.plan_version_id.to_string());
        row.name = Set(new.name.clone());
        row.subdomain = Set(new.subdomain.clone());
        row.created_at = Set(new.created_at.unix());
        row.version = Set(1);
        row.claimed_until = Set(0);
        match row.insert(&self.db).await {
            Ok(_) => {}
            Err(error) if is_duplicate(&error) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        self.record_change(new.state.id, new.account_id).await?;
        Ok(true)
    }

    /// Replaces the tenant's state, if it is still the one that was read, and says when to look at it next.
    /// The claim on it ends.
    pub async fn save_tenant(
        &self,
        before: &TenantRecord,
        after: &Tenant,
        ended: &[EndedCycle],
        seals: &BTreeMap<u32, Seal>,
        due_at: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let mut row = columns(after)?;
        let sealed = |number: u32, row: cycle::ActiveModel| match seals.get(&number) {
            Some(seal) => cycle::ActiveModel { seal: Set(Some(seal.as_str().to_owned())), ..row },
            None => row,
        };
        row.version = Set(before.version + 1);
        row.due_at = Set(due_at.map(Timestamp::unix));
        row.claimed_until = Set(0);
        let written = tenant::Entity::update_many()
            .set(row)
            .filter(tenant::Column::Id.eq(after.id.to_string()))
            .filter(tenant::Column::Version.eq(before.version))
            .exec(&self.db)
            .await?;
        if written.rows_affected != 1 {
            return Err(StoreError::Stale);
        }
        for over in ended {
            self.save_cycle(after.id, sealed(over.cycle.number, ended_row(over)?)).await?;
        }
        if let Billing::Running { cycle, queued } = &after.billing {
            self.save_cycle(after.id, sealed(cycle.number, running_row(cycle)?)).await?;
            for waiting in queued {
                self.save_cycle(after.id, queued_row(waiting)?).await?;
            }
        }
        self.record_change(after.id, before.account_id).await
    }

    async fn save_cycle(&self, tenant_id: TenantId, mut row: cycle::ActiveModel) -> Result<(), StoreError> {
        row.tenant_id = Set(tenant_id.to_string());
        let mut all = vec![
            cycle::Column::Terms,
            cycle::Column::Phase,
            cycle::Column::StartsAt,
            cycle::Column::EndsAt,
            cycle::Column::UsedSeconds,
            cycle::Column::DayIndex,
            cycle::Column::DayUsedSeconds,
            cycle::Column::EndedAt,
            cycle::Column::EndedReason,
            cycle::Column::AllowanceSeconds,
            cycle::Column::OverageSeconds,
            cycle::Column::Gauges,
            cycle::Column::Reminded,
            cycle::Column::PaidNetMinor,
            cycle::Column::EarnedNetMinor,
            cycle::Column::UpgradedBy,
        ];
        if row.seal.is_set() {
            all.push(cycle::Column::Seal);
        }
        let by_key =
            OnConflict::columns([cycle::Column::TenantId, cycle::Column::Number]).update_columns(all).to_owned();
        cycle::Entity::insert(row).on_conflict(by_key).exec_without_returning(&self.db).await?;
        Ok(())
    }
}
