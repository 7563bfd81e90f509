//! A local SSLCommerz, a local Odoo and a local mailbox: real HTTP and SMTP on ports of their own, faithful on the wire, no real money, no real data.
//!
//! Used in-process by the demonstration and the tests, and as a program of its own. It knows nothing of the product that
//! talks to it: it shares only the money type, so that an error in the product's adapters cannot be mirrored here.

pub mod front;
pub mod gateway;
pub mod mail;
pub mod odoo;
mod serve;
