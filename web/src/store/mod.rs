//! What the dashboard remembers while it is open. Each store asks through `client` and is drawn by components.

pub(crate) mod house;
pub(crate) mod inbox;
pub(crate) mod panel;
pub(crate) mod panels;
pub(crate) mod saved;
pub(crate) mod voice;
