//! A folder of this machine, or one that is mounted here.
//!
//! A file `hourglass-copies` in it marks the folder. It is made with the first copy, if the folder is new or empty; from then on a folder without
//! it is no shelf at all but the place where one was mounted: nothing is put there, and nothing is said to be gone. Where the mark is
//! missing and copies are known, a person looks, and makes an empty file of that name if the folder is the right one.

use std::fs::Permissions;
use std::io::{self, ErrorKind};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use shared::ids::BackupId;
use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncWriteExt as _;

use super::checksum::kept;
use super::scratch;
use crate::port::Unknown;
use crate::port::shelf::{FetchError, Kept, Shelf};

/// What marks the folder.
const MARK: &str = "hourglass-copies";

/// Keeps each copy as one file of a folder.
pub struct FolderShelf {
    folder: PathBuf,
    scratch: PathBuf,
    /// Whether the folder was marked at any time: it is never marked again then.
    known: AtomicBool,
}

impl FolderShelf {
    /// In this folder; what is on its way stands in `scratch`. Both are made if they are missing, the folder only if it is not `known`
    /// that copies are kept there.
    #[must_use]
    pub const fn new(folder: PathBuf, scratch: PathBuf, known: bool) -> Self {
        Self { folder, scratch, known: AtomicBool::new(known) }
    }

    /// Whether the folder bears the mark. An error if that cannot be told.
    async fn is_marked(&self) -> io::Result<bool> {
        let is = tokio::fs::try_exists(self.folder.join(MARK)).await?;
        self.known.fetch_or(is, Ordering::Relaxed);
        Ok(is)
    }

    /// `Ok` if this is the folder of the copies.
    async fn is_there(&self) -> Result<(), Unknown> {
        if self.is_marked().await.map_err(|error| unknown(&error))? { Ok(()) } else { Err(self.unmarked()) }
    }

    /// The same for whoever is about to put something there: a new or empty folder is marked, unless copies are known.
    async fn begin(&self) -> Result<(), Unknown> {
        let told = |error: io::Error| unknown(&error);
        if self.is_marked().await.map_err(told)? {
            return Ok(());
        }
        if self.known.load(Ordering::Relaxed) {
            return Err(self.unmarked());
        }
        scratch::private(&self.folder).map_err(told)?;
        let mut entries = tokio::fs::read_dir(&self.folder).await.map_err(told)?;
        while let Some(entry) = entries.next_entry().await.map_err(told)? {
            // Another process may have marked it this very moment: asked again, this one sees that.
            if entry.path() != self.scratch {
                return Err(self.unmarked());
            }
        }
        let mark = File::create(self.folder.join(MARK)).await.map_err(told)?;
        mark.sync_all().await.map_err(told)?;
        self.known.store(true, Ordering::Relaxed);
        Ok(())
    }

    fn unmarked(&self) -> Unknown {
        let folder = self.folder.display();
        Unknown::new(format!(
            "the folder of the copies: {folder} has no file {MARK}. Is it mounted? If it is the right one, make that file."
        ))
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
        // First of all: what is on its way may stand in the folder, and would make it.
        self.begin().await?;
        scratch::clear(&self.scratch, id).await
    }

    async fn put(&self, id: BackupId, from: &Path) -> Result<Kept, Unknown> {
        self.begin().await?;
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
        self.is_there().await?;
        match copied(&self.path(id), into).await {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound && self.is_marked().await.is_ok_and(|is| is) => {
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
        self.is_there().await?;
        // What was left by whoever died while they put it here goes, too.
        drop(tokio::fs::remove_file(self.folder.join(format!("{id}.half"))).await);
        match tokio::fs::remove_file(self.path(id)).await {
            Ok(()) => Ok(()),
            // It was there a moment ago: is the folder still the same?
            Err(error) if error.kind() == ErrorKind::NotFound => self.is_there().await,
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
        let shelf = FolderShelf::new(folder.clone(), folder.join("on-their-way"), false);
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

    // Harm prevented: a share that is not mounted is taken for an empty shelf: copies land on the disk below it, and those on the share are
    // said to be gone.
    #[tokio::test]
    async fn a_folder_that_has_lost_its_mark_is_no_shelf() {
        let place = tempfile::tempdir().unwrap();
        let (folder, share) = (place.path().join("copies"), place.path().join("share"));
        let shelf = FolderShelf::new(folder.clone(), folder.join("on-their-way"), false);
        let id = BackupId::new(uuid::Uuid::from_u128(1));
        let file = shelf.clear(id).await.unwrap();
        std::fs::write(&file, b"books").unwrap();
        let kept = shelf.put(id, &file).await.unwrap();
        // Unmounted: the folder is there, and empty.
        std::fs::rename(&folder, &share).unwrap();
        std::fs::create_dir(&folder).unwrap();
        let begun_anew = FolderShelf::new(folder.clone(), folder.join("on-their-way"), true);
        for shelf in [&shelf, &begun_anew] {
            assert!(shelf.clear(id).await.is_err());
            assert!(matches!(shelf.fetch(id, &kept, &place.path().join("back")).await, Err(FetchError::Unknown(_))));
            assert!(shelf.delete(id).await.is_err());
        }
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
        std::fs::remove_dir(&folder).unwrap();
        assert!(shelf.clear(id).await.is_err() && !folder.exists(), "nor is it made again");
        std::fs::rename(&share, &folder).unwrap();
        begun_anew.fetch(id, &kept, &place.path().join("back")).await.unwrap();
    }

    // Harm prevented: a mistyped path puts customers' books among somebody else's files.
    #[tokio::test]
    async fn a_folder_that_holds_other_things_is_no_shelf() {
        let place = tempfile::tempdir().unwrap();
        std::fs::write(place.path().join("letter"), b"dear").unwrap();
        let shelf = FolderShelf::new(place.path().to_owned(), place.path().join("on-their-way"), false);
        assert!(shelf.clear(BackupId::new(uuid::Uuid::from_u128(1))).await.is_err());
    }
}
