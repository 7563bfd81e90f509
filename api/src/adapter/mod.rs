//! The plugs: one folder for each outside thing. The only room that speaks HTTP to others, reads clocks or rolls dice.

#[cfg(feature = "demo")]
pub mod fast_clock;
pub mod manual;
pub mod odoo;
pub mod shelf;
pub mod smtp;
pub mod sslcommerz;
pub mod system;
pub mod typst;
