//! The only loops, but for those of `slots`. A job is bounded, takes no input but the state, and says what it did.

use super::schedule::JOBS;
use super::slots;
use crate::app::App;
use crate::flow::FlowError;
use futures_util::future::{BoxFuture, join_all};
use shared::api::jobs::JobKind;
use std::time::Duration;
use tokio::sync::watch;

/// A row of the timetable.
pub(super) struct Job {
    /// For the log.
    pub(super) name: &'static str,
    /// 1 is every turn.
    pub(super) every_turns: u64,
    /// What it does.
    pub(super) run: Run,
}

/// How a row of the timetable is worked off.
pub(super) enum Run {
    /// A batch at a time, one after the other.
    Turns(Turn),
    /// Work at hosts of these kinds, whenever a slot is free.
    Slots(&'static [JobKind]),
}

type Turn = for<'a> fn(&'a App) -> BoxFuture<'a, Result<Report, FlowError>>;

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// So many were due.
    pub due: usize,
    /// So many of them failed, and are tried again.
    pub failed: usize,
}

impl Report {
    pub(super) fn of(done: &[bool]) -> Self {
        Self { due: done.len(), failed: done.iter().filter(|ok| !**ok).count() }
    }

    const fn and(self, other: Self) -> Self {
        Self { due: self.due + other.due, failed: self.failed + other.failed }
    }
}

/// One turn: everything that is due now, up to a batch of each kind. A job that fails does not keep the others back.
pub async fn turn(app: &App, number: u64) -> Report {
    let mut total = Report::default();
    for job in JOBS.iter().filter(|job| number.is_multiple_of(job.every_turns)) {
        let done = match job.run {
            Run::Turns(run) => run(app).await,
            Run::Slots(kinds) => slots::turn(app, kinds).await,
        };
        match done {
            Ok(report) => total = total.and(report),
            Err(error) => {
                tracing::error!(job = job.name, %error, "a turn failed");
                total = total.and(Report { due: 0, failed: 1 });
            }
        }
    }
    total
}

/// Works until told to stop; finishes what is in hand. Each job has a loop of its own, so that a gateway that hangs keeps
/// no panel from being looked at. A loop rests for `rest` when nothing is due, unless woken.
pub async fn run(app: &App, rest: Duration, stop: watch::Receiver<bool>) {
    join_all(JOBS.iter().map(|job| run_row(app, job, rest, stop.clone()))).await;
}

async fn run_row(app: &App, job: &Job, rest: Duration, stop: watch::Receiver<bool>) {
    match job.run {
        Run::Turns(run) => run_job(app, job, run, rest, stop).await,
        Run::Slots(kinds) => slots::run(app, kinds, rest, stop).await,
    }
}

async fn run_job(app: &App, job: &Job, run: Turn, rest: Duration, mut stop: watch::Receiver<bool>) {
    let mut work = app.live.work();
    while !*stop.borrow() {
        work.mark_unchanged();
        let did_something = match run(app).await {
            Ok(report) => report.due > report.failed,
            Err(error) => {
                tracing::error!(job = job.name, %error, "a job failed");
                false
            }
        };
        if did_something && job.every_turns == 1 {
            continue;
        }
        let rest = rest.saturating_mul(u32::try_from(job.every_turns).unwrap_or(u32::MAX));
        tokio::select! {
            () = tokio::time::sleep(rest) => {}
            _ = work.changed(), if job.every_turns == 1 => {}
            _ = stop.changed() => {}
        }
    }
}
