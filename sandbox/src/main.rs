//! The sandbox as a program: a local gateway and a local Odoo, each on its own port, until interrupted.

use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Parser;
use sandbox::gateway::{Gateway, GatewayConfig};
use sandbox::odoo::{Odoo, PanelState};

/// A local SSLCommerz and a local Odoo, faithful on the wire. No real money, no real data.
#[derive(Parser)]
struct Options {
    /// Where the gateway listens.
    #[arg(long, default_value = "127.0.0.1:4010")]
    gateway_listen: SocketAddr,
    /// Where the Odoo listens.
    #[arg(long, default_value = "127.0.0.1:4020")]
    odoo_listen: SocketAddr,
    /// The store's API id.
    #[arg(long, default_value = "testbox")]
    store_id: String,
    /// The store's API password; a made-up one, since nothing here is real.
    #[arg(long, default_value = "qwerty")]
    store_passwd: String,
    /// A panel that is up from the start; may be given several times.
    #[arg(long = "panel")]
    panels: Vec<String>,
}

#[tokio::main]
async fn main() -> io::Result<()> {
    tracing_subscriber::fmt().with_writer(io::stderr).init();
    let options = Options::parse();
    let started = now();
    let seed = u64::try_from(started).unwrap_or_default();
    let config = GatewayConfig::new(options.store_id, options.store_passwd, Arc::new(now), seed);
    let gateway = Gateway::start(config, TcpListener::bind(options.gateway_listen)?)?;
    let odoo = Odoo::start(TcpListener::bind(options.odoo_listen)?)?;
    for panel in &options.panels {
        odoo.set_panel(panel, PanelState::Up);
    }
    writeln!(io::stdout(), "gateway {}\nodoo    {}", gateway.url(), odoo.url())?;
    tokio::signal::ctrl_c().await?;
    gateway.stop().await;
    odoo.stop().await;
    Ok(())
}

/// Seconds since 1970; 0 on a clock that stands before that.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
