//! Presentation without a browser: how figures read, which words and shapes a state gets.
//!
//! Nothing here computes a price, a state or an allowance: those arrive from the server. Nothing here touches the DOM,
//! so all of it is tested natively.

pub mod address;
pub mod format;
pub mod i18n;
pub mod json;
pub mod present;
pub mod wire;
