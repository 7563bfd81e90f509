//! Shelves for copies of panels: a folder, or a store that speaks S3.

mod checksum;
mod folder;
mod s3;
mod scratch;

pub use folder::FolderShelf;
pub use s3::{S3Config, S3Shelf, SetupError};
