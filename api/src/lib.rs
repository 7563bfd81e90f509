//! Hourglass, the server: rooms as on the map in ARCHITECTURE.md. Dependencies point inward, one way:
//! entrances ([`http`], [`worker`]) → stories ([`flow`]) → memory ([`store`]) and sockets ([`port`]) → the pure core
//! (`shared`). Only [`app`] names an adapter.

pub mod adapter;
pub mod app;
pub mod flow;
pub mod keys;
pub mod live;
pub mod port;
pub mod store;
