//! A panel and where it is.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tenants")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub account_id: String,
    pub plan_version_id: String,
    pub name: String,
    pub subdomain: String,
    pub panel: String,
    pub suspend_reason: Option<String>,
    pub panel_message: Option<String>,
    pub panel_since: i64,
    pub billing: String,
    pub grace_until: Option<i64>,
    pub accounted_until: Option<i64>,
    pub next_cycle_number: i64,
    pub users_used: Option<i64>,
    pub storage_bytes_used: Option<i64>,
    pub users_at: Option<i64>,
    pub storage_bytes_at: Option<i64>,
    pub created_at: i64,
    pub version: i64,
    pub due_at: Option<i64>,
    pub claimed_until: i64,
    pub cancelled: bool,
    pub server_id: Option<String>,
    pub last_active_at: Option<i64>,
    pub adopted: bool,
    pub copy_due_at: Option<i64>,
    pub shown_subdomain: Option<String>,
    pub avoid_server_id: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
