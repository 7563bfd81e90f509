//! What a person of the operator has to look at.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "alerts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub kind: String,
    pub subject: String,
    pub account_id: Option<String>,
    pub tenant_id: Option<String>,
    pub payment_id: Option<String>,
    pub receipt_id: Option<String>,
    pub refund_id: Option<String>,
    pub here: Option<String>,
    pub there: Option<String>,
    pub at: i64,
    pub reconciliation_id: Option<String>,
    pub resolved_at: Option<i64>,
    pub resolved_by: Option<String>,
    pub remedy: Option<String>,
    pub note: Option<String>,
    pub server_id: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
