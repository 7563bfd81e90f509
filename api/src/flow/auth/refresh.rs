//! Staying signed in: each refresh token is exchanged once for the next. One that comes twice was stolen, and ends the
//! sign-in for whoever holds it.

use super::begin_session::{SignedIn, next_link};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::audit::new_audit;
use crate::keys::{fingerprint, same};
use crate::store::{Actor, NewAudit};
use shared::api::history::ActorKind;

/// Two tabs of one browser may exchange the same token at the same moment, and an answer may be lost on a bad line: the page then
/// asks again with the token that it has, half a minute later, or a minute more if nobody looks at it. That is no theft.
const RACE_SECONDS: i64 = 120;

/// Exchanges a refresh token. `csrf_token` must be the one given with the sign-in.
pub async fn refresh(app: &App, refresh_token: &str, csrf_token: &str) -> Result<SignedIn, FlowError> {
    let now = app.wall.now();
    let hash = fingerprint(refresh_token);
    let tx = app.store.begin().await?;
    let link = tx.refresh_token(&hash).await?.ok_or(FlowError::SessionEnded)?;
    let session = tx.session(link.session_id).await?.ok_or(FlowError::SessionEnded)?;
    if session.ended || link.expires_at <= now {
        return Err(FlowError::SessionEnded);
    }
    if !same(&session.csrf_hash, &fingerprint(csrf_token)) {
        return Err(FlowError::CsrfMismatch);
    }
    if link.used_at.is_some_and(|used_at| now.seconds_since(used_at) > RACE_SECONDS) {
        tx.end_session(session.id, now, "refresh_token_reused").await?;
        let row = NewAudit {
            why: Some("refresh_token_reused".to_owned()),
            ..new_audit(
                app,
                Actor { kind: ActorKind::System, id: Some(session.user_id.to_string()) },
                "session_ended",
                now,
            )
        };
        tx.insert_audit(&row).await?;
        tx.commit().await?;
        return Err(FlowError::SessionEnded);
    }
    let user = tx.user(session.user_id).await?.ok_or(FlowError::SessionEnded)?;
    if link.used_at.is_none() {
        tx.use_refresh_token(&hash, now).await?;
    }
    tx.see_session(session.id, now).await?;
    let signed_in = next_link(app, &tx, &user, session.id, csrf_token.to_owned(), now).await?;
    tx.commit().await?;
    Ok(signed_in)
}
