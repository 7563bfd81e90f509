//! What goes wrong on purpose, set in-process or over the control routes. Knows no wire and no database.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// One thing that goes wrong from now on, until it has happened so often as it says, or until all faults are ended.
///
/// A `call` is a path (`/web/database/create`), a method of a service (`db.drop`), or of a model (`res.users.write`, over RPC
/// and JSON-2 alike); `*` at its end stands for any rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// The connection is cut before anything was done.
    HangUp {
        /// Which call.
        call: String,
        /// How often; always if left out.
        #[serde(default)]
        times: Option<u32>,
    },
    /// Everything is done, and the connection is cut instead of an answer.
    AnswerLost {
        /// Which call.
        call: String,
        /// How often; always if left out.
        #[serde(default)]
        times: Option<u32>,
    },
    /// Nothing is done for a while; then everything.
    Slow {
        /// Which call.
        call: String,
        /// How long.
        millis: u64,
        /// How often; always if left out.
        #[serde(default)]
        times: Option<u32>,
    },
    /// A panel answers 500.
    Broken {
        /// Its database.
        database: String,
    },
    /// New databases are made, and not set up: they stay with admin/admin.
    InitFails,
    /// There is no room for a dump.
    DiskFull,
}

/// A step of the server that a fault can spoil.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Setting a new database up.
    Init,
    /// Writing a dump.
    Dump,
}

/// The faults that are on.
#[derive(Clone, Default)]
pub(super) struct Faults {
    on: Arc<Mutex<Vec<Fault>>>,
}

impl Faults {
    fn on(&self) -> MutexGuard<'_, Vec<Fault>> {
        self.on.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn all(&self) -> Vec<Fault> {
        self.on().clone()
    }

    pub(super) fn add(&self, fault: Fault) {
        let mut on = self.on();
        if !on.contains(&fault) {
            on.push(fault);
        }
    }

    pub(super) fn end(&self, which: impl Fn(&Fault) -> bool) {
        self.on().retain(|fault| !which(fault));
    }

    /// Waits as long as a call shall take; `false` if it shall not be heard at all.
    pub(super) async fn hears(&self, calls: &[&str]) -> bool {
        if self.takes(|fault| match fault {
            Fault::HangUp { call, times } if matches(call, calls) => Some(times),
            _ => None,
        }) {
            return false;
        }
        let mut wait = 0;
        self.takes(|fault| match fault {
            Fault::Slow { call, millis, times } if matches(call, calls) => {
                wait = *millis;
                Some(times)
            }
            _ => None,
        });
        if wait > 0 {
            tokio::time::sleep(Duration::from_millis(wait)).await;
        }
        true
    }

    /// Whether the answer of a call that was done is lost.
    pub(super) fn loses(&self, calls: &[&str]) -> bool {
        self.takes(|fault| match fault {
            Fault::AnswerLost { call, times } if matches(call, calls) => Some(times),
            _ => None,
        })
    }

    pub(super) fn spoil(&self, step: Step) -> bool {
        self.on().contains(&match step {
            Step::Init => Fault::InitFails,
            Step::Dump => Fault::DiskFull,
        })
    }

    pub(super) fn broken(&self, name: &str) -> bool {
        self.on().iter().any(|fault| matches!(fault, Fault::Broken { database } if database == name))
    }

    /// Counts the first fault that `which` gives the count of; ends it with its last time.
    fn takes(&self, mut which: impl FnMut(&mut Fault) -> Option<&mut Option<u32>>) -> bool {
        let mut on = self.on();
        let found = on.iter_mut().enumerate().find_map(|(at, fault)| which(fault).map(|times| (at, times)));
        let Some((at, times)) = found else { return false };
        let last = times.as_ref().is_some_and(|times| *times <= 1);
        if let Some(times) = times {
            *times = times.saturating_sub(1);
        }
        if last {
            on.remove(at);
        }
        true
    }
}

fn matches(pattern: &str, calls: &[&str]) -> bool {
    calls.iter().any(|call| match pattern.strip_suffix('*') {
        Some(start) => call.starts_with(start),
        None => *call == pattern,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a rehearsed failure goes on after the one time that it was meant for, or hits another call.
    #[test]
    fn a_fault_happens_so_often_as_it_says() {
        let faults = Faults::default();
        faults.add(Fault::AnswerLost { call: "db.*".into(), times: Some(2) });
        assert!(!faults.loses(&["common.login", "object.execute_kw"]));
        assert!(faults.loses(&["db.drop"]) && faults.loses(&["/jsonrpc", "db.rename"]));
        assert!(!faults.loses(&["db.drop"]) && faults.all().is_empty());
        faults.add(Fault::AnswerLost { call: "db.drop".into(), times: None });
        assert!(faults.loses(&["db.drop"]) && faults.loses(&["db.drop"]) && !faults.loses(&["db.dropped"]));
        assert!(serde_json::from_str::<Fault>(r#"{"fault":"hang_up","cal":"x"}"#).is_err());
    }
}
