//! An account's orders are listed without looking at everybody's; a panel's held payments are found without looking at all others.

pub(crate) const STATEMENTS: &[&str] = &[
    "CREATE INDEX orders_account ON orders (account_id, id)",
    "CREATE INDEX payments_tenant ON payments (tenant_id, state)",
];
