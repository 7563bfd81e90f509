//! What handlers take out of a request, checked before they see it.

mod asked;
mod body;
mod browser;
mod caller;
mod cookies;
mod idempotency_key;
mod if_match;
mod nth;
mod page;
mod path_id;

pub use asked::Asked;
pub use body::Body;
pub use browser::Browser;
pub use caller::SignedInAs;
pub use cookies::RefreshCookie;
pub use cookies::{cookies_of, no_cookies};
pub use idempotency_key::IdempotencyKey;
pub use if_match::IfMatch;
pub use nth::Nth;
pub use page::Page;
pub use path_id::{Id, Number};
