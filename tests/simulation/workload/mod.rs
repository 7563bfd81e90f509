//! Who makes requests. Knows what may be asked, not what is right.

pub(crate) mod deeds;
pub(crate) mod plans;
pub(crate) mod tenants;
