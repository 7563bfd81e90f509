//! One answer from outside that lets itself be waited for, while other stories run: the order of things is decided here,
//! and never by how fast a machine is.

use std::future::poll_fn;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Answers come at once.
    #[default]
    Free,
    /// So many questions are answered at once, and the next one will wait.
    Armed(usize),
    /// A question waits.
    Held,
    /// It may go on.
    Released,
}

/// Holds at most one question up.
#[derive(Debug, Default)]
pub(crate) struct Latency {
    state: Mutex<State>,
    /// Whoever waits may be one of several questions that are asked at once: it has to be woken.
    waits: Mutex<Option<Waker>>,
}

impl Latency {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn waker(&self) -> MutexGuard<'_, Option<Waker>> {
        self.waits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// After so many that are answered at once, a question waits until it is released.
    pub(crate) fn arm(&self, after: usize) {
        *self.state() = State::Armed(after);
    }

    /// Whoever waits goes on; nobody else will wait.
    pub(crate) fn release(&self) {
        let mut state = self.state();
        *state = if *state == State::Held { State::Released } else { State::Free };
        if let Some(waker) = self.waker().take() {
            waker.wake();
        }
    }

    /// Whoever waited is gone with its process.
    pub(crate) fn forget(&self) {
        *self.state() = State::Free;
    }

    /// Where a question from inside waits, if it is the one. Others pass it by.
    pub(crate) async fn wait(&self) {
        let mut waits = false;
        poll_fn(|context| {
            let mut state = self.state();
            match *state {
                State::Armed(after) if after > 0 => {
                    *state = State::Armed(after - 1);
                    Poll::Ready(())
                }
                State::Armed(_) => {
                    *state = State::Held;
                    *self.waker() = Some(context.waker().clone());
                    waits = true;
                    Poll::Pending
                }
                State::Held if waits => {
                    *self.waker() = Some(context.waker().clone());
                    Poll::Pending
                }
                State::Released if waits => {
                    *state = State::Free;
                    Poll::Ready(())
                }
                State::Free | State::Held | State::Released => Poll::Ready(()),
            }
        })
        .await;
    }

    /// Done as soon as a question waits. Polled after the story that asks it, in the same task.
    pub(crate) async fn held(&self) {
        poll_fn(|_| if *self.state() == State::Held { Poll::Ready(()) } else { Poll::Pending }).await;
    }
}
