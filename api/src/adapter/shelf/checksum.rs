//! The size and the SHA-256 of a file, read piece by piece.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::port::Unknown;
use crate::port::shelf::Kept;

const PIECE_BYTES: usize = 1 << 20;

/// What the file is.
pub(super) async fn kept(path: &Path) -> Result<Kept, Unknown> {
    let path: PathBuf = path.to_owned();
    let read = tokio::task::spawn_blocking(move || read(&path)).await;
    match read {
        Ok(Ok(kept)) => Ok(kept),
        Ok(Err(error)) => Err(Unknown::new(format!("a copy could not be read: {error}"))),
        Err(_) => Err(Unknown::new("a copy could not be read")),
    }
}

fn read(path: &Path) -> std::io::Result<Kept> {
    let mut file = std::fs::File::open(path)?;
    let (mut digest, mut bytes, mut piece) = (Sha256::new(), 0_i64, vec![0; PIECE_BYTES]);
    loop {
        let length = file.read(&mut piece)?;
        if length == 0 {
            break;
        }
        digest.update(&piece[..length]);
        bytes = bytes.saturating_add(i64::try_from(length).unwrap_or(i64::MAX));
    }
    let sha256 = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Kept { bytes, sha256 })
}
