//! The stories over HTTP: what customers, operators, the gateway and forgers can do from outside, and what becomes of it.
//!
//! Each is played twice, on SQLite and on PostgreSQL, and names the harm that it prevents. Nothing here waits for time to
//! pass: the clocks stand still until a story moves them.

mod checkout;
mod corrections;
mod counting;
mod document;
mod explaining;
mod forgery;
mod gate;
mod hints;
mod life;
mod operating;
mod outcomes;
mod ownership;
mod power_cut;
mod proofs;
mod refusals;
mod signing_in;
mod status;
mod usage_report;
