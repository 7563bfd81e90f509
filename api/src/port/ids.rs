//! Fresh names and unguessable secrets, as an argument.

use uuid::Uuid;

/// Gives out identifiers and secrets.
pub trait Ids: Send + Sync {
    /// A version 7 UUID, never given before.
    fn uuid(&self) -> Uuid;
    /// 32 unguessable bytes.
    fn secret(&self) -> [u8; 32];
}
