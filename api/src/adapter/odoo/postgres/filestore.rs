//! The panels' files: one folder for each database, in it files that are named by what they hold and never written again.
//!
//! All of it is blocking work, done on threads of its own. What is made here belongs to whoever owns the folder, as Odoo needs it.

use std::fs::{self, DirEntry, Metadata};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::{MetadataExt as _, chown};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::super::driver::refused;
use super::super::names::Name;
use super::Folder;
use crate::port::Unknown;
use crate::port::host::HostError;

/// Odoo's folder `filestore`, as this machine sees it.
pub(super) struct Filestore {
    root: Folder,
}

impl Filestore {
    pub(super) fn at(root: &Path) -> Self {
        Self { root: root.into() }
    }

    pub(super) fn of(&self, database: &str) -> PathBuf {
        self.root.join(database)
    }

    /// Whether it can be seen from here at all.
    pub(super) async fn look(&self) -> Result<(), HostError> {
        let root = Folder::clone(&self.root);
        match threaded(move || Ok(fs::metadata(root)?.is_dir())).await {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => refused("the folder of the panels' files cannot be seen from here"),
        }
    }

    /// Copies a template's files to a panel that has none.
    pub(super) async fn copy(&self, template: &str, to: &Name) -> Result<(), HostError> {
        self.look().await?;
        let (root, from, to) = (Folder::clone(&self.root), self.of(template), self.of(to.as_str()));
        let copied = threaded_while_awaited(move |stop| {
            let owner = Owner::of(&root)?;
            match fs::symlink_metadata(&from) {
                Ok(folder) if folder.is_dir() => copy(&from, &to, owner, stop),
                Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
                Ok(_) | Err(_) => Ok(()),
            }
        });
        copied.await.map_err(|error| told("copying the template's files", &error))
    }

    /// Whether there is a folder for a panel's files.
    pub(super) async fn has(&self, name: &Name) -> Result<bool, HostError> {
        self.look().await?;
        let folder = self.of(name.as_str());
        let has = threaded(move || match fs::metadata(folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            found => Ok(found?.is_dir()),
        });
        has.await.map_err(|error| told("looking for the panel's files", &error))
    }

    /// Removes a panel's files; `Ok` also if there are none.
    pub(super) async fn remove(&self, name: &Name) -> Result<(), HostError> {
        // A folder that cannot be seen has not been emptied.
        self.look().await?;
        let folder = self.of(name.as_str());
        threaded(move || absent_is_fine(fs::remove_dir_all(folder)))
            .await
            .map_err(|error| told("removing the panel's files", &error))
    }

    /// Moves a panel's files along with its name; what has come to be under the new name meanwhile stays.
    pub(super) async fn rename(&self, from: &Name, to: &Name) -> Result<(), HostError> {
        self.look().await?;
        let (from, to) = (self.of(from.as_str()), self.of(to.as_str()));
        threaded(move || absent_is_fine(merge(&from, &to)))
            .await
            .map_err(|error| told("moving the panel's files", &error))
    }

    /// The bytes of a panel's files; `None` if they cannot all be counted by then.
    pub(super) async fn bytes(&self, name: &Name, until: Instant) -> Option<u64> {
        self.look().await.ok()?;
        let folder = self.of(name.as_str());
        threaded(move || count(&folder, until)).await.ok().flatten()
    }
}

/// Whose a file becomes.
#[derive(Clone, Copy)]
pub(super) struct Owner {
    uid: u32,
    gid: u32,
}

impl Owner {
    pub(super) fn of(folder: &Path) -> io::Result<Self> {
        let folder = fs::metadata(folder)?;
        Ok(Self { uid: folder.uid(), gid: folder.gid() })
    }

    /// Gives a path to the owner; an `Err` if Odoo could not work with it.
    pub(super) fn give(self, path: &Path) -> io::Result<()> {
        let now = fs::symlink_metadata(path)?;
        if (now.uid(), now.gid()) == (self.uid, self.gid) {
            Ok(())
        } else {
            chown(path, Some(self.uid), Some(self.gid))
        }
    }
}

/// Runs blocking work beside the others.
pub(super) async fn threaded<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(io::Error::other("interrupted")))
}

/// Says whether anybody still waits for what a thread is at.
#[derive(Clone, Default)]
pub(super) struct Stop(Arc<AtomicBool>);

impl Stop {
    /// An `Err` once nobody does: another worker may be at the same files by now.
    pub(super) fn check(&self) -> io::Result<()> {
        if self.0.load(Ordering::Relaxed) {
            // Of a kind that nobody who copies takes for "once more".
            return Err(io::Error::new(ErrorKind::TimedOut, "nobody waits for it any longer"));
        }
        Ok(())
    }

    /// Reads as long as anybody waits.
    pub(super) const fn over<R: Read>(&self, from: R) -> Awaited<'_, R> {
        Awaited { from, stop: self }
    }
}

/// What is read only as long as anybody waits for it.
pub(super) struct Awaited<'a, R> {
    from: R,
    stop: &'a Stop,
}

impl<R: Read> Read for Awaited<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.stop.check()?;
        self.from.read(into)
    }
}

/// Stops a thread when whoever waits for it has gone.
struct Waiting(Stop);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

/// As [`threaded`], for work that is long and writes: it ends soon after whoever waits for it has gone.
pub(super) async fn threaded_while_awaited<T: Send + 'static>(
    work: impl FnOnce(&Stop) -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let waiting = Waiting(Stop::default());
    let stop = waiting.0.clone();
    threaded(move || work(&stop)).await
}

/// What a failure among the files means. Nothing is left half: whoever asked takes away what was begun.
pub(super) fn told(what: &str, error: &io::Error) -> HostError {
    match error.kind() {
        ErrorKind::Interrupted | ErrorKind::TimedOut => Unknown::new(format!("{what}: interrupted")).into(),
        // Somebody who was let go may be writing there for a moment yet.
        kind @ (ErrorKind::AlreadyExists | ErrorKind::DirectoryNotEmpty) => {
            Unknown::new(format!("{what}: {kind}")).into()
        }
        kind => HostError::Refused(format!("{what}: {kind}")),
    }
}

fn absent_is_fine(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// What is in a folder, files and folders alone: nothing else belongs there, and a link may lead anywhere.
fn entries(folder: &Path) -> io::Result<Vec<(DirEntry, Metadata)>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = match entry.metadata() {
            Ok(metadata) => metadata,
            // The vacuum of Odoo was faster.
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        if metadata.is_dir() || metadata.is_file() {
            all.push((entry, metadata));
        }
    }
    all.sort_by_key(|(entry, _)| entry.file_name());
    Ok(all)
}

fn copy(from: &Path, to: &Path, owner: Owner, stop: &Stop) -> io::Result<()> {
    stop.check()?;
    fs::create_dir(to)?;
    fs::set_permissions(to, fs::metadata(from)?.permissions())?;
    owner.give(to)?;
    for (entry, metadata) in entries(from)? {
        let target = to.join(entry.file_name());
        if metadata.is_dir() {
            copy(&entry.path(), &target, owner, stop)?;
        } else {
            stop.check()?;
            fs::copy(entry.path(), &target)?;
            owner.give(&target)?;
        }
    }
    Ok(())
}

fn merge(from: &Path, to: &Path) -> io::Result<()> {
    if fs::symlink_metadata(to).is_err() {
        return fs::rename(from, to);
    }
    for (entry, metadata) in entries(from)? {
        let target = to.join(entry.file_name());
        if metadata.is_dir() {
            merge(&entry.path(), &target)?;
        } else if fs::symlink_metadata(&target).is_err() {
            fs::rename(entry.path(), &target)?;
        }
    }
    fs::remove_dir_all(from)
}

/// Adds up the files; `None` if time runs out.
fn count(folder: &Path, until: Instant) -> io::Result<Option<u64>> {
    if Instant::now() >= until {
        return Ok(None);
    }
    let found = match entries(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Some(0)),
        found => found?,
    };
    let mut sum = 0_u64;
    for (entry, metadata) in found {
        let bytes = if metadata.is_dir() { count(&entry.path(), until)? } else { Some(metadata.len()) };
        let Some(bytes) = bytes else { return Ok(None) };
        sum = sum.saturating_add(bytes);
    }
    Ok(Some(sum))
}

/// All files below a folder, each with its path from there, in one order.
pub(super) fn walk(
    folder: &Path,
    below: &Path,
    each: &mut dyn FnMut(&Path, &Path) -> io::Result<()>,
) -> io::Result<()> {
    let found = match entries(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        found => found?,
    };
    for (entry, metadata) in found {
        let below = below.join(entry.file_name());
        if metadata.is_dir() { walk(&entry.path(), &below, each)? } else { each(&entry.path(), &below)? }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a worker that was let go writes on into what the next one builds, and that one takes it for a no.
    #[tokio::test]
    async fn a_thread_ends_once_nobody_waits_for_it() {
        let (began, beginning) = std::sync::mpsc::channel();
        let (ended, end) = std::sync::mpsc::channel();
        let work = threaded_while_awaited(move |stop| {
            began.send(()).unwrap();
            let error = io::copy(&mut stop.over(io::repeat(0)), &mut io::sink()).unwrap_err();
            ended.send(error.kind()).unwrap();
            Err::<(), _>(error)
        });
        let worker = tokio::spawn(work);
        tokio::task::spawn_blocking(move || beginning.recv().unwrap()).await.unwrap();
        worker.abort();
        let kind = tokio::task::spawn_blocking(move || end.recv().unwrap()).await.unwrap();
        assert!(matches!(told("copying", &kind.into()), HostError::Unknown(_)), "{kind}");
    }

    // Harm prevented: what a worker that was let go has left for a moment ends a customer's set-up as failed.
    #[test]
    fn what_is_in_the_way_for_a_moment_is_no_refusal() {
        for kind in [ErrorKind::AlreadyExists, ErrorKind::DirectoryNotEmpty] {
            assert!(matches!(told("copying", &kind.into()), HostError::Unknown(_)), "{kind}");
        }
        assert!(matches!(told("copying", &ErrorKind::PermissionDenied.into()), HostError::Refused(_)));
    }
}
