//! A server on which panels run.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "servers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub name: String,
    pub url: String,
    pub files_folder: Option<String>,
    pub secrets: String,
    pub template: String,
    pub capacity: i64,
    pub draining: bool,
    pub revision: i64,
    pub created_at: i64,
    pub surveyed_at: Option<i64>,
    pub version: Option<String>,
    pub driver: Option<String>,
    pub locks: Option<bool>,
    pub trouble: Option<String>,
    pub survey_due_at: i64,
    pub silences: i64,
    pub databases: Option<i64>,
    pub database_bytes: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
