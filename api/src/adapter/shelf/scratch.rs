//! Where files stand that are on their way to or from a shelf.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use shared::ids::BackupId;

use crate::port::Unknown;

/// The place of one file, empty.
pub(super) async fn clear(folder: &Path, id: BackupId) -> Result<PathBuf, Unknown> {
    let failed = |error: std::io::Error| Unknown::new(format!("the scratch folder: {error}"));
    tokio::fs::create_dir_all(folder).await.map_err(failed)?;
    let file = folder.join(format!("{id}.copy"));
    match tokio::fs::remove_file(&file).await {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(error)),
        Ok(()) | Err(_) => Ok(file),
    }
}
