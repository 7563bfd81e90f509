//! Panels that await their first payment are found without looking at all others.

use sea_orm_migration::prelude::{ConnectionTrait, DbErr, DeriveMigrationName, MigrationTrait, SchemaManager};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(UNPAID).await?;
        Ok(())
    }
}

const UNPAID: &str = "CREATE INDEX tenants_unpaid ON tenants (panel_since, id) WHERE panel = 'pending'";
