//! Stories about accounts: what stands on their invoices, what they used and spent, and clocks of their own.

pub mod account;
pub mod edit_account;
pub mod move_clock;
pub mod spending;
pub mod statement;
pub mod usage;
pub mod whole_statement;
