//! What the product meets: clocks, a host and a gateway that can lie low, hang and repeat themselves, and crashes. What
//! they truly were is on record here, for the auditor.

pub(crate) mod clock;
pub(crate) mod fuse;
pub(crate) mod gateway;
pub(crate) mod host;
pub(crate) mod ids;
pub(crate) mod latency;
pub(crate) mod process;
