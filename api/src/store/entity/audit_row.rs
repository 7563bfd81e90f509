//! Who did what, when and why.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_log")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub tenant_id: Option<String>,
    pub account_id: Option<String>,
    pub at: i64,
    pub noticed_at: i64,
    pub actor: String,
    pub actor_id: Option<String>,
    pub what: String,
    pub from_state: Option<String>,
    pub to_state: Option<String>,
    pub why: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
