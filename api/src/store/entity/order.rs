//! What is to be paid.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "orders")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub tenant_id: String,
    pub account_id: String,
    pub plan_version_id: String,
    pub terms: String,
    pub amount_minor: i64,
    pub currency: String,
    pub created_at: i64,
    pub settled_at: Option<i64>,
    pub settled_by: Option<String>,
    pub cycle_number: Option<i64>,
    pub upgrade: Option<String>,
    pub lines: String,
    pub withdrawn_at: Option<i64>,
    pub credit_minor: i64,
    pub expires_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
