//! Stories about invoices and credit notes: issued once, shown and printed as often as wanted, never edited.

pub mod credit_note;
pub mod invoice;
pub(super) mod issue_credit_note;
pub(super) mod issue_invoice;
pub mod list;
pub mod print;
