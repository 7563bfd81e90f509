//! The safe: secrets of others that we must be able to use, so that they cannot be hashed. Kept encrypted under the deployment's
//! own secret (AES-256-GCM), each bound to the name of what it belongs to.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::token::derive;

/// What is in the safe cannot be read: another deployment's secret locked it, it belongs to something else, or it was changed.
#[derive(Debug, thiserror::Error)]
#[error("a kept secret cannot be opened with this deployment's secret")]
pub struct LockedError;

/// Locks and opens with the deployment's one secret.
pub struct Safe {
    key: [u8; 32],
}

impl Safe {
    /// From the deployment's secret.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        Self { key: derive(secret, b"safe") }
    }

    /// Locks `text`, which belongs to `owner`. `fresh` are random bytes that are used this once.
    pub fn lock(&self, owner: &str, text: &str, fresh: &[u8; 32]) -> Result<String, LockedError> {
        let mut nonce = [0; NONCE_LEN];
        nonce.copy_from_slice(&fresh[..NONCE_LEN]);
        let mut sealed = text.as_bytes().to_vec();
        self.cipher()?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(owner.as_bytes()), &mut sealed)
            .map_err(|_| LockedError)?;
        Ok(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Opens what was locked for `owner`.
    pub fn open(&self, owner: &str, locked: &str) -> Result<String, LockedError> {
        let bytes = URL_SAFE_NO_PAD.decode(locked).map_err(|_| LockedError)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_LEN>().ok_or(LockedError)?;
        let mut text = sealed.to_vec();
        let opened = self
            .cipher()?
            .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(owner.as_bytes()), &mut text)
            .map_err(|_| LockedError)?;
        String::from_utf8(opened.to_vec()).map_err(|_| LockedError)
    }

    fn cipher(&self) -> Result<LessSafeKey, LockedError> {
        UnboundKey::new(&AES_256_GCM, &self.key).map(LessSafeKey::new).map_err(|_| LockedError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: whoever copies the database has every server's passwords, or moves one server's to another.
    #[test]
    fn what_is_locked_opens_for_its_owner_alone_and_unchanged() {
        let safe = Safe::new(b"a deployment's secret");
        let locked = safe.lock("srv_1", "hunter2", &[7; 32]).unwrap();
        assert!(!locked.contains("hunter2"));
        assert_eq!(safe.open("srv_1", &locked).unwrap(), "hunter2");
        assert!(safe.open("srv_2", &locked).is_err());
        assert!(Safe::new(b"another's").open("srv_1", &locked).is_err());
        let mut changed = URL_SAFE_NO_PAD.decode(&locked).unwrap();
        changed[NONCE_LEN] ^= 1;
        assert!(safe.open("srv_1", &URL_SAFE_NO_PAD.encode(changed)).is_err());
        assert!(safe.open("srv_1", "").is_err());
    }
}
