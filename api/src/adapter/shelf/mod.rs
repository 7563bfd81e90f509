//! Shelves for copies of panels: a folder, or a store that speaks S3.

mod checksum;
mod folder;
mod scratch;

pub use folder::FolderShelf;
