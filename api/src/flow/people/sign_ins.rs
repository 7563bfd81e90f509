//! Where a person is signed in.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::auth::begin_session::REFRESH_SECONDS;
use shared::api::people::{SignInList, SignInView};

/// Nobody looks through more of them.
const AT_MOST: u64 = 100;

/// The caller's sign-ins that go on, the last renewed first.
pub async fn sign_ins(app: &App, caller: &Caller) -> Result<SignInList, FlowError> {
    let lapsed = app.wall.now().plus(-REFRESH_SECONDS);
    let sessions = app.store.sign_ins(caller.user_id, lapsed, AT_MOST).await?;
    let items = sessions.into_iter().map(|session| SignInView {
        session_id: session.id,
        since: session.since,
        last_seen_at: session.last_seen_at,
        browser: session.browser,
        this: caller.session_id == Some(session.id),
    });
    Ok(SignInList { items: items.collect() })
}
