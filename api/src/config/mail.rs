//! What can be configured about letters.

use clap::Args;
use std::path::PathBuf;
use url::Url;

/// Where letters leave. Without a server none are written, and nobody can reset a password or be invited.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Mail")]
pub struct MailArgs {
    /// The mail server: smtps://HOST is TLS from the first byte (port 465), smtp://HOST is STARTTLS or nothing (port 587).
    #[arg(long, env = "HOURGLASS_SMTP_URL", requires = "mail_from")]
    pub smtp_url: Option<Url>,
    /// Speak to it without TLS: on this machine, or behind a private line. Not with a password.
    #[arg(long, env = "HOURGLASS_SMTP_PLAIN", requires = "smtp_url")]
    pub smtp_plain: bool,
    /// Who signs in there.
    #[arg(long, env = "HOURGLASS_SMTP_USER", requires_all = ["smtp_url", "smtp_password_file"])]
    pub smtp_user: Option<String>,
    /// The file that holds their password.
    #[arg(long, env = "HOURGLASS_SMTP_PASSWORD_FILE", requires = "smtp_user")]
    pub smtp_password_file: Option<PathBuf>,
    /// From whom letters are: Hourglass <post@example.com>
    #[arg(long, env = "HOURGLASS_MAIL_FROM", requires = "smtp_url")]
    pub mail_from: Option<String>,
}
