//! Stories about people: signing up, in and out, and proving on each request who asks.

pub mod authenticate;
pub(in crate::flow) mod begin_session;
mod caller;
pub mod create_operator;
pub(in crate::flow) mod failures;
pub(in crate::flow) mod fields;
pub mod join_live;
pub mod live_ticket;
pub mod refresh;
pub mod sign_in;
pub mod sign_out;
pub mod sign_up;
pub mod who_am_i;

pub use begin_session::SignedIn;
pub use caller::Caller;
