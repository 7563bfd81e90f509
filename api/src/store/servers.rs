//! Servers on which panels run. Their secrets are kept as they come, locked.

use super::code::{count, parse};
use super::due::skip_locked;
use super::entity::{server, tenant};
use super::{Store, StoreError, Tx, for_update, is_duplicate};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use shared::api::tenants::PanelStatus;
use shared::ids::{ServerId, TenantId};
use shared::time::Timestamp;
use std::collections::HashMap;

const SERVERS: &str = "servers";

/// A server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerRecord {
    /// Its id.
    pub id: ServerId,
    /// What operators call it.
    pub name: String,
    /// Where it listens for us alone.
    pub url: String,
    /// Where the files of its panels are.
    pub files_folder: Option<String>,
    /// What opens it, locked.
    pub secrets: String,
    /// Which of its databases new panels are copies of.
    pub template: String,
    /// How many panels it may hold.
    pub capacity: u32,
    /// Whether it gets no new ones.
    pub draining: bool,
    /// Grows by one with every change of these settings.
    pub revision: i32,
    /// When it was registered.
    pub created_at: Timestamp,
    /// What it said when it was last asked; `None` if it never answered.
    pub surveyed: Option<Surveyed>,
    /// What went wrong when it was last asked.
    pub trouble: Option<String>,
    /// When it is asked next by itself, by the wall clock.
    pub survey_due_at: Timestamp,
    /// How often in a row it was asked by itself and has not said what it is.
    pub silences: u32,
}

/// So often in a row a server says nothing before it counts as silent.
pub const SILENT_AFTER: u32 = 2;

impl ServerRecord {
    /// Whether it has not said for two surveys what it is. Such a one gets no new panels.
    #[must_use]
    pub const fn is_silent(&self) -> bool {
        self.silences >= SILENT_AFTER
    }
}

/// What a server said of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surveyed {
    /// When.
    pub at: Timestamp,
    /// Its version.
    pub version: String,
    /// By which means its databases are managed.
    pub driver: String,
    /// Whether it lets us lock databases.
    pub locks: bool,
    /// How many databases it listed.
    pub databases: Option<u32>,
    /// What they weigh together, if it says.
    pub database_bytes: Option<i64>,
}

/// How full a server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Load {
    /// The panels that take room, counted.
    pub panels: u32,
    /// Those of them that are active.
    pub active: u32,
}

fn record(row: server::Model) -> Result<ServerRecord, StoreError> {
    let surveyed = match (row.surveyed_at, row.version, row.driver, row.locks) {
        (Some(at), Some(version), Some(driver), Some(locks)) => {
            let databases = row.databases.map(|many| count(many, SERVERS)).transpose()?;
            let at = Timestamp::from_unix(at);
            Some(Surveyed { at, version, driver, locks, databases, database_bytes: row.database_bytes })
        }
        _ => None,
    };
    Ok(ServerRecord {
        id: parse(&row.id, SERVERS)?,
        name: row.name,
        url: row.url,
        files_folder: row.files_folder,
        secrets: row.secrets,
        template: row.template,
        capacity: count(row.capacity, SERVERS)?,
        draining: row.draining,
        revision: i32::try_from(row.revision).unwrap_or(i32::MAX),
        created_at: Timestamp::from_unix(row.created_at),
        surveyed,
        trouble: row.trouble,
        survey_due_at: Timestamp::from_unix(row.survey_due_at),
        silences: count(row.silences, SERVERS)?,
    })
}

fn model(server: &ServerRecord) -> server::Model {
    let seen = server.surveyed.as_ref();
    server::Model {
        id: server.id.to_string(),
        name: server.name.clone(),
        url: server.url.clone(),
        files_folder: server.files_folder.clone(),
        secrets: server.secrets.clone(),
        template: server.template.clone(),
        capacity: server.capacity.into(),
        draining: server.draining,
        revision: server.revision.into(),
        created_at: server.created_at.unix(),
        surveyed_at: seen.map(|seen| seen.at.unix()),
        version: seen.map(|seen| seen.version.clone()),
        driver: seen.map(|seen| seen.driver.clone()),
        locks: seen.map(|seen| seen.locks),
        trouble: server.trouble.clone(),
        survey_due_at: server.survey_due_at.unix(),
        silences: server.silences.into(),
        databases: seen.and_then(|seen| seen.databases).map(i64::from),
        database_bytes: seen.and_then(|seen| seen.database_bytes),
    }
}

/// How many panels each server holds: counted, so that it never drifts.
async fn loads(db: &impl ConnectionTrait) -> Result<HashMap<ServerId, Load>, StoreError> {
    let rows: Vec<(String, String, i64)> = tenant::Entity::find()
        .select_only()
        .columns([tenant::Column::ServerId, tenant::Column::Panel])
        .column_as(tenant::Column::Id.count(), "panels")
        .filter(tenant::Column::ServerId.is_not_null())
        .filter(tenant::Column::Panel.ne(PanelStatus::Deleted.name()))
        .group_by(tenant::Column::ServerId)
        .group_by(tenant::Column::Panel)
        .into_tuple()
        .all(db)
        .await?;
    let mut all: HashMap<ServerId, Load> = HashMap::new();
    for (id, panel, many) in rows {
        let many = count(many, SERVERS)?;
        let load = all.entry(parse(&id, SERVERS)?).or_default();
        load.panels += many;
        if panel == PanelStatus::Active.name() {
            load.active += many;
        }
    }
    Ok(all)
}

impl Store {
    /// The server of that id; or `None`.
    pub async fn server(&self, id: ServerId) -> Result<Option<ServerRecord>, StoreError> {
        server::Entity::find_by_id(id.to_string()).one(&self.db).await?.map(record).transpose()
    }

    /// All servers, by name.
    pub async fn servers(&self) -> Result<Vec<ServerRecord>, StoreError> {
        let rows = server::Entity::find().order_by_asc(server::Column::Name).all(&self.db).await?;
        rows.into_iter().map(record).collect()
    }

    /// How many panels each server holds. One that holds none is not named.
    pub async fn server_loads(&self) -> Result<HashMap<ServerId, Load>, StoreError> {
        loads(&self.db).await
    }

    /// The panels at a server, removed ones not: the subdomain of each, and its id.
    pub async fn tenants_at(&self, id: ServerId) -> Result<HashMap<String, TenantId>, StoreError> {
        let rows: Vec<(String, String)> = tenant::Entity::find()
            .select_only()
            .columns([tenant::Column::Subdomain, tenant::Column::Id])
            .filter(tenant::Column::ServerId.eq(id.to_string()))
            .filter(tenant::Column::Panel.ne(PanelStatus::Deleted.name()))
            .into_tuple()
            .all(&self.db)
            .await?;
        rows.into_iter().map(|(subdomain, id)| Ok((subdomain, parse(&id, SERVERS)?))).collect()
    }

    /// Adopted panels that had this subdomain and were removed: their databases stayed, with their markers.
    pub async fn adopted_before(&self, subdomain: &str) -> Result<Vec<TenantId>, StoreError> {
        let ids: Vec<String> = tenant::Entity::find()
            .select_only()
            .column(tenant::Column::Id)
            .filter(tenant::Column::ShownSubdomain.eq(subdomain))
            .filter(tenant::Column::Panel.eq(PanelStatus::Deleted.name()))
            .filter(tenant::Column::Adopted.eq(true))
            .into_tuple()
            .all(&self.db)
            .await?;
        ids.iter().map(|id| parse(id, SERVERS)).collect()
    }
}

impl Tx {
    /// Says whether the database of a tenant that this transaction has locked was there before it was a panel.
    pub async fn mark_adopted(&self, id: TenantId, adopted: bool) -> Result<(), StoreError> {
        tenant::Entity::update_many()
            .col_expr(tenant::Column::Adopted, Expr::value(adopted))
            .filter(tenant::Column::Id.eq(id.to_string()))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// All servers, by id, locked until this transaction ends, each with how many panels it holds.
    pub async fn servers_to_place_on(&self) -> Result<Vec<(ServerRecord, u32)>, StoreError> {
        let rows = for_update(server::Entity::find().order_by_asc(server::Column::Id)).all(&self.db).await?;
        let loads = loads(&self.db).await?;
        let load = |id: &ServerId| loads.get(id).copied().unwrap_or_default().panels;
        let with_load = |row| {
            let server = record(row)?;
            let load = load(&server.id);
            Ok((server, load))
        };
        rows.into_iter().map(with_load).collect()
    }

    /// Whether there is no server but this one.
    pub async fn is_only_server(&self, id: ServerId) -> Result<bool, StoreError> {
        let other = server::Entity::find().filter(server::Column::Id.ne(id.to_string()));
        Ok(other.one(&self.db).await?.is_none())
    }

    /// The tenants that stand at no server although they are paid for: those with one of these panels.
    pub async fn unplaced_tenants(&self, panels: &[PanelStatus]) -> Result<Vec<TenantId>, StoreError> {
        let ids: Vec<String> = tenant::Entity::find()
            .select_only()
            .column(tenant::Column::Id)
            .filter(tenant::Column::ServerId.is_null())
            .filter(tenant::Column::Panel.is_in(panels.iter().map(|panel| panel.name())))
            .order_by_asc(tenant::Column::Id)
            .into_tuple()
            .all(&self.db)
            .await?;
        ids.iter().map(|id| parse(id, SERVERS)).collect()
    }

    /// Takes at most `limit` servers that are to be asked what they are by the wall clock's `now`, the longest overdue first.
    /// They are due again at `again_at`: until then nobody else asks them.
    pub async fn claim_surveys(
        &self,
        now: Timestamp,
        again_at: Timestamp,
        limit: u64,
    ) -> Result<Vec<ServerId>, StoreError> {
        let due = server::Entity::find()
            .select_only()
            .column(server::Column::Id)
            .filter(server::Column::SurveyDueAt.lte(now.unix()))
            .order_by_asc(server::Column::SurveyDueAt)
            .limit(limit);
        let ids: Vec<String> = skip_locked(&self.db, due).into_tuple().all(&self.db).await?;
        server::Entity::update_many()
            .col_expr(server::Column::SurveyDueAt, Expr::value(again_at.unix()))
            .filter(server::Column::Id.is_in(ids.iter().map(String::as_str)))
            .exec(&self.db)
            .await?;
        ids.iter().map(|id| parse(id, SERVERS)).collect()
    }

    /// The server, locked until this transaction ends; or `None`.
    pub async fn server(&self, id: ServerId) -> Result<Option<ServerRecord>, StoreError> {
        for_update(server::Entity::find_by_id(id.to_string())).one(&self.db).await?.map(record).transpose()
    }

    /// Keeps a server from now on. `false` if its name is taken; the transaction is then of no more use.
    pub async fn insert_server(&self, new: &ServerRecord) -> Result<bool, StoreError> {
        match model(new).into_active_model().insert(&self.db).await {
            Ok(_) => Ok(true),
            Err(error) if is_duplicate(&error) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Replaces a server that this transaction has locked. `false` if its name is taken; the transaction is then of no more use.
    pub async fn save_server(&self, server: &ServerRecord) -> Result<bool, StoreError> {
        match model(server).into_active_model().reset_all().update(&self.db).await {
            Ok(_) => Ok(true),
            Err(error) if is_duplicate(&error) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Notes what a server said of itself when it was asked, and what is the matter all the same.
    pub async fn note_survey(&self, id: ServerId, said: &Surveyed, trouble: Option<&str>) -> Result<(), StoreError> {
        server::Entity::update_many()
            .col_expr(server::Column::SurveyedAt, Expr::value(said.at.unix()))
            .col_expr(server::Column::Version, Expr::value(said.version.as_str()))
            .col_expr(server::Column::Driver, Expr::value(said.driver.as_str()))
            .col_expr(server::Column::Locks, Expr::value(said.locks))
            .col_expr(server::Column::Databases, Expr::value(said.databases.map(i64::from)))
            .col_expr(server::Column::DatabaseBytes, Expr::value(said.database_bytes))
            .col_expr(server::Column::Trouble, Expr::value(trouble))
            .col_expr(server::Column::Silences, Expr::value(0_i64))
            .filter(server::Column::Id.eq(id.to_string()))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Notes that a server has not said what it is, and how often in a row by now. What it said before stays.
    pub async fn note_silence(&self, id: ServerId, trouble: &str, silences: u32) -> Result<(), StoreError> {
        server::Entity::update_many()
            .col_expr(server::Column::Trouble, Expr::value(trouble))
            .col_expr(server::Column::Silences, Expr::value(i64::from(silences)))
            .filter(server::Column::Id.eq(id.to_string()))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
