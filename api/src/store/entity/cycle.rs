//! A cycle: queued, running or ended.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cycles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub order_id: Option<String>,
    pub terms: String,
    pub phase: String,
    pub starts_at: Option<i64>,
    pub ends_at: Option<i64>,
    pub used_seconds: i64,
    pub day_index: i64,
    pub day_used_seconds: i64,
    pub ended_at: Option<i64>,
    pub ended_reason: Option<String>,
    pub plan_version_id: Option<String>,
    pub allowance_seconds: i64,
    pub overage_seconds: i64,
    pub gauges: String,
    pub reminded: i64,
    pub paid_net_minor: i64,
    pub earned_net_minor: i64,
    pub upgraded_by: Option<String>,
    pub seal: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
