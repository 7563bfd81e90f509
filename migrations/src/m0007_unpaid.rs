//! Panels that await their first payment are found without looking at all others.

pub(crate) const STATEMENTS: &[&str] =
    &["CREATE INDEX tenants_unpaid ON tenants (panel_since, id) WHERE panel = 'pending'"];
