//! Somebody lost their phone and every recovery code: the operator takes the second factor away at the command line, never over the
//! network, once they know that it is they who ask.

use super::second_factor::in_force;
use crate::flow::FlowError;
use crate::flow::auth::fields;
use crate::port::clock::Clock;
use crate::port::ids::Ids;
use crate::store::{Actor, LetterRecord, NewAudit, Store, Tx, UserRecord};
use shared::api::history::ActorKind;
use shared::ids::{AuditId, LetterId, UserId};
use shared::time::Timestamp;
use shared::wording::letter::Letter;

/// Removes the second factor and the recovery codes of whoever signs in with this address. They are written to if `can_write`: if the
/// deployment has a mail server. Needs no gateway and no host, so it is told without an application.
pub async fn remove_lost_factor(
    store: &Store,
    ids: &dyn Ids,
    wall: &dyn Clock,
    email: &str,
    can_write: bool,
) -> Result<UserId, FlowError> {
    let email = fields::email(email).map_err(|error| FlowError::Invalid(vec![error]))?;
    let found = store.user_by_email(&email).await?.ok_or(FlowError::NotFound)?;
    let now = wall.now();
    let tx = store.begin().await?;
    let user = tx.locked_user(found.id).await?.ok_or(FlowError::NotFound)?;
    in_force(&tx, user.id).await?.ok_or(FlowError::NoSecondFactor)?;
    tx.set_second_factor(user.id, None).await?;
    tx.set_recovery_codes(user.id, &[]).await?;
    tx.insert_audit(&row(&tx, AuditId::new(ids.uuid()), &user, now).await?).await?;
    if can_write {
        tx.insert_letter(&letter(LetterId::new(ids.uuid()), &user, now), now).await?;
    }
    tx.commit().await?;
    Ok(user.id)
}

/// The operator did it, to this person, at this moment by their account's clock.
async fn row(tx: &Tx, id: AuditId, user: &UserRecord, now: Timestamp) -> Result<NewAudit, FlowError> {
    let account = tx.account_of(user).await?;
    let at = now.plus(account.map_or(0, |account| account.clock_ahead_seconds));
    Ok(NewAudit {
        id,
        tenant_id: None,
        account_id: user.account_id,
        at,
        noticed_at: at,
        actor: Actor { kind: ActorKind::Operator, id: None },
        what: "second_factor_off".to_owned(),
        from: None,
        to: None,
        why: Some(user.id.to_string()),
    })
}

fn letter(id: LetterId, user: &UserRecord, now: Timestamp) -> LetterRecord {
    LetterRecord {
        id,
        user_id: Some(user.id),
        account_id: user.account_id,
        to_address: user.email.clone(),
        language: user.language,
        letter: Letter::SecondFactorOff,
        link_id: None,
        at: now,
        attempts: 0,
    }
}
