//! Access tokens (JWT, HS256) and the seals on addresses that work without signing in.
//!
//! Expiry is checked against the injected clock, never the machine's.

use hmac::{Hmac, KeyInit as _, Mac as _};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use shared::api::auth::Role;
use shared::ids::{AccountId, LinkId, PaymentId, SessionId, UserId};
use shared::time::Timestamp;

/// What an access token says. It is believed for as long as it lasts, so it is short-lived.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    /// Who.
    pub sub: UserId,
    /// In which sign-in.
    pub sid: SessionId,
    /// What they may do.
    pub role: Role,
    /// For which account; `None` for an operator.
    pub acc: Option<AccountId>,
    /// When it was given, in seconds since 1970.
    pub iat: i64,
    /// The first second in which it is no longer good.
    pub exp: i64,
}

/// Why nothing could be signed.
#[derive(Debug, thiserror::Error)]
#[error("signing failed: {0}")]
pub struct SignError(#[from] jsonwebtoken::errors::Error);

/// Signs with the deployment's one secret.
pub struct Signer {
    encoding: EncodingKey,
    decoding: DecodingKey,
    seal_key: [u8; 32],
    link_key: [u8; 32],
}

impl Signer {
    /// From the deployment's secret. Each use gets a key of its own, derived from it.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        let access = derive(secret, b"access-token");
        Self {
            encoding: EncodingKey::from_secret(&access),
            decoding: DecodingKey::from_secret(&access),
            seal_key: derive(secret, b"payment-seal"),
            link_key: derive(secret, b"letter-link"),
        }
    }

    /// An access token.
    pub fn sign(&self, claims: &Claims) -> Result<String, SignError> {
        Ok(encode(&Header::new(Algorithm::HS256), claims, &self.encoding)?)
    }

    /// What a token says, if we signed it and it is still good at `now`.
    #[must_use]
    pub fn read(&self, token: &str, now: Timestamp) -> Option<Claims> {
        let mut rules = Validation::new(Algorithm::HS256);
        rules.validate_exp = false;
        let claims = decode::<Claims>(token, &self.decoding, &rules).ok()?.claims;
        (now.unix() < claims.exp).then_some(claims)
    }

    /// The seal that lets whoever holds it look at one payment.
    #[must_use]
    pub fn seal(&self, payment_id: PaymentId) -> String {
        super::printable(&derive(&self.seal_key, payment_id.to_string().as_bytes()))
    }

    /// Whether the seal is this payment's.
    #[must_use]
    pub fn is_sealed(&self, payment_id: PaymentId, seal: &str) -> bool {
        super::same(&self.seal(payment_id), seal)
    }

    /// What the address of a letter's link carries: the link's id, and proof that we made it.
    #[must_use]
    pub fn link_token(&self, id: LinkId) -> String {
        let proof = super::printable(&derive(&self.link_key, id.to_string().as_bytes()));
        format!("{id}.{proof}")
    }

    /// Which link a token stands for, if we made it. Whether the link is still good is for the store to say.
    #[must_use]
    pub fn read_link(&self, token: &str) -> Option<LinkId> {
        let id: LinkId = token.split_once('.')?.0.parse().ok()?;
        super::same(&self.link_token(id), token).then_some(id)
    }
}

/// HMAC-SHA256 of `purpose` under `key`.
pub(super) fn derive(key: &[u8], purpose: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length, so this cannot fail; a zero key would be refused by every check that follows.
    Hmac::<Sha256>::new_from_slice(key).map_or([0; 32], |mut mac| {
        mac.update(purpose);
        mac.finalize().into_bytes().into()
    })
}
