//! Who makes requests. Knows what may be asked, not what is right.

pub(crate) mod asks;
pub(crate) mod deeds;
pub(crate) mod desk;
pub(crate) mod plans;
pub(crate) mod stories;
pub(crate) mod tenants;
pub(crate) mod town;
