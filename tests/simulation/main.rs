//! The simulation: one number decides a whole history of customers, clocks, hosts, gateways and crashes. One room makes
//! requests (`workload`), one is what they meet (`world`), and one judges what came of it (`auditor`), by a small model
//! of its own that shares no code with the billing core.
//!
//! Two parts: `core` is the step function alone, over very many steps; `app` is the whole application on a database.
//! A failure names its seed and step; `make simulate SEED=… STEPS=…` plays exactly that history again.

mod app;
mod auditor;
mod core;
mod crash;
mod race;
mod replay;
mod seed;
mod workload;
mod world;
