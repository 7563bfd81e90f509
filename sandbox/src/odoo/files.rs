//! The filestore: a folder for each database, or the same in memory. Names are content-addressed; no file is ever rewritten.
//! Knows no database.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::dump::File;

/// By database, then by name.
type Shelves = BTreeMap<String, BTreeMap<String, Vec<u8>>>;

#[derive(Clone)]
pub(super) enum Files {
    /// `<folder>/<database>/ab/abcdef…`
    Folder(PathBuf),
    Memory(Arc<Mutex<Shelves>>),
}

impl Files {
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        folder.map_or_else(|| Self::Memory(Arc::default()), Self::Folder)
    }

    /// Keeps a file.
    pub(super) fn put(&self, database: &str, (name, content): &File) -> io::Result<()> {
        match self {
            Self::Folder(folder) => {
                let path = place(folder, database)?.join(name);
                if let Some(parent) = path.parent() {
                    fs::create_dir_all(parent)?;
                }
                fs::write(path, content)
            }
            Self::Memory(shelves) => {
                lock(shelves).entry(database.to_owned()).or_default().insert(name.clone(), content.clone());
                Ok(())
            }
        }
    }

    /// All files of a database.
    pub(super) fn all(&self, database: &str) -> io::Result<Vec<File>> {
        match self {
            Self::Folder(folder) => {
                let place = place(folder, database)?;
                let mut found = Vec::new();
                if place.is_dir() {
                    gather(&place, &place, &mut found)?;
                }
                Ok(found)
            }
            Self::Memory(shelves) => {
                let shelf = lock(shelves).get(database).cloned().unwrap_or_default();
                Ok(shelf.into_iter().collect())
            }
        }
    }

    pub(super) fn copy(&self, source: &str, new: &str) -> io::Result<()> {
        self.all(source)?.iter().try_for_each(|file| self.put(new, file))
    }

    pub(super) fn rename(&self, old: &str, new: &str) -> io::Result<()> {
        match self {
            Self::Folder(folder) => {
                let (from, to) = (place(folder, old)?, place(folder, new)?);
                if from.is_dir() && !to.exists() { fs::rename(from, to) } else { Ok(()) }
            }
            Self::Memory(shelves) => {
                let mut shelves = lock(shelves);
                if let Some(shelf) = shelves.remove(old) {
                    shelves.insert(new.to_owned(), shelf);
                }
                Ok(())
            }
        }
    }

    pub(super) fn remove(&self, database: &str) -> io::Result<()> {
        match self {
            Self::Folder(folder) => {
                let place = place(folder, database)?;
                if place.is_dir() { fs::remove_dir_all(place) } else { Ok(()) }
            }
            Self::Memory(shelves) => {
                lock(shelves).remove(database);
                Ok(())
            }
        }
    }
}

/// A database may have any name; its folder may not lead out of the filestore.
fn place(folder: &Path, database: &str) -> io::Result<PathBuf> {
    if database.is_empty() || database.starts_with('.') || database.contains(['/', '\\']) {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("no folder for a database named {database:?}"),
        ));
    }
    Ok(folder.join(database))
}

fn gather(root: &Path, within: &Path, found: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(within)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(root, &path, found)?;
        } else if let Ok(name) = path.strip_prefix(root) {
            found.push((name.to_string_lossy().into_owned(), fs::read(&path)?));
        }
    }
    Ok(())
}

fn lock(shelves: &Mutex<Shelves>) -> MutexGuard<'_, Shelves> {
    shelves.lock().unwrap_or_else(PoisonError::into_inner)
}
