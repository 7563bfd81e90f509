//! What the product meets: clocks, hosts and gateways that can lie, hang and repeat themselves.

pub(crate) mod clock;
