//! The schema, step by step, on SQLite and PostgreSQL alike.
//!
//! A step is frozen once released: later changes are new steps. Written as plain SQL that both databases take, because a
//! schema is read more often than it is written. Times are BIGINT seconds since 1970 (UTC), money is BIGINT minor units,
//! ids are the prefixed texts of the API. This crate knows no rule; it only keeps what the rules must be able to trust.

use sea_orm_migration::prelude::{ConnectionTrait, MigrationName, MigrationTrait, SchemaManager};
pub use sea_orm_migration::prelude::{DbErr, MigratorTrait};

mod m0001_skeleton;
mod m0002_billing;
mod m0003_payments;
mod m0004_hosts;
mod m0005_letters;
mod m0006_people;
mod m0007_unpaid;
mod m0008_orders;

/// Applies the steps in order; applying again changes nothing.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_skeleton::Migration),
            Box::new(m0002_billing::Migration),
            Box::new(Statements("m0003_payments", m0003_payments::STATEMENTS)),
            Box::new(Statements("m0004_hosts", &[m0004_hosts::STATEMENTS])),
            Box::new(Statements("m0005_letters", &[m0005_letters::STATEMENTS])),
            Box::new(Statements("m0006_people", &[m0006_people::STATEMENTS])),
            Box::new(Statements("m0007_unpaid", &[m0007_unpaid::STATEMENTS])),
            Box::new(Statements("m0008_orders", &[m0008_orders::STATEMENTS])),
        ]
    }
}

/// A step that is nothing but statements: its name, and what it says.
struct Statements(&'static str, &'static [&'static [&'static str]]);

impl MigrationName for Statements {
    fn name(&self) -> &str {
        self.0
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Statements {
    // SQLite would otherwise apply a failed step halfway.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for part in self.1 {
            for statement in *part {
                manager.get_connection().execute_unprepared(statement).await?;
            }
        }
        Ok(())
    }
}
