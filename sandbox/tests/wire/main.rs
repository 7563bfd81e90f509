//! The sandbox gateway, the sandbox Odoo and the mailbox from outside, over real HTTP and SMTP: what shops, browsers, managers of panels and whoever
//! rehearses see of them.
//!
//! Knows the wire and the library's few public words. No test sleeps: clocks are moved, deliveries are waited for.

#![allow(clippy::unwrap_used, clippy::panic)] // A test that cannot go on says so by ending.

mod answers;
mod cluster;
mod control;
mod mail;
mod notices;
mod odoo_control;
mod odoo_faults;
mod odoo_json2;
mod odoo_oauth;
mod odoo_rpc;
mod odoo_traps;
mod odoo_web;
mod odoo_world;
mod paying;
mod refunds;
mod sessions;
mod shop;
