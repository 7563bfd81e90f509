//! What every shelf must do with copies of panels, wherever it keeps them.

use std::path::{Path, PathBuf};

use hourglass::port::shelf::{FetchError, Kept, Shelf};
use shared::ids::BackupId;
use uuid::Uuid;

/// The SHA-256 of `abc`, as FIPS 180-2 states it.
const OF_ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
/// More than two parts, in stores that take parts.
const LARGE: usize = (33 << 20) + 7;

/// A shelf of its own for one test.
pub(crate) trait World: Sized {
    type Shelf: Shelf;

    /// A fresh one, with nothing on it.
    async fn new() -> Self;
    /// The adapter.
    fn shelf(&self) -> &Self::Shelf;
    /// An adapter for a shelf that is not there.
    fn absent(&self) -> Self::Shelf;
    /// A folder of the test's own.
    fn folder(&self) -> &Path;
    /// Puts something else in the place of what is kept.
    async fn spoil(&self, id: BackupId, with: &[u8]);
    /// Leaves behind what a process leaves that dies while it puts something there.
    async fn dies_half_way(&self, id: BackupId);
    /// Everything that takes room on the shelf, finished or not, in the order of names.
    async fn lies_there(&self) -> Vec<String>;
}

fn id(number: u128) -> BackupId {
    BackupId::new(Uuid::from_u128(number))
}

/// Puts these bytes on the shelf, as a job does.
async fn put<W: World>(world: &W, id: BackupId, bytes: &[u8]) -> Kept {
    let file = world.shelf().clear(id).await.unwrap();
    std::fs::write(&file, bytes).unwrap();
    let kept = world.shelf().put(id, &file).await.unwrap();
    assert_eq!(kept.bytes, i64::try_from(bytes.len()).unwrap());
    world.shelf().clear(id).await.unwrap();
    kept
}

/// Fetches it to a place of the test's own.
async fn fetch<W: World>(world: &W, id: BackupId, kept: &Kept) -> Result<Vec<u8>, FetchError> {
    let into: PathBuf = world.folder().join("fetched");
    let _ = std::fs::remove_file(&into);
    world.shelf().fetch(id, kept, &into).await.map(|()| std::fs::read(&into).unwrap())
}

fn is_spoilt(fetched: &Result<Vec<u8>, FetchError>) -> bool {
    matches!(fetched, Err(FetchError::Spoilt(_)))
}

// Harm prevented: a copy is kept, and on the day on which it is needed it is something else.
pub(crate) async fn what_is_put_is_fetched_as_it_was<W: World>() {
    let world = W::new().await;
    let kept = put(&world, id(1), b"abc").await;
    assert_eq!(kept, Kept { bytes: 3, sha256: OF_ABC.to_owned() });
    assert_eq!(fetch(&world, id(1), &kept).await.unwrap(), b"abc");
    assert_eq!(world.lies_there().await, [id(1).to_string()]);
}

// Harm prevented: what somebody wrote over a copy, or what broke off, is restored in a panel's place.
pub(crate) async fn a_copy_that_was_changed_is_refused<W: World>() {
    let world = W::new().await;
    let kept = put(&world, id(1), b"the books of a business").await;
    for other in [&b"the books of a busines5"[..], b"the books", b"", b"the books of a business\n"] {
        world.spoil(id(1), other).await;
        assert!(is_spoilt(&fetch(&world, id(1), &kept).await), "{other:?}");
    }
    world.spoil(id(1), b"the books of a business").await;
    assert!(fetch(&world, id(1), &kept).await.is_ok(), "it is the very same again");
}

// Harm prevented: a copy that is gone is waited for, for ever; or a shelf that is away has lost all copies.
pub(crate) async fn a_copy_that_is_gone_is_told_from_a_shelf_that_is_away<W: World>() {
    let world = W::new().await;
    let kept = put(&world, id(1), b"abc").await;
    assert_eq!(fetch(&world, id(2), &kept).await, Err(FetchError::Gone));
    let away = world.absent();
    let into = world.folder().join("fetched");
    let _ = std::fs::remove_file(&into);
    let told = away.fetch(id(1), &kept, &into).await;
    assert!(matches!(told, Err(FetchError::Unknown(_))), "{told:?}");
    assert!(away.delete(id(1)).await.is_err(), "nobody has confirmed that it is gone");
    assert_eq!(fetch(&world, id(1), &kept).await.unwrap(), b"abc");
}

// Harm prevented: a job that is tried again fails for ever, or leaves two copies of which nobody knows which one counts.
pub(crate) async fn putting_again_replaces<W: World>() {
    let world = W::new().await;
    let first = put(&world, id(1), b"abc").await;
    assert_eq!(put(&world, id(1), b"abc").await, first);
    let second = put(&world, id(1), b"another try").await;
    assert_eq!(fetch(&world, id(1), &second).await.unwrap(), b"another try");
    assert!(is_spoilt(&fetch(&world, id(1), &first).await));
    assert_eq!(world.lies_there().await, [id(1).to_string()]);
}

// Harm prevented: a copy that is not to be kept stays for ever, or takes its neighbour with it.
pub(crate) async fn a_copy_is_deleted_alone_and_twice_if_need_be<W: World>() {
    let world = W::new().await;
    put(&world, id(1), b"abc").await;
    let other = put(&world, id(2), b"abc").await;
    for _ in 0..2 {
        world.shelf().delete(id(1)).await.unwrap();
        assert_eq!(world.lies_there().await, [id(2).to_string()]);
    }
    world.shelf().delete(id(3)).await.unwrap();
    assert_eq!(fetch(&world, id(2), &other).await.unwrap(), b"abc");
}

// Harm prevented: a copy of several parts has them in another order, or one of them twice.
pub(crate) async fn a_large_copy_comes_whole<W: World>() {
    let world = W::new().await;
    // No two parts alike.
    let bytes: Vec<u8> = (0..LARGE).map(|at| u8::try_from((at ^ (at >> 8) ^ (at >> 16)) & 0xff).unwrap()).collect();
    let kept = put(&world, id(1), &bytes).await;
    assert!(fetch(&world, id(1), &kept).await.unwrap() == bytes, "it came otherwise");
    assert_eq!(world.lies_there().await, [id(1).to_string()]);
}

// Harm prevented: every process that dies while it puts a copy there leaves a part of it, which is paid for and never seen.
pub(crate) async fn nothing_half_stays<W: World>() {
    let world = W::new().await;
    world.dies_half_way(id(1)).await;
    assert!(!world.lies_there().await.is_empty(), "it left something");
    let half = fetch(&world, id(1), &Kept { bytes: 3, sha256: OF_ABC.to_owned() }).await;
    assert!(matches!(half, Err(FetchError::Gone)), "half is nothing: {half:?}");
    let kept = put(&world, id(1), b"abc").await;
    assert_eq!(fetch(&world, id(1), &kept).await.unwrap(), b"abc");
    assert_eq!(world.lies_there().await, [id(1).to_string()], "the next try has cleared up");
    // The job was given up: what is not to be kept is deleted, half or not.
    world.dies_half_way(id(2)).await;
    world.shelf().delete(id(2)).await.unwrap();
    assert_eq!(world.lies_there().await, [id(1).to_string()], "and so has who deletes it");
}

// Harm prevented: what opens the shelf is read in the log by whoever may read logs.
pub(crate) async fn what_goes_wrong_tells_no_secret<W: World>() {
    let world = W::new().await;
    let (away, file) = (world.absent(), world.folder().join("abc"));
    std::fs::write(&file, b"abc").unwrap();
    let deleted = away.delete(id(1)).await.unwrap_err().to_string();
    let fetched =
        away.fetch(id(1), &Kept { bytes: 3, sha256: OF_ABC.to_owned() }, &file).await.unwrap_err().to_string();
    for said in [deleted, fetched] {
        let told = ["made-up-secret", "Signature", "X-Amz"].iter().any(|word| said.contains(word));
        assert!(!said.is_empty() && !told, "{said}");
    }
}
