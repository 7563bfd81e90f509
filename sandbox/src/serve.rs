//! One small HTTP server on a listener that the caller opened.
//!
//! Does not know what is served; it only starts, names its address, stops, and can hang up on a caller.

use std::io;
use std::net::{Ipv4Addr, TcpListener};

use actix_web::dev::ServerHandle;
use actix_web::web::{Bytes, ServiceConfig};
use actix_web::{App, HttpResponse, HttpServer};
use futures_util::stream;

/// A server that runs until it is told to stop.
#[derive(Clone)]
pub(crate) struct Running {
    handle: ServerHandle,
}

/// The address under which a browser on this machine reaches the listener.
pub(crate) fn url_of(listener: &TcpListener) -> io::Result<String> {
    let mut address = listener.local_addr()?;
    if address.ip().is_unspecified() {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    Ok(format!("http://{address}"))
}

/// Serves `configure`'s routes. Must be called inside a tokio runtime, on which the server lives.
pub(crate) fn run<F>(listener: TcpListener, configure: F) -> io::Result<Running>
where
    F: Fn(&mut ServiceConfig) + Send + Clone + 'static,
{
    let runtime = tokio::runtime::Handle::try_current().map_err(io::Error::other)?;
    let server = HttpServer::new(move || App::new().configure(configure.clone()))
        .workers(1)
        .disable_signals()
        .shutdown_timeout(1)
        .listen(listener)?
        .run();
    let handle = server.handle();
    runtime.spawn(server);
    Ok(Running { handle })
}

impl Running {
    /// Stops, letting answers under way finish for a second.
    pub(crate) async fn stop(&self) {
        self.handle.stop(true).await;
    }
}

/// Closes the connection instead of answering: the body fails before the head was sent.
pub(crate) fn hang_up() -> HttpResponse {
    let cut = io::Error::new(io::ErrorKind::ConnectionAborted, "hung up on purpose");
    HttpResponse::Ok().force_close().streaming(stream::iter([Err::<Bytes, io::Error>(cut)]))
}
