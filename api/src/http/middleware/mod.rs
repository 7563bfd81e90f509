//! What happens to every request, whichever handler takes it.

pub mod rate_limit;
mod request_id;
mod security_headers;

pub use request_id::name_request;
pub use security_headers::{ContentPolicy, add_security_headers};
