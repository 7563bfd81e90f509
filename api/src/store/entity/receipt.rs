//! One charge that a gateway confirmed.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "receipts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub payment_id: String,
    pub tenant_id: String,
    pub account_id: String,
    pub gateway: String,
    pub val_id: String,
    pub bank_tran_id: Option<String>,
    pub method: Option<String>,
    pub charged_minor: Option<i64>,
    pub currency: Option<String>,
    pub fee_minor: Option<i64>,
    pub state: String,
    pub why: String,
    pub at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
