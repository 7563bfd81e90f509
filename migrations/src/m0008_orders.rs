//! An account's orders are listed, newest first, without looking at everybody's.

pub(crate) const STATEMENTS: &[&str] = &["CREATE INDEX orders_account ON orders (account_id, id)"];
