//! Who asks? Answered from the access token alone, so that a read costs no extra look at the store.

use super::Caller;
use crate::app::App;

/// The person behind an access token, if it is ours and still good.
pub fn authenticate(app: &App, access_token: &str) -> Option<Caller> {
    let claims = app.signer.read(access_token, app.wall.now())?;
    Some(Caller { user_id: claims.sub, role: claims.role, account_id: claims.acc, session_id: Some(claims.sid) })
}
