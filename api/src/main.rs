//! One binary: reads the command line, composes the application, and runs what was asked for.

use clap::Parser as _;
use hourglass::adapter::system::{SystemClock, SystemIds};
use hourglass::compose::{StartError, compose, open_store};
use hourglass::config::{AdminCommand, Cli, Command, Half, ServeArgs};
use hourglass::flow::FlowError;
use hourglass::flow::auth::create_operator::{NewOperator, create_operator};
use hourglass::flow::people::remove_lost_factor::remove_lost_factor;
use hourglass::flow::tenants::create_plan::{NewPlan, create_plan};
use hourglass::flow::tenants::create_tenant::{PanelOrder, create_tenant};
use hourglass::http;
use hourglass::serve::{asked_to_stop, start};
use hourglass::verify::{Verdict, judge};
use std::io::Write as _;
use std::net::TcpListener;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use tracing_subscriber::EnvFilter;

#[actix_web::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("HOURGLASS_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(cli.command).await {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "hourglass: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<ExitCode, StartError> {
    let done = match command {
        Command::Serve(args) => serve(&args).await,
        Command::Verify { file } => return Ok(verify(&file)?),
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
        Command::Admin(command) => admin(command).await,
    };
    done.map(|()| ExitCode::SUCCESS)
}

/// The verdict goes to standard output; that there is none, to standard error.
fn verify(file: &Path) -> std::io::Result<ExitCode> {
    let verdict = match std::fs::read_to_string(file) {
        Ok(text) => judge(&text),
        Err(error) => Verdict::Unreadable(error.to_string()),
    };
    match verdict {
        Verdict::Equal(words) => {
            writeln!(std::io::stdout(), "{words}")?;
            Ok(ExitCode::SUCCESS)
        }
        Verdict::Unequal(findings) => {
            for finding in findings {
                writeln!(std::io::stdout(), "{finding}")?;
            }
            Ok(ExitCode::from(1))
        }
        Verdict::Unreadable(why) => {
            writeln!(std::io::stderr(), "hourglass: {}: {why}", file.display())?;
            Ok(ExitCode::from(2))
        }
    }
}

async fn admin(command: AdminCommand) -> Result<(), StartError> {
    let ids = SystemIds::default();
    let clock = SystemClock::default();
    match command {
        AdminCommand::CreateOperator { database, name, email, password } => {
            let password = match password {
                Some(password) => password,
                None => std::io::read_to_string(std::io::stdin())?.trim_end_matches(['\r', '\n']).to_owned(),
            };
            let store = open_store(&database).await?;
            let new = NewOperator { name: &name, email: &email, password: &password };
            let id = create_operator(&store, &ids, &clock, new).await?;
            Ok(writeln!(std::io::stdout(), "{id}")?)
        }
        AdminCommand::RemoveSecondFactor { database, email, mail } => {
            let store = open_store(&database).await?;
            let id = remove_lost_factor(&store, &ids, &clock, &email, mail.smtp_url.is_some()).await?;
            Ok(writeln!(std::io::stdout(), "{id}")?)
        }
        AdminCommand::CreatePlan { database, plan } => {
            let new = NewPlan { name: &plan.name, terms: plan.terms().map_err(FlowError::from)? };
            let id = create_plan(&open_store(&database).await?, &ids, &clock, new).await?;
            Ok(writeln!(std::io::stdout(), "{id}")?)
        }
        AdminCommand::CreatePanel { database, owner_email, name, subdomain, plan } => {
            let order = PanelOrder { owner_email: &owner_email, name: &name, subdomain: &subdomain, plan: &plan };
            let id = create_tenant(&open_store(&database).await?, &ids, &clock, order).await?;
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
    let mut running = start(&app, listener, args.only != Some(Half::Api), |_| ())?;
    tracing::info!(listen = %args.listen, public = %args.public_url, "ready");
    tokio::select! {
        () = asked_to_stop() => {}
        // Half a server that looks alive would lose hours without a word.
        () = running.broken() => return Err(std::io::Error::other("a part of the server ended by itself").into()),
    }
    tracing::info!("stopping: finishing what is in hand");
    running.stop().await;
    Ok(())
}
