//! One binary: reads the command line, composes the application, and runs what was asked for.

use clap::Parser as _;
use hourglass::adapter::system::{SystemClock, SystemIds};
use hourglass::compose::{StartError, compose, open_store};
use hourglass::config::{AdminCommand, Cli, Command, Half, ServeArgs};
use hourglass::flow::auth::create_operator::{NewOperator, create_operator};
use hourglass::http;
use hourglass::serve::{asked_to_stop, start};
use std::io::Write as _;
use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::Arc;
use tracing_subscriber::EnvFilter;

#[actix_web::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("HOURGLASS_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(cli.command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "hourglass: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<(), StartError> {
    match command {
        Command::Serve(args) => serve(&args).await,
        #[cfg(feature = "demo")]
        Command::Demo(args) => {
            let demo = hourglass::demo::start(&args).await?;
            writeln!(std::io::stdout(), "{}", demo.greeting())?;
            asked_to_stop().await;
            demo.stop().await;
            Ok(())
        }
        Command::Migrate(args) => open_store(&args).await.map(drop),
        Command::Openapi => {
            let yaml = http::server::document().to_yaml().map_err(std::io::Error::other)?;
            Ok(write!(std::io::stdout(), "{yaml}")?)
        }
        Command::Admin(AdminCommand::CreateOperator { database, name, email, password }) => {
            let password = match password {
                Some(password) => password,
                None => std::io::read_to_string(std::io::stdin())?.trim_end_matches(['\r', '\n']).to_owned(),
            };
            let store = open_store(&database).await?;
            let new = NewOperator { name: &name, email: &email, password: &password };
            let id = create_operator(&store, &SystemIds::default(), &SystemClock::default(), new).await?;
            Ok(writeln!(std::io::stdout(), "{id}")?)
        }
    }
}

async fn serve(args: &ServeArgs) -> Result<(), StartError> {
    let app = Arc::new(compose(args).await?);
    let listener = if args.only == Some(Half::Worker) { None } else { Some(TcpListener::bind(args.listen)?) };
    if listener.is_some() && !http::dashboard::is_built_in() {
        tracing::warn!("this program was built without a dashboard: `make dashboard`, then build again");
    }
    let running = start(&app, listener, args.only != Some(Half::Api), |_| ())?;
    tracing::info!(listen = %args.listen, public = %args.public_url, "ready");
    asked_to_stop().await;
    tracing::info!("stopping: finishing what is in hand");
    running.stop().await;
    Ok(())
}
