//! The operator takes usage of the running cycle back that was seen wrongly.

use super::owned::owned;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::claim::{claim, keep_answer};
use crate::flow::look::look;
use crate::flow::operator::operator;
use crate::flow::publish::publish;
use crate::flow::record_step::record_step;
use crate::store::{Actor, CorrectionRecord, TenantRecord, Tx};
use shared::api::problem::FieldError;
use shared::api::tenants::PanelStatus;
use shared::api::usage::{CorrectionView, NewCorrection};
use shared::billing::counter::recounts;
use shared::billing::event::Event;
use shared::billing::step::{Refusal, Step, What, step};
use shared::billing::usage::{Seen, Window, corrected};
use shared::ids::{CorrectionId, TenantId};
use shared::time::{Span, Timestamp};

/// The longest reason, in characters.
const REASON_MAX: usize = 500;
/// The status under which a correction is answered, now and when repeated.
const CREATED: u16 = 201;

/// Takes the seconds back in which the panel was not up after all: cycle, counters and proof follow, the windows stay as
/// they were recorded. With the same `key` the same answer is given again ([`FlowError::Replayed`]).
pub async fn correct(
    app: &App,
    caller: &Caller,
    id: TenantId,
    new: &NewCorrection,
    key: &str,
) -> Result<CorrectionView, FlowError> {
    let known = owned(app.store.tenant(id).await?, caller)?;
    operator(caller)?;
    let reason = check(new)?;
    let looked_at = known.time(app.clock.now());
    let seen = match known.state.panel.status() {
        PanelStatus::Active => Some(look(app, &known).await?),
        _ => None,
    };
    let tx = app.store.begin().await?;
    let mut record = owned(tx.tenant(id).await?, caller)?;
    // A correction that is refused leaves no trace, its key neither.
    let request = format!("correct {id} {}", serde_json::to_string(new).unwrap_or_default());
    claim(app, &tx, caller, key, &request).await?;
    // As whenever a hand is laid on a panel: its last minutes are accounted for by what was seen.
    if let Some(seen) = seen {
        let first = step(&record.state, &seen.observed(app.settings.reach_seconds), looked_at)?;
        record = record_step(app, &tx, record, first, &Actor::SYSTEM, looked_at).await?;
    }
    let now = record.time(app.clock.now());
    let correction = take_back(app, &tx, caller, record, new, reason, now).await?;
    keep_answer(&tx, caller, key, CREATED, &correction).await?;
    publish(app, tx).await?;
    Ok(correction)
}

/// The reason without space around it, if no field breaks a rule.
fn check(new: &NewCorrection) -> Result<&str, FlowError> {
    let reason = new.reason.trim();
    let rules = [
        (new.to > new.from, "/to", "order", "must be after from".to_owned()),
        (new.seen != Seen::Up, "/seen", "range", "must be down or unknown".to_owned()),
        (
            (1..=REASON_MAX).contains(&reason.chars().count()),
            "/reason",
            "length",
            format!("must be 1 to {REASON_MAX} characters"),
        ),
    ];
    let fault = |(_, pointer, code, detail): (bool, &str, &str, String)| FieldError {
        pointer: pointer.to_owned(),
        code: code.to_owned(),
        detail,
    };
    let faults: Vec<FieldError> = rules.into_iter().filter(|(kept, ..)| !kept).map(fault).collect();
    if faults.is_empty() { Ok(reason) } else { Err(FlowError::Invalid(faults)) }
}

async fn take_back(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    record: TenantRecord,
    new: &NewCorrection,
    reason: &str,
    now: Timestamp,
) -> Result<CorrectionView, FlowError> {
    let id = record.state.id;
    let cycle = record.state.billing.running().ok_or(Refusal::NotACorrection)?.clone();
    let span = Span::new(new.from, new.to);
    let accounted_until = record.state.accounted_until.unwrap_or(cycle.starts_at);
    let so_far = Span::new(cycle.starts_at, accounted_until);
    let recorded = tx.windows(id, so_far).await?;
    let clipped = recorded.iter().map(|window| window.within(so_far.from(), so_far.to()));
    let earlier = tx.corrections(id, cycle.number).await?;
    let before: Vec<Window> =
        earlier.iter().fold(clipped.collect(), |windows: Vec<Window>, it| corrected(&windows, it.span, it.seen));
    let after = corrected(&before, span, new.seen);
    let correction_id = CorrectionId::new(app.ids.uuid());
    let event = Event::Corrected { correction_id, span, seen: new.seen, windows: after.clone() };
    let next = step(&record.state, &event, now)?;
    let correction = CorrectionRecord {
        id: correction_id,
        tenant_id: id,
        cycle_number: cycle.number,
        span,
        seen: new.seen,
        seconds_taken_back: taken_back(&next),
        reason: reason.to_owned(),
        user_id: caller.user_id,
        at: now,
    };
    let counts = recounts(record.zone, &cycle, &before, &after);
    record_step(app, tx, record, next, &caller.actor(), now).await?;
    tx.insert_correction(&correction).await?;
    tx.count(id, &counts).await?;
    Ok(view(correction))
}

fn taken_back(step: &Step) -> i64 {
    let taken = step.moves.iter().find_map(|moved| match moved.what {
        What::UsageCorrected { from_seconds, to_seconds, .. } => Some(from_seconds - to_seconds),
        _ => None,
    });
    taken.unwrap_or(0)
}

pub(super) fn view(record: CorrectionRecord) -> CorrectionView {
    CorrectionView {
        correction_id: record.id,
        tenant_id: record.tenant_id,
        cycle_number: record.cycle_number,
        from: record.span.from(),
        to: record.span.to(),
        seen: record.seen,
        seconds_taken_back: record.seconds_taken_back,
        reason: record.reason,
        at: record.at,
    }
}
