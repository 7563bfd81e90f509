//! Where files stand that are on their way to or from a shelf. They hold people's books: nobody else can read them.

use std::fs::{self, DirBuilder};
use std::io::{self, ErrorKind};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use shared::ids::BackupId;

use crate::port::Unknown;

/// What nobody has written to for so long was left by somebody who died.
const LEFT_AFTER: Duration = Duration::from_secs(24 * 3_600);
const ENDING: &str = ".copy";

/// A place for one file that no other has, in this process or another. What earlier ones of `id` have left is gone, and so is what
/// lies there from long ago.
pub(super) async fn clear(folder: &Path, id: BackupId) -> Result<PathBuf, Unknown> {
    let folder = folder.to_owned();
    let place = tokio::task::spawn_blocking(move || place(&folder, id)).await;
    let failed = |error: &io::Error| Unknown::new(format!("the scratch folder: {error}"));
    place.unwrap_or_else(|_| Err(io::Error::other("interrupted"))).map_err(|error| failed(&error))
}

/// A folder that is this program's alone, if it is not there yet.
pub(super) fn private(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

fn place(folder: &Path, id: BackupId) -> io::Result<PathBuf> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    private(folder)?;
    let own = format!("{id}.");
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| name.ends_with(ENDING)) else { continue };
        let age = || entry.metadata().and_then(|it| it.modified()).ok().and_then(|at| at.elapsed().ok());
        if name.starts_with(&own) || age().is_some_and(|age| age > LEFT_AFTER) {
            match fs::remove_file(entry.path()) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                Ok(()) | Err(_) => {}
            }
        }
    }
    // Another worker may go on with what this one has lost, and must find nothing of it under its own name.
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    Ok(folder.join(format!("{own}{}-{number}{ENDING}", std::process::id())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    // Harm prevented: what a worker that died has left fills the disk; or a try that was lost spoils the file of the next.
    #[tokio::test]
    async fn each_try_has_a_place_of_its_own_and_leaves_nothing() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("on-their-way");
        let (one, other) = (BackupId::new(uuid::Uuid::from_u128(1)), BackupId::new(uuid::Uuid::from_u128(2)));
        let first = clear(&folder, one).await.unwrap();
        fs::write(&first, b"half").unwrap();
        let others = clear(&folder, other).await.unwrap();
        fs::write(&others, b"another's").unwrap();
        let second = clear(&folder, one).await.unwrap();
        assert_ne!(first, second);
        assert!(!first.exists() && others.exists());
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
