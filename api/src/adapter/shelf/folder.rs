//! A folder of this machine, or one that is mounted here.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use shared::ids::BackupId;

use super::checksum::kept;
use super::scratch;
use crate::port::Unknown;
use crate::port::shelf::{FetchError, Kept, Shelf};

/// Keeps each copy as one file of a folder.
pub struct FolderShelf {
    folder: PathBuf,
    scratch: PathBuf,
}

impl FolderShelf {
    /// In this folder; what is on its way stands in `scratch`. Both are made if they are missing.
    #[must_use]
    pub const fn new(folder: PathBuf, scratch: PathBuf) -> Self {
        Self { folder, scratch }
    }

    fn path(&self, id: BackupId) -> PathBuf {
        self.folder.join(id.to_string())
    }
}

fn unknown(error: &std::io::Error) -> Unknown {
    Unknown::new(format!("the folder of the copies: {error}"))
}

#[async_trait]
impl Shelf for FolderShelf {
    async fn clear(&self, id: BackupId) -> Result<PathBuf, Unknown> {
        scratch::clear(&self.scratch, id).await
    }

    async fn put(&self, id: BackupId, from: &Path) -> Result<Kept, Unknown> {
        tokio::fs::create_dir_all(&self.folder).await.map_err(|error| unknown(&error))?;
        // Under another name first: what has the name is whole, whenever the power goes.
        let half = self.folder.join(format!("{id}.half"));
        tokio::fs::copy(from, &half).await.map_err(|error| unknown(&error))?;
        let file = tokio::fs::File::open(&half).await.map_err(|error| unknown(&error))?;
        file.sync_all().await.map_err(|error| unknown(&error))?;
        tokio::fs::rename(&half, self.path(id)).await.map_err(|error| unknown(&error))?;
        // The name, too, must outlive a power cut: what it is a copy of may be dropped next.
        let folder = tokio::fs::File::open(&self.folder).await.map_err(|error| unknown(&error))?;
        folder.sync_all().await.map_err(|error| unknown(&error))?;
        kept(&self.path(id)).await
    }

    async fn fetch(&self, id: BackupId, what: &Kept, into: &Path) -> Result<(), FetchError> {
        match tokio::fs::copy(self.path(id), into).await {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound && self.folder.is_dir() => {
                return Err(FetchError::Spoilt("The copy is not there any more.".to_owned()));
            }
            Err(error) => return Err(unknown(&error).into()),
        }
        if kept(into).await? == *what {
            Ok(())
        } else {
            Err(FetchError::Spoilt("The copy is not what was kept: its checksum differs.".to_owned()))
        }
    }

    async fn delete(&self, id: BackupId) -> Result<(), Unknown> {
        // What was left by whoever died while they put it here goes, too.
        drop(tokio::fs::remove_file(self.folder.join(format!("{id}.half"))).await);
        match tokio::fs::remove_file(self.path(id)).await {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound && self.folder.is_dir() => Ok(()),
            Err(error) => Err(unknown(&error)),
        }
    }
}
