//! The only loop. A turn is bounded, takes no input but the state, and says what it did.

use super::schedule::JOBS;
use crate::app::App;
use crate::flow::FlowError;
use futures_util::future::BoxFuture;
use std::time::Duration;
use tokio::sync::watch;

/// A row of the timetable.
pub(super) struct Job {
    /// For the log.
    pub(super) name: &'static str,
    /// 1 is every turn.
    pub(super) every_turns: u64,
    /// What it does.
    pub(super) run: for<'a> fn(&'a App) -> BoxFuture<'a, Result<Report, FlowError>>,
}

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
        match (job.run)(app).await {
            Ok(report) => total = total.and(report),
            Err(error) => {
                tracing::error!(job = job.name, %error, "a turn failed");
                total = total.and(Report { due: 0, failed: 1 });
            }
        }
    }
    total
}

/// Turns until told to stop; finishes the turn in hand. Rests for `rest` when nothing is due, unless woken.
pub async fn run(app: &App, rest: Duration, mut stop: watch::Receiver<bool>) {
    for number in 0_u64.. {
        if *stop.borrow() {
            return;
        }
        let report = turn(app, number).await;
        if report.due > report.failed {
            tracing::trace!(?report, "a turn did something");
            continue;
        }
        tokio::select! {
            () = tokio::time::sleep(rest) => {}
            () = app.live.work() => {}
            _ = stop.changed() => {}
        }
    }
}
