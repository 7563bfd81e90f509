//! Money on its way back.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refunds")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub receipt_id: String,
    pub payment_id: String,
    pub tenant_id: String,
    pub account_id: String,
    pub gateway: String,
    pub name: String,
    pub gateway_name: Option<String>,
    pub amount_minor: i64,
    pub currency: String,
    pub taken_from: String,
    pub state: String,
    pub reason: String,
    pub refusal: Option<String>,
    pub credit_note_id: Option<String>,
    pub requested_at: i64,
    pub requested_by: Option<String>,
    pub paid_out_by: Option<String>,
    pub paid_out_as: Option<String>,
    pub finished_at: Option<i64>,
    pub look_at: Option<i64>,
    pub looks: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
