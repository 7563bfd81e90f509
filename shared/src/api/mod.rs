//! What crosses the wire: requests, answers and problems, shared by the server, the dashboard and the OpenAPI document.
//!
//! Shapes only. How an answer is computed is the server's affair; how it is worded is the dashboard's.

pub mod about;
pub mod accounts;
pub mod alerts;
pub mod auth;
pub mod credit;
pub mod cycles;
pub mod explain;
pub mod history;
pub mod invoices;
pub mod jobs;
pub mod live;
pub mod manual;
pub mod notices;
pub mod panels;
pub mod payments;
pub mod people;
pub mod plans;
pub mod problem;
pub mod refunds;
pub mod servers;
pub mod spending;
pub mod tenants;
pub mod usage;
