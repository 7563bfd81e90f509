//! One comparison with the gateways' books.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reconciliations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub started_at: i64,
    pub finished_at: Option<i64>,
    pub since: i64,
    pub reached: String,
    pub claimed_until: i64,
    pub asked: i64,
    pub agreed: i64,
    pub differences: i64,
    pub unknown: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
