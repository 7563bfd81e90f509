//! An owner asks somebody to join the account. Asking again before they have sends another letter, whose link replaces the one before.

use super::house::{House, of_account, word};
use super::on_record::by;
use super::prove::prove_owner;
use super::tell_owners::{name_of, named, tell_owners};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::{Caller, fields};
use crate::flow::post::link::{LinkTo, new_link};
use crate::flow::post::write::{Reader, needs_post, write};
use crate::store::{InvitationRecord, NewAudit, Tx};
use shared::api::auth::Role;
use shared::api::people::{InvitationView, Invite};
use shared::ids::InvitationId;
use shared::time::{DAY, Timestamp};
use shared::wording::letter::Letter;

/// How long the link is good.
const GOOD_SECONDS: i64 = 7 * DAY;
/// So many are open, and so often does an account ask within a day, whatever becomes of it: it is no way to write to strangers, or
/// to learn who signs in here.
const AT_MOST: u64 = 50;
/// An address gets at most one letter in so long, whoever asks.
const PAUSE_SECONDS: u32 = 120;

/// Invites somebody who does not sign in here yet. Whoever invites an owner shows their password, also when they ask again.
pub async fn invite(app: &App, caller: &Caller, request: &Invite) -> Result<InvitationView, FlowError> {
    let now = app.wall.now();
    let (tx, house) = if request.role == Role::Owner {
        prove_owner(app, caller, request.password.as_deref(), now).await?
    } else {
        let tx = app.store.begin().await?;
        let house = House::of_owner(&tx, caller).await?;
        (tx, house)
    };
    needs_post(app)?;
    let role = of_account(request.role)?;
    let email = fields::email(&request.email).map_err(|error| FlowError::Invalid(vec![error]))?;
    if tx.invitation_tries_since(house.account_id, now.plus(-DAY)).await? >= AT_MOST {
        return Err(FlowError::TooManyInvitations);
    }
    tx.note_invitation_try(app.ids.uuid(), house.account_id, now).await?;
    if tx.is_email_taken(&email).await? {
        tx.commit().await?;
        return Err(FlowError::EmailTaken);
    }
    let new = InvitationRecord {
        id: InvitationId::new(app.ids.uuid()),
        account_id: house.account_id,
        email,
        role,
        invited_by: house.me.id,
        sent_at: now,
        expires_at: now.plus(GOOD_SECONDS),
        closed: false,
    };
    let (invitation, send) = kept(&tx, new, now).await?;
    if role == Role::Owner {
        let (account_name, by) = (name_of(&tx, house.account_id).await?, named(&house.me));
        let letter = Letter::OwnerInvited { account_name, person: invitation.email.clone(), by };
        tell_owners(app, &tx, &house.owners_but(house.me.id), &letter).await?;
    }
    if send {
        let link = new_link(app, &tx, LinkTo::Join(invitation.id), GOOD_SECONDS).await?;
        let letter = Letter::Invitation {
            account_name: name_of(&tx, house.account_id).await?,
            inviter: house.me.name.clone(),
            role,
        };
        let reader = Reader {
            user_id: None,
            account_id: Some(house.account_id),
            address: invitation.email.clone(),
            language: house.me.language,
        };
        write(app, &tx, &reader, letter, Some(link)).await?;
    }
    let row = NewAudit {
        to: Some(word(role).to_owned()),
        why: Some(invitation.id.to_string()),
        ..by(app, &tx, &house.me, "member_invited").await?
    };
    tx.insert_audit(&row).await?;
    tx.commit().await?;
    Ok(view(invitation))
}

/// The invitation as it now stands, and whether a letter is due: an open one of the same address is renewed.
async fn kept(tx: &Tx, new: InvitationRecord, now: Timestamp) -> Result<(InvitationRecord, bool), FlowError> {
    let send = tx.note_invitation_letter(&new.email, now, now.plus(-i64::from(PAUSE_SECONDS))).await?;
    let Some(open) = tx.open_invitation(new.account_id, &new.email).await? else {
        if !send {
            return Err(FlowError::JustAsked { retry_after_seconds: PAUSE_SECONDS });
        }
        if tx.count_open_invitations(new.account_id).await? >= AT_MOST {
            return Err(FlowError::TooManyInvitations);
        }
        tx.insert_invitation(&new).await?;
        return Ok((new, true));
    };
    let sent = if send { &new } else { &open };
    let (sent_at, expires_at) = (sent.sent_at, sent.expires_at);
    let renewed = InvitationRecord { id: open.id, sent_at, expires_at, ..new };
    tx.renew_invitation(&renewed).await?;
    Ok((renewed, send))
}

pub(super) fn view(invitation: InvitationRecord) -> InvitationView {
    InvitationView {
        invitation_id: invitation.id,
        email: invitation.email,
        role: invitation.role,
        sent_at: invitation.sent_at,
        expires_at: invitation.expires_at,
    }
}
