//! A folder of this machine, or one that is mounted here.

use std::fs::Permissions;
use std::io::{self, ErrorKind};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use shared::ids::BackupId;
use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncWriteExt as _;

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

/// Copies a file, to the last byte on the disk; nobody else can read what comes of it.
async fn copied(from: &Path, into: &Path) -> io::Result<()> {
    let mut source = File::open(from).await?;
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(into).await?;
    file.set_permissions(Permissions::from_mode(0o600)).await?;
    tokio::io::copy(&mut source, &mut file).await?;
    file.flush().await?;
    file.sync_all().await
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
        scratch::private(&self.folder).map_err(|error| unknown(&error))?;
        // Under another name first: what has the name is whole, whenever the power goes.
        let half = self.folder.join(format!("{id}.half"));
        let whole = copied(from, &half).await;
        if whole.is_err() {
            drop(tokio::fs::remove_file(&half).await);
        }
        whole.map_err(|error| unknown(&error))?;
        tokio::fs::rename(&half, self.path(id)).await.map_err(|error| unknown(&error))?;
        // The name, too, must outlive a power cut: what it is a copy of may be dropped next.
        let folder = tokio::fs::File::open(&self.folder).await.map_err(|error| unknown(&error))?;
        folder.sync_all().await.map_err(|error| unknown(&error))?;
        kept(&self.path(id)).await
    }

    async fn fetch(&self, id: BackupId, what: &Kept, into: &Path) -> Result<(), FetchError> {
        match copied(&self.path(id), into).await {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound && self.folder.is_dir() => {
                return Err(FetchError::Gone);
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

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: whoever else works on this machine reads a customer's books out of the copies.
    #[tokio::test]
    async fn copies_are_nobody_elses_to_read() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("copies");
        let shelf = FolderShelf::new(folder.clone(), folder.join("on-their-way"));
        let id = BackupId::new(uuid::Uuid::from_u128(1));
        let file = shelf.clear(id).await.unwrap();
        std::fs::write(&file, b"books").unwrap();
        let kept = shelf.put(id, &file).await.unwrap();
        let back = place.path().join("back");
        shelf.fetch(id, &kept, &back).await.unwrap();
        assert_eq!(std::fs::read(&back).unwrap(), b"books");
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&shelf.path(id)), mode(&back)), (0o700, 0o600, 0o600));
    }
}
