//! Servers on which panels run. Their secrets are kept as they come, locked.

use super::code::{count, parse};
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
}

fn record(row: server::Model) -> Result<ServerRecord, StoreError> {
    let surveyed = match (row.surveyed_at, row.version, row.driver, row.locks) {
        (Some(at), Some(version), Some(driver), Some(locks)) => {
            Some(Surveyed { at: Timestamp::from_unix(at), version, driver, locks })
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
    }
}

/// How many panels each server holds: counted, so that it never drifts.
async fn loads(db: &impl ConnectionTrait) -> Result<HashMap<ServerId, u32>, StoreError> {
    let rows: Vec<(String, i64)> = tenant::Entity::find()
        .select_only()
        .column(tenant::Column::ServerId)
        .column_as(tenant::Column::Id.count(), "panels")
        .filter(tenant::Column::ServerId.is_not_null())
        .filter(tenant::Column::Panel.ne(PanelStatus::Deleted.name()))
        .group_by(tenant::Column::ServerId)
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter().map(|(id, panels)| Ok((parse(&id, SERVERS)?, count(panels, SERVERS)?))).collect()
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
    pub async fn server_loads(&self) -> Result<HashMap<ServerId, u32>, StoreError> {
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
}

impl Tx {
    /// All servers, by id, locked until this transaction ends, each with how many panels it holds.
    pub async fn servers_to_place_on(&self) -> Result<Vec<(ServerRecord, u32)>, StoreError> {
        let rows = for_update(server::Entity::find().order_by_asc(server::Column::Id)).all(&self.db).await?;
        let loads = loads(&self.db).await?;
        let with_load = |row| record(row).map(|server| (loads.get(&server.id).copied().unwrap_or(0), server));
        rows.into_iter().map(|row| with_load(row).map(|(load, server)| (server, load))).collect()
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

    /// Notes what a server said of itself when it was asked, or what went wrong; what it said before stays then.
    pub async fn note_survey(&self, id: ServerId, said: Result<&Surveyed, &str>) -> Result<(), StoreError> {
        let row = server::Entity::update_many().filter(server::Column::Id.eq(id.to_string()));
        let row = match said {
            Ok(said) => row
                .col_expr(server::Column::SurveyedAt, Expr::value(said.at.unix()))
                .col_expr(server::Column::Version, Expr::value(said.version.as_str()))
                .col_expr(server::Column::Driver, Expr::value(said.driver.as_str()))
                .col_expr(server::Column::Locks, Expr::value(said.locks))
                .col_expr(server::Column::Trouble, Expr::value(None::<String>)),
            Err(trouble) => row.col_expr(server::Column::Trouble, Expr::value(trouble)),
        };
        row.exec(&self.db).await?;
        Ok(())
    }
}
