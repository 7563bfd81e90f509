//! The account is told something: in the dashboard, and by letters to those of its people who want that.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::post::write::{Reader, write_for};
use crate::store::{TenantRecord, Tx};
use shared::api::history::NoticeKind;
use shared::api::notices::{NoticeChoices, NoticeTopic};
use shared::billing::state::Billing;
use shared::ids::EffectId;
use shared::time::Timestamp;
use shared::wording::letter::Letter;

/// Something that is told once, under one id.
#[derive(Debug, Clone, Copy)]
pub(in crate::flow) struct News {
    /// Its id.
    pub(in crate::flow) id: EffectId,
    /// What it is.
    pub(in crate::flow) kind: NoticeKind,
    /// The threshold that was reached, of a reminder.
    pub(in crate::flow) value: Option<u32>,
    /// When it happened, by the account's clock.
    pub(in crate::flow) at: Timestamp,
}

/// Keeps the notice, and writes the letters; they wait for the end of their reader's quiet hours.
pub(in crate::flow) async fn tell(app: &App, tx: &Tx, record: &TenantRecord, news: News) -> Result<(), FlowError> {
    let News { id, kind, value, at } = news;
    tx.insert_account_notice(id, record.account_id, record.state.id, (kind, value), at).await?;
    if app.post.is_none() {
        return Ok(());
    }
    let topic = NoticeTopic::of(kind);
    let now = app.wall.now();
    for (user, choices) in tx.readers(record.account_id).await? {
        let choices = choices.unwrap_or_else(|| NoticeChoices::standard(user.role));
        if !choices.mails(topic) {
            continue;
        }
        let letter = Letter::Notice {
            kind,
            value,
            tenant_id: record.state.id,
            panel_name: record.name.clone(),
            at,
            until: until(record, kind),
        };
        let due_at = choices.quiet.map_or(now, |quiet| quiet.over_at(record.zone, now));
        write_for(app, tx, &Reader::from(&user), letter, None, due_at).await?;
    }
    Ok(())
}

/// Until when the panel stays open at the latest, where its reader has to know that and nothing comes after.
fn until(record: &TenantRecord, kind: NoticeKind) -> Option<Timestamp> {
    let nears_its_end = NoticeTopic::of(kind) == NoticeTopic::RunningLow;
    match &record.state.billing {
        Billing::Running { cycle, .. } if nears_its_end && record.state.billing.queued().is_empty() => {
            Some(cycle.ends_at)
        }
        Billing::Grace { until, .. } if kind == NoticeKind::GraceBegan => Some(*until),
        Billing::None | Billing::Running { .. } | Billing::Grace { .. } | Billing::Expired { .. } => None,
    }
}
