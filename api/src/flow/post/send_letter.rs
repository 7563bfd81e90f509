//! Sends one letter: at least once to the outside, under the same name at every try.

use super::written_out::{html, text};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::alert::{by_itself, new_alert};
use crate::port::post::{Mail, PostError};
use crate::store::{AlertRecord, LetterRecord};
use shared::api::alerts::AlertKind;
use shared::billing::reminder::asks_in_vain;
use shared::time::{DAY, HOUR};
use shared::wording::letter::{Frame, Letter, Link, letter};

/// The longest wait between two tries.
const LONGEST_WAIT_SECONDS: i64 = HOUR;
/// A letter that is older than this tells nobody anything new.
const GIVEN_UP_AFTER: i64 = 3 * DAY;
/// After so many tries of one letter, about eight minutes, the operator is told.
const SILENT_AFTER: u32 = 8;
/// The mail server is one: of its silence there is one alert.
const THE_POST: &str = "post";

/// Hands a letter over, puts it off with a growing wait, or gives it up. One that has become pointless is not sent.
pub async fn send_letter(app: &App, record: &LetterRecord) -> Result<(), FlowError> {
    let Some(post) = &app.post else { return Ok(()) };
    let Some(mail) = written_out(app, record).await? else {
        let tx = app.store.begin().await?;
        tx.letter_given_up(record.id, "nobody needs it any more", app.wall.now()).await?;
        return Ok(tx.commit().await?);
    };
    match post.send(&mail).await {
        Ok(()) => sent(app, record).await,
        Err(PostError::Refused(why)) => give_up(app, record, &why).await,
        Err(PostError::Unknown(why)) if app.wall.now() >= record.at.plus(GIVEN_UP_AFTER) => {
            give_up(app, record, &why.to_string()).await
        }
        Err(PostError::Unknown(why)) => put_off(app, record, &why.to_string()).await,
    }
}

/// The letter in words; `None` if its link is good no longer, or its news are nobody's.
async fn written_out(app: &App, record: &LetterRecord) -> Result<Option<Mail>, FlowError> {
    let link = match record.link_id {
        None => None,
        Some(id) => match app.store.link(id).await?.filter(|link| link.is_good(app.wall.now())) {
            Some(link) => Some((app.signer.link_token(id), link.expires_at)),
            None => return Ok(None),
        },
    };
    if is_overtaken(app, record).await? {
        return Ok(None);
    }
    let zone = match record.account_id {
        None => None,
        Some(id) => app.store.account(id).await?.map(|account| account.zone),
    };
    let public_url = app.settings.public("");
    let frame = Frame {
        name: &app.settings.name,
        public_url: &public_url,
        support_email: app.settings.support_email.as_deref(),
        zone: zone.unwrap_or(app.settings.seller.zone),
        at: record.at,
        link: link.as_ref().map(|(token, expires_at)| Link { token, expires_at: *expires_at }),
    };
    let written = letter(record.language, &record.letter, &frame);
    Ok(Some(Mail {
        id: record.id,
        at: record.at,
        to: record.to_address.clone(),
        text: text(&written),
        html: html(&written, record.language),
        subject: written.subject,
        language: record.language.code(),
    }))
}

/// Whether a notice's reader has left the account that it is about, or its panel is not there, or what it asks for was done meanwhile.
async fn is_overtaken(app: &App, record: &LetterRecord) -> Result<bool, FlowError> {
    let Letter::Notice { kind, tenant_id, at, .. } = &record.letter else { return Ok(false) };
    if let Some(user_id) = record.user_id {
        let reader = app.store.user(user_id).await?;
        if reader.is_none_or(|user| user.account_id != record.account_id) {
            return Ok(true);
        }
    }
    let about = app.store.tenant(*tenant_id).await?;
    Ok(about.is_none_or(|tenant| asks_in_vain(*kind, *at, &tenant.state)))
}

async fn sent(app: &App, record: &LetterRecord) -> Result<(), FlowError> {
    let tx = app.store.begin().await?;
    tx.letter_sent(record.id, app.wall.now()).await?;
    tx.resolve_alert(AlertKind::PostSilent, THE_POST, &by_itself(app)).await?;
    Ok(tx.commit().await?)
}

/// Notes that it is to be sent still, when it is tried again, and after some tries that a person has to look at it.
async fn put_off(app: &App, record: &LetterRecord, why: &str) -> Result<(), FlowError> {
    let wait = (1_i64 << record.attempts.min(12)).min(LONGEST_WAIT_SECONDS);
    tracing::warn!(letter = %record.id, kind = record.letter.name(), why, wait, "a letter could not be sent yet");
    let tx = app.store.begin().await?;
    let open = tx.letter_failed(record.id, why, app.wall.now().plus(wait)).await?;
    if open && record.attempts >= SILENT_AFTER {
        let told = AlertRecord { there: Some(why.to_owned()), ..new_alert(app, AlertKind::PostSilent, THE_POST) };
        tx.insert_alert(&told).await?;
    }
    Ok(tx.commit().await?)
}

/// It will not be taken. Of one reader one alert is open at a time, however many letters they are sent.
async fn give_up(app: &App, record: &LetterRecord, why: &str) -> Result<(), FlowError> {
    let now = app.wall.now();
    let tx = app.store.begin().await?;
    if tx.letter_given_up(record.id, why, now).await? {
        let reader = record.user_id.map(|id| id.to_string());
        let subject = reader.or_else(|| record.account_id.map(|id| id.to_string()));
        let alert = AlertRecord {
            account_id: record.account_id,
            here: Some(record.letter.name().to_owned()),
            there: Some(why.to_owned()),
            ..new_alert(app, AlertKind::LetterGivenUp, &subject.unwrap_or_else(|| record.id.to_string()))
        };
        tx.insert_alert(&alert).await?;
        tracing::error!(letter = %record.id, kind = record.letter.name(), why, "a letter was given up");
    }
    Ok(tx.commit().await?)
}
