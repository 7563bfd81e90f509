//! How figures, dates and invoice lines are written, in English and in Bangla: the same on pages, in print and in mails.
//!
//! Pure functions from values to text. This room knows no page and no document; what only the dashboard says is said there.

pub mod amounts;
pub mod dates;
pub mod document;
pub mod explain;
pub mod invoice;
pub mod letter;
pub mod spelled;
