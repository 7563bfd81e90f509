//! The file in which a panel is kept: a tar, of which every tool can list the parts.
//!
//! | entry | what it is |
//! |---|---|
//! | `manifest.json` | the format's name, the database's name and owner, the version of Odoo |
//! | `database.pgdump` | what `pg_dump --format=custom` wrote |
//! | `filestore/…` | the files, as they lie below the database's folder |
//! | `end.json` | how many files there were: a file without it broke off |

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use tar::{Archive, Builder, Entry, Header};

use super::filestore::{Owner, Stop, threaded, walk};
use crate::port::host::HostError;

const FORMAT: &str = "hourglass-panel-1";
const MANIFEST: &str = "manifest.json";
const DATABASE: &str = "database.pgdump";
const FILES: &str = "filestore";
const END: &str = "end.json";
/// More than either of our own texts ever is.
const TEXT_BYTES_MAX: u64 = 64 << 10;
const BUFFER_BYTES: usize = 256 << 10;

/// What a panel's file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    format: String,
    /// The database's name at that time.
    pub(super) database: String,
    /// The role that owned it.
    pub(super) owner: String,
    /// Its version of Odoo, if it told.
    pub(super) odoo: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct End {
    files: u64,
}

impl Manifest {
    pub(super) fn new(database: &str, owner: &str, odoo: Option<String>) -> Self {
        Self { format: FORMAT.to_owned(), database: database.to_owned(), owner: owner.to_owned(), odoo }
    }
}

fn header() -> Header {
    let mut header = Header::new_gnu();
    header.set_mode(0o640);
    header.set_mtime(0);
    header.set_uid(0);
    header.set_gid(0);
    header
}

fn spoilt(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// Writes a new file: the dump as it comes out of its program, then the files. Gives what was not there of the files that are
/// `wanted`, each named by its path below the folder. An `Err` leaves something behind.
pub(super) fn write(
    into: &Path,
    manifest: &Manifest,
    dump: impl Read,
    folder: &Path,
    mut wanted: BTreeSet<String>,
    stop: &Stop,
) -> io::Result<BTreeSet<String>> {
    let new = OpenOptions::new().write(true).create_new(true).mode(0o600).open(into)?;
    let mut tar = Builder::new(BufWriter::with_capacity(BUFFER_BYTES, new));
    text(&mut tar, MANIFEST, manifest)?;
    entry(&mut tar, Path::new(DATABASE), &mut stop.over(dump))?;
    let mut files = 0;
    walk(folder, Path::new(FILES), &mut |file, below| {
        let file = match File::open(file) {
            Ok(file) => file,
            // The vacuum of Odoo was faster; whether anything refers to it is seen by what is wanted.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        files += 1;
        entry(&mut tar, below, &mut stop.over(file))?;
        if let Some(name) = below.strip_prefix(FILES).ok().and_then(Path::to_str) {
            wanted.remove(name);
        }
        Ok(())
    })?;
    text(&mut tar, END, &End { files })?;
    let mut file = tar.into_inner()?;
    file.flush()?;
    file.get_ref().sync_all()?;
    Ok(wanted)
}

fn text<T: Serialize>(tar: &mut Builder<BufWriter<File>>, name: &str, value: &T) -> io::Result<()> {
    let text = serde_json::to_vec(value)?;
    entry(tar, Path::new(name), &mut text.as_slice())
}

/// One part, as long as it turns out to be.
fn entry(tar: &mut Builder<BufWriter<File>>, name: &Path, from: &mut impl Read) -> io::Result<()> {
    let mut header = header();
    let mut writer = tar.append_writer(&mut header, name)?;
    io::copy(from, &mut writer)?;
    writer.finish()
}

/// What a file says of itself; an `Err` if it is none of ours.
pub(super) async fn manifest(from: &Path) -> Result<Manifest, HostError> {
    let from = from.to_owned();
    let read = threaded(move || {
        let mut archive = Archive::new(BufReader::new(File::open(from)?));
        let first = archive.entries()?.next().ok_or_else(|| spoilt("empty"))??;
        read_text::<Manifest>(first, MANIFEST)
    });
    match read.await {
        Ok(manifest) if manifest.format == FORMAT => Ok(manifest),
        Ok(_) => Err(HostError::Refused("the panel's file is of a format that is not known here".into())),
        Err(_) => Err(HostError::Refused(
            "the file is not one that this server's databases are kept in, or it is spoilt".into(),
        )),
    }
}

fn read_text<T: serde::de::DeserializeOwned>(entry: Entry<'_, impl Read>, name: &str) -> io::Result<T> {
    if *entry.path()? != *Path::new(name) {
        return Err(spoilt("another part was expected"));
    }
    let mut text = Vec::new();
    entry.take(TEXT_BYTES_MAX).read_to_end(&mut text)?;
    Ok(serde_json::from_slice(&text)?)
}

/// Takes a file apart: the dump goes into `database`, which is closed after it, the files below `folder`, for `owner`.
/// An `Err` if anything is missing.
pub(super) fn read(from: &Path, database: File, folder: &Path, owner: Owner, stop: &Stop) -> io::Result<()> {
    let mut archive = Archive::new(BufReader::with_capacity(BUFFER_BYTES, File::open(from)?));
    let mut parts = archive.entries()?;
    let mut next = || parts.next().ok_or_else(|| spoilt("broke off"))?;
    read_text::<Manifest>(next()?, MANIFEST)?;
    let dump = next()?;
    if *dump.path()? != *Path::new(DATABASE) {
        return Err(spoilt("another part was expected"));
    }
    pour(dump, database, stop)?;
    let mut files = 0;
    loop {
        stop.check()?;
        let part = next()?;
        let below = part.path()?.strip_prefix(FILES).ok().map(Path::to_owned);
        let Some(below) = below else {
            let end: End = read_text(part, END)?;
            return if end.files == files { Ok(()) } else { Err(spoilt("a file is missing")) };
        };
        if !part.header().entry_type().is_file() {
            return Err(spoilt("something else than a file"));
        }
        let target = below_folder(folder, &below, owner)?;
        let file = File::create_new(&target)?;
        owner.give(&target)?;
        pour(part, file, stop)?;
        files += 1;
    }
}

fn pour(part: Entry<'_, impl Read>, mut into: File, stop: &Stop) -> io::Result<()> {
    let size = part.size();
    if io::copy(&mut stop.over(part), &mut into)? == size { Ok(()) } else { Err(spoilt("broke off")) }
}

/// Where a file belongs, with the folders that lead there. Nothing leads out of `folder`.
fn below_folder(folder: &Path, below: &Path, owner: Owner) -> io::Result<PathBuf> {
    if below.as_os_str().is_empty() || !below.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(spoilt("a path that leads elsewhere"));
    }
    let target = folder.join(below);
    let mut missing: Vec<&Path> = Vec::new();
    let mut at = target.parent();
    while let Some(folder) = at.filter(|folder| !folder.is_dir()) {
        missing.push(folder);
        at = folder.parent();
    }
    for folder in missing.into_iter().rev() {
        fs::create_dir(folder)?;
        owner.give(folder)?;
    }
    Ok(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(place: &Path) -> PathBuf {
        let files = place.join("files");
        fs::create_dir_all(files.join("ab")).unwrap();
        fs::write(files.join("ab/abcd"), b"one").unwrap();
        fs::write(files.join("ab/abce"), vec![7; 100_000]).unwrap();
        let into = place.join("panel.tar");
        let wanted = BTreeSet::from(["ab/abcd".to_owned(), "cd/cdef".to_owned()]);
        let missing =
            write(&into, &Manifest::new("acme", "odoo", None), &b"the dump"[..], &files, wanted, &Stop::default())
                .unwrap();
        assert_eq!(missing, BTreeSet::from(["cd/cdef".to_owned()]), "what is wanted and was not there");
        into
    }

    fn taken_apart(from: &Path, place: &Path) -> io::Result<()> {
        let folder = place.join("out");
        let _ = fs::remove_dir_all(&folder);
        let database = File::create(place.join("dump"))?;
        read(from, database, &folder, Owner::of(place)?, &Stop::default())
    }

    // Harm prevented: what was backed up comes back as something else.
    #[tokio::test]
    async fn a_file_is_taken_apart_as_it_was_put_together() {
        let place = tempfile::tempdir().unwrap();
        let into = written(place.path());
        assert_eq!(manifest(&into).await.unwrap(), Manifest::new("acme", "odoo", None));
        taken_apart(&into, place.path()).unwrap();
        assert_eq!(fs::read(place.path().join("dump")).unwrap(), b"the dump");
        assert_eq!(fs::read(place.path().join("out/ab/abcd")).unwrap(), b"one");
        assert_eq!(fs::read(place.path().join("out/ab/abce")).unwrap(), vec![7; 100_000]);
    }

    // Harm prevented: a copy without the files that could not be read is taken for the whole, and the panel is dropped after it.
    #[test]
    fn what_cannot_be_read_fails_the_copy() {
        let place = tempfile::tempdir().unwrap();
        let files = place.path().join("files");
        fs::create_dir_all(&files).unwrap();
        // A folder that is a file: whoever runs this, it cannot be listed.
        fs::write(place.path().join("none"), b"").unwrap();
        let into = |name: &str| place.path().join(name);
        let written = |into: &Path, folder: &Path| {
            write(into, &Manifest::new("acme", "odoo", None), &b""[..], folder, BTreeSet::new(), &Stop::default())
        };
        assert!(written(&into("a.tar"), &place.path().join("none")).is_err());
        assert!(written(&into("b.tar"), &files).is_ok());
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(into("b.tar")).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600, "a panel's books are nobody else's to read");
    }

    // Harm prevented: half a backup is restored as if it were the whole, wherever it broke off.
    #[tokio::test]
    async fn a_file_that_broke_off_anywhere_is_refused() {
        let place = tempfile::tempdir().unwrap();
        let whole = fs::read(written(place.path())).unwrap();
        // The last two blocks of a tar are empty, and say nothing.
        for length in (0..whole.len() - 1024).step_by(512) {
            let cut = place.path().join("cut.tar");
            fs::write(&cut, &whole[..length]).unwrap();
            assert!(taken_apart(&cut, place.path()).is_err(), "{length} of {} bytes were taken", whole.len());
        }
        fs::write(place.path().join("zip"), b"PK\x03\x04").unwrap();
        assert!(manifest(&place.path().join("zip")).await.is_err());
    }

    // Harm prevented: a backup that somebody has touched writes outside the panel's own folder.
    #[test]
    fn a_path_leads_nowhere_else() {
        let place = tempfile::tempdir().unwrap();
        let owner = Owner::of(place.path()).unwrap();
        for bad in ["../x", "/etc/x", "a/../../x", ""] {
            assert!(below_folder(place.path(), Path::new(bad), owner).is_err(), "{bad:?} was taken");
        }
    }
}
