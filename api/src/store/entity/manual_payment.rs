//! A payment that came past every gateway.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "manual_payments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub payment_id: String,
    pub tenant_id: String,
    pub account_id: String,
    pub method: String,
    pub amount_minor: i64,
    pub currency: String,
    pub reference: String,
    pub reference_key: String,
    pub state: String,
    pub recorded_by: String,
    pub recorded_at: i64,
    pub decided_by: Option<String>,
    pub decided_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
