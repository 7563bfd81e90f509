//! What a server refuses to start with.

use super::{MailArgs, ServeArgs};
use url::{Host, Url};

/// Why a configuration was refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// Sign-ins would travel in the clear.
    #[error("--public-url {0} is not https and not this machine: sign-ins would travel in the clear")]
    InsecurePublicUrl(Url),
    /// Payments would move no money.
    #[error(
        "--sslcommerz-url {0} is not the live gateway: payments would move no money. If that is meant, add --allow-sandbox-gateway"
    )]
    SandboxGateway(Url),
    /// Two settings contradict each other.
    #[error("--allow-sandbox-gateway contradicts --sslcommerz-url, which is the live gateway")]
    LiveGatewayAsSandbox,
    /// Credentials would travel in the clear.
    #[error("--sslcommerz-url {0} is not https: the store's password would travel in the clear")]
    InsecureGateway(Url),
    /// Time between two looks would be lost.
    #[error("--reach-seconds {reach} is less than --tick-seconds {tick}: time between two looks would never be billed")]
    ReachBelowTick {
        /// How far a look speaks.
        reach: u32,
        /// How often one looks.
        tick: u32,
    },
    /// A number that makes no sense.
    #[error("{0} must be at least 1")]
    Zero(&'static str),
    /// Bringing the schema up to date needs one to take its turn, and one to work.
    #[error("--database-connections must be at least 2")]
    TooFewConnections,
    /// Payers would be sent back to their own machine.
    #[error(
        "--public-url {0} is this machine, but the gateway is the live one: payers and their notices would not find it"
    )]
    LiveGatewayAtHome(Url),
    /// No such way to speak to a mail server.
    #[error("--smtp-url {0} must be smtp:// or smtps:// with a host, and nothing but a port")]
    SmtpUrl(Url),
    /// A flag that contradicts the address.
    #[error("--smtp-plain contradicts --smtp-url {0}, which is TLS")]
    PlainTls(Url),
    /// The mail server's password would travel in the clear.
    #[error("--smtp-plain with --smtp-user: the password would travel in the clear")]
    PlainPassword,
    /// An address with more than scheme, host and port.
    #[error("{0} must be a bare http or https address without a path")]
    NotBare(&'static str),
}

/// Refuses what is unsafe or contradicts itself.
pub fn check(args: &ServeArgs) -> Result<(), ConfigError> {
    let public = &args.public_url;
    if public.scheme() != "https" && !is_this_machine(public) {
        return Err(ConfigError::InsecurePublicUrl(public.clone()));
    }
    let bare = [
        ("--public-url", public),
        ("--panel-base-url", &args.host.panel_base_url),
        ("--sslcommerz-url", &args.gateway.sslcommerz_url),
    ];
    let server = args.host.odoo_url.as_ref().map(|url| ("--odoo-url", url));
    for (flag, url) in bare.into_iter().chain(server) {
        let plain = matches!(url.scheme(), "http" | "https") && url.has_host();
        if !plain || url.path() != "/" || url.query().is_some() || !url.username().is_empty() {
            return Err(ConfigError::NotBare(flag));
        }
    }
    check_gateway(args)?;
    check_mail(&args.mail)?;
    let (tick, reach) = (args.tick_seconds, args.reach_seconds);
    if tick == 0 {
        return Err(ConfigError::Zero("--tick-seconds"));
    }
    if reach < tick {
        return Err(ConfigError::ReachBelowTick { reach, tick });
    }
    if args.database.database_connections < 2 {
        return Err(ConfigError::TooFewConnections);
    }
    Ok(())
}

fn check_mail(args: &MailArgs) -> Result<(), ConfigError> {
    let Some(url) = &args.smtp_url else { return Ok(()) };
    let known = matches!(url.scheme(), "smtp" | "smtps") && url.host_str().is_some_and(|host| !host.is_empty());
    // A password belongs into its file.
    let bare = url.username().is_empty() && url.password().is_none() && matches!(url.path(), "" | "/");
    if !known || !bare || url.query().is_some() || url.fragment().is_some() {
        let mut shown = url.clone();
        let _ = shown.set_password(None);
        return Err(ConfigError::SmtpUrl(shown));
    }
    if args.smtp_plain && url.scheme() == "smtps" {
        return Err(ConfigError::PlainTls(url.clone()));
    }
    if args.smtp_plain && args.smtp_user.is_some() && !is_this_machine(url) {
        return Err(ConfigError::PlainPassword);
    }
    Ok(())
}

fn check_gateway(args: &ServeArgs) -> Result<(), ConfigError> {
    let url = &args.gateway.sslcommerz_url;
    let live = url.host_str() == Some("securepay.sslcommerz.com");
    if url.scheme() != "https" && !is_this_machine(url) {
        return Err(ConfigError::InsecureGateway(url.clone()));
    }
    match (live, args.gateway.allow_sandbox_gateway) {
        (true, true) => Err(ConfigError::LiveGatewayAsSandbox),
        (false, false) => Err(ConfigError::SandboxGateway(url.clone())),
        (true, false) if is_this_machine(&args.public_url) => {
            Err(ConfigError::LiveGatewayAtHome(args.public_url.clone()))
        }
        (true, false) | (false, true) => Ok(()),
    }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        // Of schemes that browsers do not know, an address is a name.
        Some(Host::Domain(name)) => {
            let is_loopback = name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
            name == "localhost" || name.ends_with(".localhost") || is_loopback
        }
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Cli, Command};
    use clap::Parser as _;

    fn verdict(flags: &[&str]) -> Result<(), ConfigError> {
        let least = [
            "hourglass",
            "serve",
            "--odoo-url=http://127.0.0.1:8069",
            "--sslcommerz-store-id=store",
            "--sslcommerz-store-passwd-file=passwd",
        ];
        let defaults = ["--panel-base-url=https://example.com", "--public-url=https://pay.example.com"];
        let own = |flag: &&&str| !flags.iter().any(|f| f.split('=').next() == flag.split('=').next());
        let words = least.iter().chain(defaults.iter().filter(own)).chain(flags);
        match Cli::try_parse_from(words).unwrap().command {
            Command::Serve(args) => check(&args),
            other => panic!("parsed as {other:?}"),
        }
    }

    // Harm prevented: a deployment that gives panels away for sandbox money, or sends passwords in the clear.
    #[test]
    fn unsafe_and_contradictory_settings_are_refused_by_name() {
        assert_eq!(verdict(&[]), Ok(()));
        assert!(matches!(verdict(&["--public-url=http://pay.example.com"]), Err(ConfigError::InsecurePublicUrl(_))));
        let home = "--public-url=http://localhost:8080";
        assert!(matches!(verdict(&[home]), Err(ConfigError::LiveGatewayAtHome(_))));
        assert_eq!(verdict(&["--database-connections=1"]), Err(ConfigError::TooFewConnections));
        let sandbox = "--sslcommerz-url=https://sandbox.sslcommerz.com";
        assert!(matches!(verdict(&[sandbox]), Err(ConfigError::SandboxGateway(_))));
        assert_eq!(verdict(&[sandbox, "--allow-sandbox-gateway"]), Ok(()));
        assert_eq!(verdict(&["--allow-sandbox-gateway"]), Err(ConfigError::LiveGatewayAsSandbox));
        let clear = "--sslcommerz-url=http://securepay.sslcommerz.com";
        assert!(matches!(verdict(&[clear]), Err(ConfigError::InsecureGateway(_))));
        assert_eq!(verdict(&["--tick-seconds=0"]), Err(ConfigError::Zero("--tick-seconds")));
        let short = ["--tick-seconds=60", "--reach-seconds=59"];
        assert_eq!(verdict(&short), Err(ConfigError::ReachBelowTick { reach: 59, tick: 60 }));
        let from = "--mail-from=Hourglass <post@example.com>";
        assert_eq!(verdict(&["--smtp-url=smtps://mail.example.com", from]), Ok(()));
        assert_eq!(verdict(&["--smtp-url=smtp://mail:25", "--smtp-plain", from]), Ok(()));
        for odd in
            ["https://mail.example.com", "smtp://a:b@mail.example.com", "smtps://mail.example.com/x", "smtp:mail"]
        {
            let refused = verdict(&[&format!("--smtp-url={odd}"), from]);
            assert!(
                matches!(&refused, Err(ConfigError::SmtpUrl(shown)) if shown.password().is_none()),
                "{odd}: {refused:?}"
            );
        }
        let tls = verdict(&["--smtp-url=smtps://mail.example.com", "--smtp-plain", from]);
        assert!(matches!(tls, Err(ConfigError::PlainTls(_))));
        let clear =
            ["--smtp-url=smtp://mail.example.com", "--smtp-plain", "--smtp-user=u", "--smtp-password-file=f", from];
        assert_eq!(verdict(&clear), Err(ConfigError::PlainPassword));
        assert_eq!(verdict(&["--panel-base-url=https://example.com/x"]), Err(ConfigError::NotBare("--panel-base-url")));
    }
}
