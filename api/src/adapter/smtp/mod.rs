//! Letters leave by SMTP (RFC 5321), one line to the server for each.
//!
//! Which answer belongs to which question matters, and what it is about: only what the server says of the reader or of the letter
//! itself is a refusal. If it does not let us in, does not like the sender, or relays nothing for us, that is the operator's to mend,
//! and the letter waits.

mod message;
mod verdict;

use crate::port::Unknown;
use crate::port::post::{Mail, Post, PostError};
use async_trait::async_trait;
use lettre::Address;
use lettre::message::Mailbox;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as From, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use std::time::Duration;
use verdict::{Asked, is_for_good};

/// How the line to the server is kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privacy {
    /// TLS from the first byte.
    Tls,
    /// TLS once the server was greeted; without it nothing is sent.
    StartTls,
    /// None: for a server on this machine or behind a private line.
    Plain,
}

/// A password that no log shows.
#[derive(Clone)]
pub struct SmtpPassword(String);

impl SmtpPassword {
    /// From its text.
    #[must_use]
    pub const fn new(text: String) -> Self {
        Self(text)
    }
}

impl std::fmt::Debug for SmtpPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// Where letters leave.
#[derive(Debug, Clone)]
pub struct SmtpConfig {
    /// The server's name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the line is kept from others.
    pub privacy: Privacy,
    /// Who signs in there, and their password; `None` if nobody does.
    pub sign_in: Option<(String, SmtpPassword)>,
    /// From whom letters are: `Hourglass <post@example.com>`.
    pub from: String,
    /// How long one letter may take altogether.
    pub timeout: Duration,
}

/// Why the adapter could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// Letters would be from nobody.
    #[error("`{0}` is no sender: it must read like `Hourglass <post@example.com>`")]
    Sender(String),
    /// No TLS to be had.
    #[error("TLS for letters: {0}")]
    Tls(String),
}

/// A server that takes letters.
pub struct Smtp {
    config: SmtpConfig,
    from: Mailbox,
    hello: ClientId,
    tls: Option<TlsParameters>,
}

impl Smtp {
    /// Opens no line yet.
    pub fn new(config: SmtpConfig) -> Result<Self, SetupError> {
        let from: Mailbox = config.from.parse().map_err(|_| SetupError::Sender(config.from.clone()))?;
        let hello = ClientId::Domain(from.email.domain().to_owned());
        let tls = match config.privacy {
            Privacy::Plain => None,
            Privacy::Tls | Privacy::StartTls => {
                let made = TlsParameters::new_rustls(config.host.clone());
                Some(made.map_err(|error| SetupError::Tls(error.to_string()))?)
            }
        };
        Ok(Self { config, from, hello, tls })
    }

    /// A line on which letters can be handed over.
    async fn line(&self) -> Result<AsyncSmtpConnection, Error> {
        let SmtpConfig { host, port, privacy, sign_in, timeout, .. } = &self.config;
        let at_once = self.tls.clone().filter(|_| *privacy == Privacy::Tls);
        let server = (host.as_str(), *port);
        let mut line = AsyncSmtpConnection::connect_tokio1(server, Some(*timeout), &self.hello, at_once, None).await?;
        if let Some(tls) = self.tls.clone().filter(|_| *privacy == Privacy::StartTls) {
            line.starttls(tls, &self.hello).await?;
        }
        if let Some((user, password)) = sign_in {
            line.auth(DEFAULT_MECHANISMS, &Credentials::new(user.clone(), password.0.clone())).await?;
        }
        Ok(line)
    }

    async fn hand_over(&self, to: Address, letter: &[u8]) -> Result<(), PostError> {
        let mut line = self.line().await.map_err(|error| unknown("the line", &error))?;
        let handed = self.hand_over_on(&mut line, to, letter).await;
        match &handed {
            // It was taken: how the line ends does not matter.
            Ok(()) => drop(line.quit().await),
            Err(_) => line.abort().await,
        }
        handed
    }

    async fn hand_over_on(&self, line: &mut AsyncSmtpConnection, to: Address, letter: &[u8]) -> Result<(), PostError> {
        let mut options = Vec::new();
        if !AsRef::<str>::as_ref(&to).is_ascii() {
            if !line.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(PostError::Refused("the mail server takes no address with such letters".to_owned()));
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        let sender = From::new(Some(self.from.email.clone()), options);
        line.command(sender).await.map_err(|error| unknown("the sender", &error))?;
        line.command(Rcpt::new(to, vec![])).await.map_err(|error| verdict(Asked::Address, "the address", &error))?;
        line.command(Data).await.map_err(|error| unknown("the letter's begin", &error))?;
        line.message(letter).await.map_err(|error| verdict(Asked::Letter, "the letter", &error))?;
        Ok(())
    }
}

#[async_trait]
impl Post for Smtp {
    async fn send(&self, mail: &Mail) -> Result<(), PostError> {
        let to: Address = mail.to.parse().map_err(|_| PostError::Refused("this is no address for mail".to_owned()))?;
        let letter = message::message(&self.from, to.clone(), mail).map_err(PostError::Refused)?;
        match tokio::time::timeout(self.config.timeout, self.hand_over(to, &letter)).await {
            Ok(handed) => handed,
            Err(_) => Err(Unknown::new("the mail server took too long").into()),
        }
    }
}

/// A lasting no to the reader or the letter is a refusal; any other says nothing of them.
fn verdict(asked: Asked, of: &str, error: &Error) -> PostError {
    if is_for_good(asked, error) { PostError::Refused(words(of, error)) } else { unknown(of, error) }
}

fn unknown(of: &str, error: &Error) -> PostError {
    Unknown::new(words(of, error)).into()
}

/// The server's own words, cut: they are kept and shown to the operator.
fn words(of: &str, error: &Error) -> String {
    let said = format!("{of}: {error}");
    said.chars().filter(|c| !c.is_control()).take(300).collect()
}
