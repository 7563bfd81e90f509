//! Passwords: argon2id with the library's present defaults, off the async threads, a few at a time.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// A hash costs 19 MiB and a core; more at once would let strangers exhaust the machine.
const AT_ONCE: usize = 2;

/// Why a password could not be hashed or checked.
#[derive(Debug, thiserror::Error)]
#[error("password hashing failed: {0}")]
pub struct PasswordError(String);

/// Hashes and checks passwords.
pub struct Passwords {
    turns: Semaphore,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { turns: Semaphore::new(AT_ONCE) }
    }
}

impl Passwords {
    /// The hash to keep, in PHC form, with a salt of its own.
    pub async fn hash(&self, password: &str) -> Result<String, PasswordError> {
        let password = password.to_owned();
        self.run(move || {
            let hash: PasswordHash = Argon2::default().hash_password(password.as_bytes()).map_err(failed)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether the password fits the hash. With no hash it takes as long, and never fits: an answer must not tell by
    /// its delay whether an address is known.
    pub async fn fits(&self, password: &str, hash: Option<&str>) -> Result<bool, PasswordError> {
        let password = password.to_owned();
        let Some(hash) = hash.map(str::to_owned) else {
            self.hash(&password).await?;
            return Ok(false);
        };
        self.run(move || {
            let hash = PasswordHash::new(&hash).map_err(failed)?;
            Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let _turn = self.turns.acquire().await.map_err(failed)?;
        spawn_blocking(work).await.map_err(failed)?
    }
}

fn failed(error: impl std::fmt::Display) -> PasswordError {
    PasswordError(error.to_string())
}
