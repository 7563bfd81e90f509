//! How figures, dates and reasons are written, in English and in Bangla: the same on pages, in print and in mails.
//!
//! Pure functions from values to text. This room knows no page and no document.

pub mod explain;
