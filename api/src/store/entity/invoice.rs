//! An invoice or a credit note, as it was issued.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub series: String,
    pub fiscal_year: i64,
    pub sequence: i64,
    pub number: String,
    pub account_id: String,
    pub tenant_id: String,
    pub order_id: Option<String>,
    pub corrects_id: Option<String>,
    pub issued_at: i64,
    pub gross_minor: i64,
    pub currency: String,
    pub document: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
