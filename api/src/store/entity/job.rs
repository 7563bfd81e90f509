//! Work at a host, step by step.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub tenant_id: String,
    pub account_id: String,
    pub kind: String,
    pub backup_id: Option<String>,
    pub step: i64,
    pub tries: i64,
    pub trouble: Option<String>,
    pub trouble_words: Option<String>,
    pub requested_by: Option<String>,
    pub created_at: i64,
    pub asked_at: i64,
    pub begun_at: Option<i64>,
    pub due_at: Option<i64>,
    pub claim: Option<String>,
    pub finished_at: Option<i64>,
    pub failed: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
