//! A local mailbox: an SMTP server that takes every letter and passes none on, and a page to read them.
//!
//! It keeps letters in memory, the newest thousand. It knows no TLS and no password: nothing here is real.

mod control;
mod faults;
mod letter;
mod mime;
mod page;
mod smtp;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_web::web::Data;
use tokio::task::JoinHandle;

pub use faults::Fault;
pub use letter::Letter;

use crate::serve::{self, Running};

/// So many letters are kept.
const KEPT: usize = 1_000;

/// A running mailbox. Copies are handles of the same one.
#[derive(Clone)]
pub struct Mailbox {
    state: State,
    address: SocketAddr,
    taking: Arc<JoinHandle<()>>,
    reading: Option<(String, Running)>,
}

/// What there is to read, and what goes wrong.
#[derive(Clone, Default)]
pub(crate) struct State {
    kept: Arc<Mutex<Kept>>,
}

#[derive(Default)]
struct Kept {
    letters: Vec<Letter>,
    taken: u64,
    fault: Option<Fault>,
}

impl State {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fault(&self) -> Option<Fault> {
        self.kept().fault.clone()
    }

    fn set_fault(&self, fault: Option<Fault>) {
        self.kept().fault = fault;
    }

    fn keep(&self, from: String, to: Vec<String>, raw: Vec<u8>) {
        let mut kept = self.kept();
        kept.taken += 1;
        let letter = Letter::read(kept.taken, from, to, raw);
        kept.letters.push(letter);
        if kept.letters.len() > KEPT {
            kept.letters.remove(0);
        }
    }

    fn letters(&self) -> Vec<Letter> {
        self.kept().letters.clone()
    }

    fn letter(&self, number: u64) -> Option<Letter> {
        self.kept().letters.iter().find(|letter| letter.number == number).cloned()
    }

    fn clear(&self) {
        self.kept().letters.clear();
    }
}

impl Mailbox {
    /// Starts taking letters on one listener and, if there is another, showing them over HTTP on that. Must be called inside a tokio
    /// runtime, on which the mailbox then lives.
    pub fn start(smtp: TcpListener, pages: Option<TcpListener>) -> io::Result<Self> {
        let state = State::default();
        let address = smtp.local_addr()?;
        smtp.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(smtp)?;
        let taking = Arc::new(tokio::spawn(smtp::serve(listener, state.clone())));
        let reading = match pages {
            None => None,
            Some(listener) => {
                let url = serve::url_of(&listener)?;
                let shared = Data::new(control::Shared { state: state.clone(), url: url.clone() });
                let running = serve::run(listener, move |app| {
                    app.app_data(shared.clone());
                    control::routes(app);
                })?;
                Some((url, running))
            }
        };
        Ok(Self { state, address, taking, reading })
    }

    /// Where it takes letters.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where letters can be read, without a trailing slash; empty if nowhere.
    #[must_use]
    pub fn url(&self) -> &str {
        self.reading.as_ref().map_or("", |(url, _)| url)
    }

    /// Every letter that is kept, oldest first.
    #[must_use]
    pub fn letters(&self) -> Vec<Letter> {
        self.state.letters()
    }

    /// The letters to one address, oldest first.
    #[must_use]
    pub fn letters_to(&self, address: &str) -> Vec<Letter> {
        let mut letters = self.state.letters();
        letters.retain(|letter| letter.to.iter().any(|to| to.eq_ignore_ascii_case(address)));
        letters
    }

    /// Forgets every letter.
    pub fn clear(&self) {
        self.state.clear();
    }

    /// From now on this goes wrong; `None` ends it.
    pub fn set_fault(&self, fault: Option<Fault>) {
        self.state.set_fault(fault);
    }

    /// Stops taking letters and showing them.
    pub async fn stop(&self) {
        self.taking.abort();
        if let Some((_, running)) = &self.reading {
            running.stop().await;
        }
    }
}
