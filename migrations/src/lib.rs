//! The schema, step by step, on SQLite and PostgreSQL alike.
//!
//! A step is frozen once released: later changes are new steps. Written as plain SQL that both databases take, because a
//! schema is read more often than it is written. Times are BIGINT seconds since 1970 (UTC), money is BIGINT minor units,
//! ids are the prefixed texts of the API. This crate knows no rule; it only keeps what the rules must be able to trust.

pub use sea_orm_migration::prelude::{DbErr, MigratorTrait};

mod m0001_skeleton;
mod m0002_billing;
mod m0003_payments;
mod m0004_hosts;
mod m0005_letters;
mod m0006_people;
mod m0007_unpaid;

/// Applies the steps in order; applying again changes nothing.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn sea_orm_migration::MigrationTrait>> {
        vec![
            Box::new(m0001_skeleton::Migration),
            Box::new(m0002_billing::Migration),
            Box::new(m0003_payments::Migration),
            Box::new(m0004_hosts::Migration),
            Box::new(m0005_letters::Migration),
            Box::new(m0006_people::Migration),
            Box::new(m0007_unpaid::Migration),
        ]
    }
}
