//! Stories about the servers on which panels run. Only operators see them.

mod access;
pub mod ensure;

pub(super) use access::access;
