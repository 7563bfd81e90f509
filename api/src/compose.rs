//! The composition root: the only place, beside the demonstration, that names an adapter.

use crate::adapter::manual::Manual;
use crate::adapter::odoo::{OdooConfig, OdooHost};
use crate::adapter::shelf::{FolderShelf, S3Config, S3Shelf};
use crate::adapter::smtp::{Privacy, Smtp, SmtpConfig, SmtpPassword};
use crate::adapter::sslcommerz::{BreakerConfig, Config as SslCommerzConfig, SslCommerz, StorePassword, SystemPace};
use crate::adapter::system::{SystemClock, SystemIds};
use crate::adapter::typst::TypstPrinter;
use crate::app::{App, Settings};
use crate::config::secret::{SecretError, deployment_secret, password};
use crate::config::{ConfigError, CopiesArgs, DatabaseArgs, HostArgs, MailArgs, ServeArgs, check};
use crate::flow::servers::ensure::{NamedServer, ensure};
use crate::keys::password::Passwords;
use crate::keys::safe::Safe;
use crate::keys::token::Signer;
use crate::live::Live;
use crate::metrics::Metrics;
use crate::port::clock::Clock;
use crate::port::gateway::Gateways;
use crate::port::host::ServerSecrets;
use crate::port::ids::Ids as _;
use crate::port::post::Post;
use crate::port::shelf::Shelf;
use crate::store::{Store, StoreError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// How long the gateway may take to answer: somebody waits in front of it, and money hangs on it.
const GATEWAY_TIMEOUT: Duration = Duration::from_secs(15);
/// How long the host may take to answer. A panel that needs longer cannot be said to be up.
const HOST_TIMEOUT: Duration = Duration::from_secs(5);
/// How long handing a letter over may take altogether.
const MAIL_TIMEOUT: Duration = Duration::from_secs(30);

/// Why nothing started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The configuration was refused.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A secret could not be read.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The memory could not be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The gateway's adapter could not be set up.
    #[error(transparent)]
    Gateway(#[from] crate::adapter::sslcommerz::SetupError),
    /// The host's adapter could not be set up.
    #[error(transparent)]
    Host(#[from] crate::adapter::odoo::SetupError),
    /// The shelf for copies could not be set up.
    #[error(transparent)]
    Shelf(#[from] crate::adapter::shelf::SetupError),
    /// The adapter for letters could not be set up.
    #[error(transparent)]
    Mail(#[from] crate::adapter::smtp::SetupError),
    /// The printer could not be set up.
    #[error(transparent)]
    Printer(#[from] crate::port::printer::PrintError),
    /// The machine did not give what was needed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A story that had to be told at the start failed.
    #[error(transparent)]
    Flow(#[from] crate::flow::FlowError),
}

/// What differs between a server, a demonstration and a test.
pub struct Parts {
    /// The memory, with its schema up to date.
    pub store: Store,
    /// The billing clock.
    pub clock: Arc<dyn Clock>,
    /// The wall clock.
    pub wall: Arc<dyn Clock>,
    /// Where the gateway listens, and how it knows us.
    pub gateway: GatewayAddress,
    /// The deployment's secret.
    pub secret: Vec<u8>,
    /// Where copies of panels are kept.
    pub shelf: Arc<dyn Shelf>,
    /// Who brings letters; `None` if none are sent.
    pub post: Option<Arc<dyn Post>>,
    /// What the operator chose.
    pub settings: Settings,
}

/// Where the gateway listens, and how it knows us.
pub struct GatewayAddress {
    /// Where.
    pub url: Url,
    /// The store's API id.
    pub store_id: String,
    /// The store's API password.
    pub store_passwd: String,
    /// When it is left alone for a while.
    pub breaker: BreakerConfig,
}

/// Puts the application together.
pub fn assemble(parts: Parts) -> Result<App, StartError> {
    let config = SslCommerzConfig {
        base_url: parts.gateway.url,
        store_id: parts.gateway.store_id,
        store_passwd: StorePassword::new(parts.gateway.store_passwd),
        timeout: GATEWAY_TIMEOUT,
        fallback_email: parts.settings.support_email.clone(),
        breaker: parts.gateway.breaker,
    };
    let metrics = Metrics::default();
    let gateway = SslCommerz::new(config, Arc::new(SystemPace), &metrics)?;
    let panel_domain = parts.settings.panel_base_url.host_str().unwrap_or_default().to_owned();
    let host = OdooHost::new(OdooConfig { panel_domain, timeout: HOST_TIMEOUT })?;
    let by_hand = Manual::new(parts.store.clone());
    Ok(App {
        store: parts.store,
        clock: parts.clock,
        wall: parts.wall,
        ids: Arc::new(SystemIds::default()),
        gateways: Gateways::new(Arc::new(gateway), vec![Arc::new(by_hand)]),
        host: Arc::new(host),
        shelf: parts.shelf,
        post: parts.post,
        printer: Arc::new(TypstPrinter::new()?),
        live: Live::default(),
        passwords: Passwords::default(),
        signer: Signer::new(&parts.secret),
        safe: Safe::new(&parts.secret),
        metrics,
        settings: parts.settings,
    })
}

/// Opens the database, and brings its schema up to date.
pub async fn open_store(args: &DatabaseArgs) -> Result<Store, StartError> {
    let store = Store::open(&args.database_url, args.database_connections).await?;
    store.migrate().await?;
    Ok(store)
}

/// The application of a server.
pub async fn compose(args: &ServeArgs) -> Result<App, StartError> {
    check(args)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::default());
    let gateway = GatewayAddress {
        url: args.gateway.sslcommerz_url.clone(),
        store_id: args.gateway.sslcommerz_store_id.clone(),
        store_passwd: password(&args.gateway.sslcommerz_store_passwd_file)?,
        breaker: BreakerConfig::default(),
    };
    let secret = deployment_secret(&args.secret_file, &SystemIds::default().secret())?;
    let store = open_store(&args.database).await?;
    let shelf = shelf(&args.copies, store.keeps_copies().await?)?;
    let app = assemble(Parts {
        store,
        wall: Arc::clone(&clock),
        clock,
        gateway,
        secret,
        shelf,
        post: post(&args.mail)?,
        settings: Settings {
            name: args.name.clone(),
            support_email: args.support_email.clone(),
            public_url: args.public_url.clone(),
            panel_base_url: args.host.panel_base_url.clone(),
            tick_seconds: args.tick_seconds.into(),
            reach_seconds: args.reach_seconds.into(),
            creation_seconds: 900,
            unpaid_days: args.unpaid_days,
            copies_keep_days: args.copies.copies_keep_days,
            retention_days: args.copies.retention_days,
            sweep_after_seconds: 120,
            resume_seconds: 600,
            refund_second_charges: args.refund_second_charges,
            refund_running_cycle: args.refund_running_cycle.policy(),
            metrics_token: args.metrics_token_file.as_deref().map(password).transpose()?,
            sign_ins_per_minute: 20,
            behind_proxy: args.behind_proxy,
            seller: args.seller.seller(&args.name),
            demo: None,
        },
    })?;
    if let Some(server) = named_server(&args.host)? {
        ensure(&app, &server).await?;
    }
    Ok(app)
}

/// Copies go to the bucket, if one is named; otherwise into the folder. What is on its way stands in the folder in any case.
fn shelf(args: &CopiesArgs, known: bool) -> Result<Arc<dyn Shelf>, StartError> {
    let (Some(endpoint), Some(bucket)) = (&args.copies_s3_endpoint, &args.copies_s3_bucket) else {
        return Ok(folder_shelf(&args.copies_folder, known));
    };
    let secret = args.copies_s3_secret_file.as_deref().map(password).transpose()?;
    let config = S3Config {
        endpoint: endpoint.clone(),
        bucket: bucket.clone(),
        region: args.copies_s3_region.clone(),
        key_id: args.copies_s3_key_id.clone().unwrap_or_default(),
        secret: secret.unwrap_or_default(),
    };
    Ok(Arc::new(S3Shelf::new(config, args.copies_folder.join(ON_THEIR_WAY))?))
}

/// Where letters leave, if that is set.
fn post(args: &MailArgs) -> Result<Option<Arc<dyn Post>>, StartError> {
    let (Some(url), Some(from)) = (&args.smtp_url, &args.mail_from) else {
        tracing::warn!("no mail server is set: nobody can reset a password, be invited, or be reminded by mail");
        return Ok(None);
    };
    let privacy = match (args.smtp_plain, url.scheme()) {
        (true, _) => Privacy::Plain,
        (false, "smtps") => Privacy::Tls,
        (false, _) => Privacy::StartTls,
    };
    let password = args.smtp_password_file.as_deref().map(password).transpose()?;
    let config = SmtpConfig {
        // An IPv6 address stands in brackets only within URLs.
        host: url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned(),
        port: url.port().unwrap_or(if privacy == Privacy::Tls { 465 } else { 587 }),
        privacy,
        sign_in: args.smtp_user.clone().zip(password.map(SmtpPassword::new)),
        from: from.clone(),
        timeout: MAIL_TIMEOUT,
    };
    Ok(Some(Arc::new(Smtp::new(config)?)))
}

/// Where files of copies stand on their way.
const ON_THEIR_WAY: &str = "on-their-way";

/// A folder as the shelf; `known` is whether there are copies that must be there.
#[must_use]
pub fn folder_shelf(folder: &Path, known: bool) -> Arc<dyn Shelf> {
    Arc::new(FolderShelf::new(folder.to_owned(), folder.join(ON_THEIR_WAY), known))
}

/// The server that the command line names, if it does.
fn named_server(args: &HostArgs) -> Result<Option<NamedServer>, StartError> {
    let Some(url) = args.odoo_url.clone() else { return Ok(None) };
    let secret = |file: &Option<PathBuf>| file.as_deref().map(password).transpose();
    Ok(Some(NamedServer {
        url,
        template: args.odoo_template.clone(),
        files_folder: args.odoo_filestore.as_ref().map(|folder| folder.display().to_string()),
        secrets: ServerSecrets {
            admin_password: secret(&args.odoo_admin_password_file)?,
            database_url: secret(&args.odoo_database_url_file)?,
            service_login: args.odoo_service_login.clone(),
            service_password: secret(&args.odoo_service_password_file)?,
        },
    }))
}
