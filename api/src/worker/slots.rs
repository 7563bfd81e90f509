//! Work at hosts, a few pieces at a time. Each takes from seconds to hours, so none waits for its neighbours: whenever a slot is free, the next
//! piece is taken.

use super::driver::Report;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::jobs::due_jobs::{Claim, due_jobs};
use crate::flow::jobs::{hold, pursue};
use futures_util::future::{Either, join_all, select};
use futures_util::{StreamExt as _, stream};
use shared::api::jobs::JobKind;
use std::pin::pin;
use std::time::Duration;
use tokio::sync::{Mutex, watch};

/// A host does few things at once well.
const AT_ONCE: usize = 4;
const BATCH: u64 = 4;
/// Well within a job's lease.
const HOLD_EVERY: Duration = Duration::from_secs(15);
/// Who could not say for so long that they are still at it stop, well before another worker may go on.
const HOLD_WITHIN: Duration = Duration::from_secs(40);

/// One turn: as many as there are slots, to their end.
pub(super) async fn turn(app: &App, kinds: &[JobKind]) -> Result<Report, FlowError> {
    let due = due_jobs(app, kinds, BATCH).await?;
    let work = stream::iter(due).map(|claim| work(app, claim));
    Ok(Report::of(&work.buffer_unordered(AT_ONCE).collect::<Vec<bool>>().await))
}

/// Who waits for the next piece of work: one slot at a time, so that an idle worker asks the store no oftener for having several.
struct Door {
    woken: watch::Receiver<u64>,
    stop: watch::Receiver<bool>,
}

/// Works until told to stop; finishes what is in hand. Nothing is taken before there is a slot for it.
pub(super) async fn run(app: &App, kinds: &'static [JobKind], rest: Duration, stop: watch::Receiver<bool>) {
    let door = Mutex::new(Door { woken: app.live.work(), stop });
    join_all((0..AT_ONCE).map(|_| slot(app, kinds, rest, &door))).await;
}

async fn slot(app: &App, kinds: &'static [JobKind], rest: Duration, door: &Mutex<Door>) {
    while let Some(claim) = next(app, kinds, rest, door).await {
        work(app, claim).await;
    }
}

/// Waits for the next one that is due; `None` once told to stop.
async fn next(app: &App, kinds: &'static [JobKind], rest: Duration, door: &Mutex<Door>) -> Option<Claim> {
    let mut door = door.lock().await;
    let Door { woken, stop } = &mut *door;
    while !*stop.borrow() {
        woken.mark_unchanged();
        match due_jobs(app, kinds, 1).await {
            Ok(due) => {
                if let Some(claim) = due.first() {
                    return Some(*claim);
                }
            }
            Err(error) => tracing::error!(%error, "it could not be seen which jobs are due"),
        }
        tokio::select! {
            () = tokio::time::sleep(rest) => {}
            _ = woken.changed() => {}
            _ = stop.changed() => {}
        }
    }
    None
}

/// Goes on with one. As long as that takes, this worker says that it is still at it, and stops if it cannot.
async fn work(app: &App, claim: Claim) -> bool {
    let result = match select(pin!(pursue::pursue(app, claim)), pin!(hold_on(app, claim))).await {
        Either::Left((result, _)) => result,
        Either::Right(((), _)) => {
            tracing::error!(job = %claim.id, "a job was let go: another worker may be at it");
            return false;
        }
    };
    result.inspect_err(|error| tracing::error!(job = %claim.id, %error, "a job could not be gone on with")).is_ok()
}

/// Ends once a job is not, or may soon not be, this worker's any more.
async fn hold_on(app: &App, claim: Claim) {
    while tokio::time::timeout(HOLD_WITHIN, held(app, claim)).await == Ok(true) {}
}

/// Whether it still is, as soon as that can be said.
async fn held(app: &App, claim: Claim) -> bool {
    loop {
        tokio::time::sleep(HOLD_EVERY).await;
        match hold::hold(app, claim).await {
            Ok(held) => return held,
            Err(error) => tracing::warn!(job = %claim.id, %error, "another worker may take this job over"),
        }
    }
}
