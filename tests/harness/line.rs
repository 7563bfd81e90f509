//! A line between two programs that can be cut in the middle of a word. It carries bytes, and knows no protocol: the word that
//! it listens for is all that it understands.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// A word that is not said by then is never said.
const PATIENCE: Duration = Duration::from_secs(90);

/// When a line falls silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// The word was said, and is on its way: it never arrives.
    During,
    /// It arrived, and everything was done: the answer never comes back.
    After,
}

/// What is listened for.
struct Trap {
    word: Vec<u8>,
    moment: Moment,
}

/// A line to one address.
pub struct Line {
    /// Where to call instead.
    pub address: SocketAddr,
    trap: Arc<Mutex<Option<Trap>>>,
    caught: Arc<Notify>,
    carrier: JoinHandle<()>,
}

impl Line {
    /// Lays one.
    pub async fn to(address: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let own = listener.local_addr().expect("its address");
        let (trap, caught): (Arc<Mutex<Option<Trap>>>, Arc<Notify>) = Default::default();
        let (shared, heard) = (Arc::clone(&trap), Arc::clone(&caught));
        let carrier = tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                let call = Call { trap: Arc::clone(&shared), caught: Arc::clone(&heard) };
                tokio::spawn(async move {
                    if let Ok(callee) = TcpStream::connect(address).await {
                        call.carry(caller, callee).await;
                    }
                });
            }
        });
        Self { address: own, trap, caught, carrier }
    }

    /// The next call in which this word is said falls silent at that moment. Others go on.
    pub fn cut_at(&self, word: &str, moment: Moment) {
        let trap = Trap { word: word.as_bytes().to_owned(), moment };
        *self.trap.lock().unwrap_or_else(PoisonError::into_inner) = Some(trap);
    }

    /// Returns once a call has fallen silent.
    pub async fn is_cut(&self) {
        if timeout(PATIENCE, self.caught.notified()).await.is_err() {
            let word = self.trap.lock().unwrap_or_else(PoisonError::into_inner).take().map(|trap| trap.word);
            panic!("nobody said {:?}", word.map(|word| String::from_utf8_lossy(&word).into_owned()));
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.carrier.abort();
    }
}

/// One call.
struct Call {
    trap: Arc<Mutex<Option<Trap>>>,
    caught: Arc<Notify>,
}

impl Call {
    async fn carry(self, mut caller: TcpStream, mut callee: TcpStream) {
        let (mut asked, mut answered) = (vec![0; 16 << 10], vec![0; 16 << 10]);
        // A word may come in two pieces.
        let mut said = Vec::new();
        loop {
            tokio::select! {
                read = caller.read(&mut asked) => {
                    let Ok(length @ 1..) = read else { return };
                    said.extend_from_slice(&asked[..length]);
                    let moment = self.hears(&said);
                    said.drain(..said.len().saturating_sub(256));
                    if moment != Some(Moment::During) && callee.write_all(&asked[..length]).await.is_err() {
                        return;
                    }
                    if moment == Some(Moment::After) && !matches!(callee.read(&mut answered).await, Ok(1..)) {
                        return;
                    }
                    if moment.is_some() {
                        self.caught.notify_one();
                        return silent(&mut caller, &mut callee).await;
                    }
                }
                read = callee.read(&mut answered) => {
                    let Ok(length @ 1..) = read else { return };
                    if caller.write_all(&answered[..length]).await.is_err() {
                        return;
                    }
                }
            }
        }
    }

    /// Whether this is what somebody listens for: once.
    fn hears(&self, said: &[u8]) -> Option<Moment> {
        let mut trap = self.trap.lock().unwrap_or_else(PoisonError::into_inner);
        let heard = trap.as_ref().is_some_and(|trap| said.windows(trap.word.len()).any(|part| part == trap.word));
        if heard { trap.take().map(|trap| trap.moment) } else { None }
    }
}

/// Nothing comes through any more, until either end hangs up.
async fn silent(caller: &mut TcpStream, callee: &mut TcpStream) {
    let (mut asked, mut answered) = (vec![0; 4 << 10], vec![0; 4 << 10]);
    loop {
        let read = tokio::select! {
            read = caller.read(&mut asked) => read,
            read = callee.read(&mut answered) => read,
        };
        if !matches!(read, Ok(1..)) {
            return;
        }
    }
}
