//! Secrets that live in files, so that they stand in no process list and in no shell history.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// A deployment's secret is at least so long.
const SECRET_MIN_BYTES: usize = 32;

/// Why a secret could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The file cannot be read or written.
    #[error("{path}: {source}", path = .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Too short to be a secret.
    #[error("{path}: must hold at least {SECRET_MIN_BYTES} bytes", path = .0.display())]
    Short(PathBuf),
    /// Everybody on the machine can read it.
    #[error("{path}: can be read by others; run chmod 600 on it", path = .0.display())]
    Open(PathBuf),
}

/// The deployment's secret from its file; a missing file is made from `fresh`, readable by its owner alone.
pub fn deployment_secret(path: &Path, fresh: &[u8; 32]) -> Result<Vec<u8>, SecretError> {
    let failed = |source| SecretError::File { path: path.to_owned(), source };
    match create_private(path) {
        Ok(mut file) => {
            let text = crate::keys::printable(fresh);
            file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
            Ok(text.into_bytes())
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            refuse_open(path)?;
            let secret = std::fs::read(path).map_err(failed)?;
            let secret = secret.trim_ascii().to_vec();
            if secret.len() < SECRET_MIN_BYTES { Err(SecretError::Short(path.to_owned())) } else { Ok(secret) }
        }
        Err(error) => Err(failed(error)),
    }
}

/// A password from a file of one line.
pub fn password(path: &Path) -> Result<String, SecretError> {
    refuse_open(path)?;
    let text = std::fs::read_to_string(path).map_err(|source| SecretError::File { path: path.to_owned(), source })?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(unix)]
fn create_private(path: &Path) -> std::io::Result<std::fs::File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn create_private(path: &Path) -> std::io::Result<std::fs::File> {
    std::fs::OpenOptions::new().write(true).create_new(true).open(path)
}

#[cfg(unix)]
fn refuse_open(path: &Path) -> Result<(), SecretError> {
    use std::os::unix::fs::PermissionsExt as _;
    let failed = |source| SecretError::File { path: path.to_owned(), source };
    let mode = std::fs::metadata(path).map_err(failed)?.permissions().mode();
    if mode & 0o007 == 0 { Ok(()) } else { Err(SecretError::Open(path.to_owned())) }
}

#[cfg(not(unix))]
fn refuse_open(_: &Path) -> Result<(), SecretError> {
    Ok(())
}
