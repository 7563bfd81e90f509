//! The tokens of a sign-in: a new one, or the next link of its chain.

use crate::app::App;
use crate::flow::FlowError;
use crate::keys::token::Claims;
use crate::keys::{fingerprint, printable};
use crate::store::{AccountRecord, RefreshToken, SessionRecord, Tx, UserRecord};
use shared::api::auth::{Me, Session};
use shared::ids::SessionId;
use shared::time::{DAY, Timestamp};

/// How long an access token is believed without asking the store.
const ACCESS_SECONDS: u32 = 600;
/// How long a browser may stay away and still be signed in.
pub(in crate::flow) const REFRESH_SECONDS: i64 = 30 * DAY;

/// A sign-in as it leaves the server: the body, and what goes into cookies.
pub struct SignedIn {
    /// The body.
    pub session: Session,
    /// For the HttpOnly cookie.
    pub refresh_token: String,
    /// How long both cookies last.
    pub cookie_seconds: i64,
}

/// So many characters of what a browser calls itself are kept.
const BROWSER_MAX: usize = 200;

/// Begins a sign-in for a person at `browser`, in the caller's transaction.
pub(in crate::flow) async fn begin_session(
    app: &App,
    tx: &Tx,
    user: &UserRecord,
    browser: &str,
    now: Timestamp,
) -> Result<SignedIn, FlowError> {
    let csrf_token = printable(&app.ids.secret());
    let record = SessionRecord {
        id: SessionId::new(app.ids.uuid()),
        user_id: user.id,
        csrf_hash: fingerprint(&csrf_token),
        ended: false,
        since: now,
        last_seen_at: now,
        browser: browser.chars().filter(|c| !c.is_control()).take(BROWSER_MAX).collect(),
    };
    tx.insert_session(&record).await?;
    next_link(app, tx, user, record.id, csrf_token, now).await
}

/// Adds a link to a sign-in's chain, in the caller's transaction.
pub(super) async fn next_link(
    app: &App,
    tx: &Tx,
    user: &UserRecord,
    session_id: SessionId,
    csrf_token: String,
    now: Timestamp,
) -> Result<SignedIn, FlowError> {
    let refresh_token = printable(&app.ids.secret());
    let link = RefreshToken {
        hash: fingerprint(&refresh_token),
        session_id,
        expires_at: now.plus(REFRESH_SECONDS),
        used_at: None,
    };
    tx.insert_refresh_token(&link).await?;
    let claims = Claims {
        sub: user.id,
        sid: session_id,
        role: user.role,
        acc: user.account_id,
        iat: now.unix(),
        exp: now.plus(ACCESS_SECONDS.into()).unix(),
    };
    let access_token = app.signer.sign(&claims)?;
    let account = tx.account_of(user).await?;
    let me = me(user, account.as_ref());
    let session = Session { access_token, expires_in_seconds: ACCESS_SECONDS, csrf_token, me };
    Ok(SignedIn { session, refresh_token, cookie_seconds: REFRESH_SECONDS })
}

/// A person, as they may see themselves; with their account, if they have one.
pub(super) fn me(user: &UserRecord, account: Option<&AccountRecord>) -> Me {
    Me {
        user_id: user.id,
        email: user.email.clone(),
        role: user.role,
        account_id: user.account_id,
        name: user.name.clone(),
        language: user.language,
        since: user.created_at,
        zone: account.map(|account| account.zone).unwrap_or_default().name().to_owned(),
    }
}
