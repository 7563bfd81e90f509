//! The shelf: where copies of panels are kept.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use shared::ids::BackupId;

use super::Unknown;

/// What was put on the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// How large it is.
    pub bytes: i64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// Why a copy could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The shelf does not answer.
    #[error(transparent)]
    Unknown(#[from] Unknown),
    /// The shelf answers, and the copy is not there.
    #[error("The copy is not there any more.")]
    Gone,
    /// The copy is there, and is not what was put there.
    #[error("{0}")]
    Spoilt(String),
}

/// Where copies are kept.
#[async_trait]
pub trait Shelf: Send + Sync {
    /// Where a file of `id` may stand on its way to or from the shelf: a place that nobody else has. What earlier ones have left is
    /// gone.
    async fn clear(&self, id: BackupId) -> Result<PathBuf, Unknown>;

    /// Keeps the file `from` under `id`. `Ok` means that it is there as a whole, and says what it is. A repeat replaces it.
    async fn put(&self, id: BackupId, from: &Path) -> Result<Kept, Unknown>;

    /// Brings what is kept under `id` to a new file `into`, and makes sure that it is `kept`.
    async fn fetch(&self, id: BackupId, kept: &Kept, into: &Path) -> Result<(), FetchError>;

    /// Deletes what is kept under `id`. `Ok` means that it is not there.
    async fn delete(&self, id: BackupId) -> Result<(), Unknown>;
}
