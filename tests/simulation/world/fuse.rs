//! Crashes: a process dies after a statement that was chosen beforehand. Its open transaction leaves no trace, what it
//! had committed stays, and what it had in hand is gone.

use futures_util::FutureExt as _;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

/// What a crash unwinds with.
struct Crash;

/// Where a crash struck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Site {
    /// Outside any transaction, before one or between two.
    Outside,
    /// Inside one: it leaves no trace.
    Inside,
    /// Right after one: everything was written, and nobody was told.
    Committed,
}

/// Burns down by one with each statement of one process.
#[derive(Debug, Default)]
pub(crate) struct Fuse {
    left: AtomicI64,
    inside: AtomicBool,
    site: Mutex<Option<Site>>,
}

impl Fuse {
    /// The process dies after so many statements more; 0 is never.
    pub(crate) fn light(&self, statements: i64) {
        self.left.store(statements, Ordering::SeqCst);
    }

    /// A statement is done.
    pub(crate) fn burn(&self, statement: &str) {
        let site = match statement {
            "COMMIT" => Site::Committed,
            "BEGIN" => Site::Inside,
            _ if self.inside.load(Ordering::SeqCst) => Site::Inside,
            _ => Site::Outside,
        };
        self.inside.store(site == Site::Inside, Ordering::SeqCst);
        if self.left.load(Ordering::SeqCst) > 0 && self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.inside.store(false, Ordering::SeqCst);
            *self.site.lock().unwrap_or_else(PoisonError::into_inner) = Some(site);
            // Not `panic!`, which would print a message each time.
            resume_unwind(Box::new(Crash));
        }
    }

    /// Where the last crash struck.
    pub(crate) fn site(&self) -> Option<Site> {
        self.site.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// What a story comes to, or `None` if its process died. What is no crash goes on unwinding.
pub(crate) async fn survive<T>(story: impl Future<Output = T>) -> Option<T> {
    match AssertUnwindSafe(story).catch_unwind().await {
        Ok(value) => Some(value),
        Err(payload) if payload.is::<Crash>() => None,
        Err(payload) => resume_unwind(payload),
    }
}
