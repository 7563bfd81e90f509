//! One attempt to pay an order.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub order_id: String,
    pub tenant_id: String,
    pub account_id: String,
    pub gateway: String,
    pub tran_id: String,
    pub amount_minor: i64,
    pub currency: String,
    pub state: String,
    pub session_key: Option<String>,
    pub page_url: Option<String>,
    pub val_id: Option<String>,
    pub bank_tran_id: Option<String>,
    pub method: Option<String>,
    pub created_at: i64,
    pub settled_at: Option<i64>,
    pub look_at: Option<i64>,
    pub looks: i64,
    pub fee_minor: Option<i64>,
    pub opened_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
