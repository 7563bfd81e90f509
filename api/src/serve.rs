//! Runs an application until it is told to stop: API and worker, or one of them.

use crate::app::App;
use crate::{http, live, worker};
use actix_web::web::ServiceConfig;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long the worker rests when nothing is due.
const REST: Duration = Duration::from_millis(250);

/// An application that runs.
pub struct Running {
    app: Arc<App>,
    stop: watch::Sender<bool>,
    server: Option<(actix_web::dev::ServerHandle, JoinHandle<std::io::Result<()>>)>,
    follower: JoinHandle<()>,
    worker: Option<JoinHandle<()>>,
}

/// Starts an application: the API and the dashboard if it gets a listener, and the worker if it is to have one. `more`
/// adds addresses of its own to the API.
pub fn start<F>(app: &Arc<App>, listener: Option<TcpListener>, with_worker: bool, more: F) -> std::io::Result<Running>
where
    F: Fn(&mut ServiceConfig) + Clone + Send + 'static,
{
    let (stop, stopped) = watch::channel(false);
    let follower = tokio::spawn({
        let (app, stopped) = (Arc::clone(app), stopped.clone());
        async move { live::follow(&app.live, &app.store, stopped).await }
    });
    let server = match listener {
        Some(listener) => {
            let server = http::server::serve(Arc::clone(app), listener, more)?;
            Some((server.handle(), tokio::spawn(server)))
        }
        None => None,
    };
    let worker = with_worker.then(|| {
        let app = Arc::clone(app);
        tokio::spawn(async move { worker::run(&app, REST, stopped).await })
    });
    Ok(Running { app: Arc::clone(app), stop, server, follower, worker })
}

impl Running {
    /// Returns if any part of it ends by itself, which none should.
    pub async fn broken(&mut self) {
        let server = async {
            match &mut self.server {
                Some((_, server)) => drop(server.await),
                None => std::future::pending().await,
            }
        };
        let worker = async {
            match &mut self.worker {
                Some(worker) => drop(worker.await),
                None => std::future::pending().await,
            }
        };
        tokio::select! { () = server => {}, () = worker => {}, _ = &mut self.follower => {} }
    }

    /// Finishes the turn and the requests in hand, then returns.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        if let Some(worker) = self.worker {
            let _ = worker.await;
        }
        if let Some((handle, server)) = self.server {
            // An open WebSocket is a request that would never end by itself.
            self.app.live.close();
            handle.stop(true).await;
            let _ = server.await;
        }
        let _ = self.follower.await;
    }
}

/// Returns when the process is asked to stop.
pub async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut term), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
            tokio::select! { _ = term.recv() => {}, _ = interrupt.recv() => {} }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
