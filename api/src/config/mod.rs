//! What can be configured, by flags and by the environment. `--help` is the reference; nothing else reads the environment.
//!
//! A configuration that is unsafe or contradicts itself is refused, by name, before anything starts.

mod check;
mod copies;
mod mail;
pub mod secret;

use crate::app::Seller;
use clap::{Args, Parser, Subcommand, ValueEnum};
use shared::billing::refund::RunningCycle;
use shared::billing::terms::{Limits, OnReached, Terms};
use shared::civil::Zone;
use shared::money::{Currency, Money, MoneyError};
use std::net::SocketAddr;
use std::path::PathBuf;
use url::Url;

pub use check::{ConfigError, check};
pub use copies::CopiesArgs;
pub use mail::MailArgs;

/// Bills Odoo panels by the hour and keeps them running.
#[derive(Debug, Parser)]
#[command(name = "hourglass", version, about, max_term_width = 110)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API and the dashboard, and do the work that is due.
    Serve(Box<ServeArgs>),
    /// Show everything on this machine, with made-up customers, a sandbox gateway and a clock that can run fast.
    #[cfg(feature = "demo")]
    Demo(DemoArgs),
    /// Bring the database's schema up to date, and stop.
    Migrate(DatabaseArgs),
    /// Write the API's description to standard output.
    Openapi,
    /// Count an exported cycle again, and say whether it holds: ends with 0 if it does, 1 if not, 2 if it cannot be read.
    Verify {
        /// The export, as JSON.
        file: PathBuf,
    },
    /// What only the operator may do.
    #[command(subcommand)]
    Admin(AdminCommand),
}

/// What only the operator may do.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Create a person of the operator. The password is read from HOURGLASS_OPERATOR_PASSWORD or from standard input.
    CreateOperator {
        /// Where things are kept.
        #[command(flatten)]
        database: DatabaseArgs,
        /// What they are called.
        #[arg(long)]
        name: String,
        /// What they sign in with.
        #[arg(long)]
        email: String,
        /// Their password, 10 to 128 characters.
        #[arg(long, env = "HOURGLASS_OPERATOR_PASSWORD", hide_env_values = true, hide = true)]
        password: Option<String>,
    },
    /// Take the second factor away from somebody who lost it and every recovery code. Make sure first that it is they who ask.
    RemoveSecondFactor {
        /// Where things are kept.
        #[command(flatten)]
        database: DatabaseArgs,
        /// What they sign in with.
        #[arg(long)]
        email: String,
        /// Where letters leave: if that is set, they are written to.
        #[command(flatten)]
        mail: MailArgs,
    },
    /// Put a plan on sale.
    CreatePlan {
        /// Where things are kept.
        #[command(flatten)]
        database: DatabaseArgs,
        /// What it sells.
        #[command(flatten)]
        plan: PlanArgs,
    },
    /// Order a panel for a customer who has signed up. It awaits its first payment.
    CreatePanel {
        /// Where things are kept.
        #[command(flatten)]
        database: DatabaseArgs,
        /// What the customer signs in with.
        #[arg(long)]
        owner_email: String,
        /// What its people call it.
        #[arg(long)]
        name: String,
        /// The first label of its address, and its database's name at the host.
        #[arg(long)]
        subdomain: String,
        /// The plan's name.
        #[arg(long)]
        plan: String,
    },
}

/// What a plan sells.
#[derive(Debug, Clone, Args)]
pub struct PlanArgs {
    /// What it is called.
    #[arg(long)]
    pub name: String,
    /// The price of a cycle in taka: 2500 or 2500.00.
    #[arg(long)]
    pub price: String,
    /// How long a cycle lasts.
    #[arg(long, default_value_t = 30)]
    pub cycle_days: u32,
    /// How long the panel may be up in a cycle.
    #[arg(long, default_value_t = 360)]
    pub included_hours: u32,
    /// How much one day can use up.
    #[arg(long, default_value_t = 12, conflicts_with = "no_daily_cap")]
    pub daily_cap_hours: u32,
    /// One day may use up as much as it has.
    #[arg(long)]
    pub no_daily_cap: bool,
    /// How long service goes on after a cycle.
    #[arg(long, default_value_t = 0)]
    pub grace_hours: u32,
    /// How many users; none is no limit.
    #[arg(long)]
    pub users_max: Option<i64>,
    /// How many bytes of database and files; none is no limit.
    #[arg(long)]
    pub storage_bytes_max: Option<i64>,
    /// A panel that holds more is not renewed on this plan.
    #[arg(long)]
    pub block_over_limit: bool,
}

impl PlanArgs {
    /// The terms, in taka. Fails on a price that is no amount.
    pub fn terms(&self) -> Result<Terms, MoneyError> {
        Ok(Terms {
            cycle_days: self.cycle_days,
            included_hours: self.included_hours,
            daily_cap_hours: (!self.no_daily_cap).then_some(self.daily_cap_hours),
            grace_hours: self.grace_hours,
            early_renewal_days: self.cycle_days / 2,
            limits: Limits {
                users: self.users_max,
                storage_bytes: self.storage_bytes_max,
                on_reached: if self.block_over_limit { OnReached::BlockRenewal } else { OnReached::Notice },
            },
            ..Terms::standard(Money::from_decimal(&self.price, Currency::Bdt)?)
        })
    }
}

/// Where things are kept.
#[derive(Debug, Clone, Args)]
pub struct DatabaseArgs {
    /// sqlite:FILE, or postgres://user@host/database.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, default_value = "sqlite:hourglass.sqlite")]
    pub database_url: String,
    /// At most so many connections at once.
    #[arg(long, env = "HOURGLASS_DATABASE_CONNECTIONS", default_value_t = 10)]
    pub database_connections: u32,
}

/// One half of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Half {
    /// API and dashboard only.
    Api,
    /// Worker only.
    Worker,
}

/// What a server needs to know.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// Where things are kept.
    #[command(flatten)]
    pub database: DatabaseArgs,
    /// Run only this half; default is both.
    #[arg(long, env = "HOURGLASS_ONLY")]
    pub only: Option<Half>,
    /// Where to listen. Put a TLS-terminating proxy in front.
    #[arg(long, env = "HOURGLASS_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Where browsers and the gateway reach this server. Must be https unless it is this very machine.
    #[arg(long, env = "HOURGLASS_PUBLIC_URL", default_value = "http://localhost:8080")]
    pub public_url: Url,
    /// A proxy of yours stands in front and names the caller at the end of X-Forwarded-For. Sign-ins are limited by it.
    #[arg(long, env = "HOURGLASS_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// What customers know this deployment as.
    #[arg(long, env = "HOURGLASS_NAME", default_value = "Hourglass")]
    pub name: String,
    /// Where customers write for help.
    #[arg(long, env = "HOURGLASS_SUPPORT_EMAIL")]
    pub support_email: Option<String>,
    /// The file that holds the deployment's secret; made on first start. All processes of a deployment need the same.
    #[arg(long, env = "HOURGLASS_SECRET_FILE", default_value = "hourglass.secret")]
    pub secret_file: PathBuf,
    /// The file that holds the bearer token for GET /metrics; without it there is no such address.
    #[arg(long, env = "HOURGLASS_METRICS_TOKEN_FILE")]
    pub metrics_token_file: Option<PathBuf>,
    /// How often a panel is looked at, in seconds.
    #[arg(long, env = "HOURGLASS_TICK_SECONDS", default_value_t = 60)]
    pub tick_seconds: u32,
    /// How far back one look speaks, in seconds; older time that nobody saw is recorded as unknown and never billed.
    #[arg(long, env = "HOURGLASS_REACH_SECONDS", default_value_t = 300)]
    pub reach_seconds: u32,
    /// For how many days a panel may await its first payment; then it is given up, and its address is free.
    #[arg(long, env = "HOURGLASS_UNPAID_DAYS", default_value_t = 14, value_parser = clap::value_parser!(u32).range(1..))]
    pub unpaid_days: u32,
    /// Send back by itself what a customer paid twice; without it, that is the account's credit.
    #[arg(long, env = "HOURGLASS_REFUND_SECOND_CHARGES")]
    pub refund_second_charges: bool,
    /// Whether a cycle that has begun may be refunded; it runs on if it is.
    #[arg(long, env = "HOURGLASS_REFUND_RUNNING_CYCLE", default_value = "keep")]
    pub refund_running_cycle: RunningCycleArg,
    /// Who stands on invoices.
    #[command(flatten)]
    pub seller: SellerArgs,
    /// Where panels run.
    #[command(flatten)]
    pub host: HostArgs,
    /// Where copies of panels are kept.
    #[command(flatten)]
    pub copies: CopiesArgs,
    /// Where payments are made.
    #[command(flatten)]
    pub gateway: GatewayArgs,
    /// Where letters leave.
    #[command(flatten)]
    pub mail: MailArgs,
}

/// What happens to refunds of a cycle that has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RunningCycleArg {
    /// It may be refunded, and runs on.
    Keep,
    /// It is not refunded.
    Refuse,
}

impl RunningCycleArg {
    pub(crate) const fn policy(self) -> RunningCycle {
        match self {
            Self::Keep => RunningCycle::Keep,
            Self::Refuse => RunningCycle::Refuse,
        }
    }
}

/// Who stands on invoices.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Invoices")]
pub struct SellerArgs {
    /// The name of the business that sells; without it, --name.
    #[arg(long, env = "HOURGLASS_SELLER_NAME")]
    pub seller_name: Option<String>,
    /// Its postal address; \n separates lines.
    #[arg(long, env = "HOURGLASS_SELLER_ADDRESS", default_value = "")]
    pub seller_address: String,
    /// Its Business Identification Number: 13 digits.
    #[arg(long, env = "HOURGLASS_SELLER_BIN")]
    pub seller_bin: Option<String>,
    /// The zone in which documents are dated.
    #[arg(long, env = "HOURGLASS_SELLER_ZONE", default_value = "Asia/Dhaka")]
    pub seller_zone: Zone,
    /// The month in which the fiscal year begins.
    #[arg(long, env = "HOURGLASS_FISCAL_YEAR_MONTH", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=12))]
    pub fiscal_year_month: u32,
    /// What the numbers of invoices begin with.
    #[arg(long, env = "HOURGLASS_INVOICE_SERIES", default_value = "INV")]
    pub invoice_series: String,
    /// What the numbers of credit notes begin with.
    #[arg(long, env = "HOURGLASS_CREDIT_NOTE_SERIES", default_value = "CN")]
    pub credit_note_series: String,
}

impl SellerArgs {
    /// The seller of a deployment of this name.
    #[must_use]
    pub fn seller(&self, deployment: &str) -> Seller {
        Seller {
            name: self.seller_name.clone().unwrap_or_else(|| deployment.to_owned()),
            address: self.seller_address.replace("\\n", "\n"),
            bin: self.seller_bin.clone(),
            zone: self.seller_zone,
            fiscal_year_month: self.fiscal_year_month,
            invoice_series: self.invoice_series.clone(),
            credit_note_series: self.credit_note_series.clone(),
        }
    }
}

/// Where panels run.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Host")]
pub struct HostArgs {
    /// A first Odoo server: where it listens, for this server alone. Operators register others, and change this one. Alone it makes no
    /// panels: that takes the cluster and the filestore, or the database manager's password and the service person.
    #[arg(long, env = "HOURGLASS_ODOO_URL")]
    pub odoo_url: Option<Url>,
    /// Which of its databases new panels are copies of.
    #[arg(long, env = "HOURGLASS_ODOO_TEMPLATE", default_value = "template")]
    pub odoo_template: String,
    /// The file that holds the password of its database manager.
    #[arg(long, env = "HOURGLASS_ODOO_ADMIN_PASSWORD_FILE")]
    pub odoo_admin_password_file: Option<PathBuf>,
    /// The file that holds the address of its database cluster, with the role that owns the panels' databases.
    #[arg(long, env = "HOURGLASS_ODOO_DATABASE_URL_FILE")]
    pub odoo_database_url_file: Option<PathBuf>,
    /// Where the files of its panels are, as this machine sees them.
    #[arg(long, env = "HOURGLASS_ODOO_FILESTORE")]
    pub odoo_filestore: Option<PathBuf>,
    /// How Hourglass signs in to panels: a person whom the template knows.
    #[arg(long, env = "HOURGLASS_ODOO_SERVICE_LOGIN")]
    pub odoo_service_login: Option<String>,
    /// The file that holds their password.
    #[arg(long, env = "HOURGLASS_ODOO_SERVICE_PASSWORD_FILE")]
    pub odoo_service_password_file: Option<PathBuf>,
    /// The panels' parent as browsers see it: https://example.com makes https://acme.example.com.
    #[arg(long, env = "HOURGLASS_PANEL_BASE_URL")]
    pub panel_base_url: Url,
}

/// Where payments are made.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Gateway")]
pub struct GatewayArgs {
    /// The gateway's address.
    #[arg(long, env = "SSLCOMMERZ_URL", default_value = "https://securepay.sslcommerz.com")]
    pub sslcommerz_url: Url,
    /// The store's API id.
    #[arg(long, env = "SSLCOMMERZ_STORE_ID")]
    pub sslcommerz_store_id: String,
    /// The file that holds the store's API password.
    #[arg(long, env = "SSLCOMMERZ_STORE_PASSWD_FILE")]
    pub sslcommerz_store_passwd_file: PathBuf,
    /// Take payments that move no money: for trying things out only.
    #[arg(long, env = "HOURGLASS_ALLOW_SANDBOX_GATEWAY")]
    pub allow_sandbox_gateway: bool,
}

/// What a demonstration can be told.
#[cfg(feature = "demo")]
#[derive(Debug, Clone, Args)]
pub struct DemoArgs {
    /// Where to listen; the sandbox gateway, the sandbox Odoo, the panels and the mailbox take the five ports above.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Billing seconds that pass in one real second.
    #[arg(long, env = "SPEED", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub speed: u32,
    /// The demonstration's own folder. Remove it to begin anew.
    #[arg(long, default_value = ".demo")]
    pub folder: PathBuf,
}
