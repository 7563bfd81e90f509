//! The sandbox as a program: a local gateway, a local Odoo or a local mailbox, each on its own port, until interrupted.

mod cli;

use std::io::{self, Write};
use std::net::TcpListener;

use clap::Parser;
use sandbox::gateway::Gateway;
use sandbox::mail::Mailbox;
use sandbox::odoo::{Odoo, PanelState};

use cli::{Options, What};

#[tokio::main]
async fn main() -> io::Result<()> {
    tracing_subscriber::fmt().with_writer(io::stderr).init();
    match Options::parse().what {
        What::Sslcommerz(options) => {
            let listener = TcpListener::bind(options.listen)?;
            let gateway = Gateway::start(options.config(), listener)?;
            writeln!(io::stdout(), "gateway {url}\ncontrol {url}/sandbox/", url = gateway.url())?;
            tokio::signal::ctrl_c().await?;
            gateway.stop().await;
        }
        What::Odoo(options) => {
            let odoo = Odoo::start_with(TcpListener::bind(options.listen)?, options.options())?;
            for panel in &options.panels {
                odoo.set_panel(panel, PanelState::Up);
            }
            writeln!(io::stdout(), "odoo {url}\ncontrol {url}/sandbox/", url = odoo.url())?;
            tokio::signal::ctrl_c().await?;
            odoo.stop().await;
        }
        What::Mail(options) => {
            let mailbox =
                Mailbox::start(TcpListener::bind(options.smtp_listen)?, Some(TcpListener::bind(options.listen)?))?;
            writeln!(io::stdout(), "smtp {}\nmailbox {}/", mailbox.address(), mailbox.url())?;
            tokio::signal::ctrl_c().await?;
            mailbox.stop().await;
        }
    }
    Ok(())
}
