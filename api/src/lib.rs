//! Hourglass, the server: rooms as on the map in ARCHITECTURE.md. Dependencies point inward, one way:
//! entrances ([`http`], [`worker`]) → stories ([`flow`]) → memory ([`store`]) and sockets ([`port`]) → the pure core
//! (`shared`). Only [`app`] names an adapter.

pub mod adapter;
pub mod app;
pub mod compose;
pub mod config;
#[cfg(feature = "demo")]
pub mod demo;
pub mod flow;
pub mod http;
pub mod keys;
pub mod live;
pub mod metrics;
pub mod port;
pub mod serve;
pub mod store;
pub mod verify;
pub mod worker;
