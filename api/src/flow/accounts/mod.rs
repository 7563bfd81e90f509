//! Stories about accounts: what stands on their invoices, and clocks of their own.

pub mod account;
pub mod edit_account;
pub mod move_clock;
pub mod statement;
