//! The words of the command line, and the set-ups they make. Opens no socket.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::NaiveDateTime;
use clap::{Args, Parser, Subcommand, ValueEnum};
use sandbox::gateway::{Clock, Faults, GatewayConfig, IpnOrder, Mode, Reuse};
use sandbox::odoo::{Kind, OdooOptions};

/// Bangladesh: UTC+6, no daylight saving.
const DHAKA_SECONDS: i64 = 6 * 3_600;

/// A local SSLCommerz, a local Odoo or a local mailbox, faithful on the wire. No real money, no real data.
#[derive(Parser)]
#[command(name = "hourglass-sandbox", version)]
pub(crate) struct Options {
    #[command(subcommand)]
    pub(crate) what: What,
}

/// What is played.
#[derive(Subcommand)]
pub(crate) enum What {
    /// The payment gateway SSLCommerz v4 with one store; its control page is at /sandbox/.
    Sslcommerz(Box<SslcommerzOptions>),
    /// A server of Odoo panels, 16 to 20; its control page is at /sandbox/.
    Odoo(OdooWords),
    /// A mail server that keeps every letter, and pages to read them.
    Mail(MailWords),
}

/// The mailbox's.
#[derive(Args)]
pub(crate) struct MailWords {
    /// Where letters are read.
    #[arg(long, default_value = "127.0.0.1:4030")]
    pub(crate) listen: SocketAddr,
    /// Where letters are taken.
    #[arg(long, default_value = "127.0.0.1:4025")]
    pub(crate) smtp_listen: SocketAddr,
}

/// The gateway's.
#[derive(Args)]
pub(crate) struct SslcommerzOptions {
    /// Where it listens.
    #[arg(long, default_value = "127.0.0.1:4010")]
    pub(crate) listen: SocketAddr,
    /// Under which address browsers and shops reach it, if not where it listens.
    #[arg(long)]
    public_url: Option<String>,
    /// The store's API id.
    #[arg(long, default_value = "testbox")]
    store_id: String,
    /// The store's API password; a made-up one, since nothing here is real.
    #[arg(long, default_value = "qwerty")]
    store_passwd: String,
    /// The shop's name as the payer reads it.
    #[arg(long, default_value = "Sandbox store")]
    store_name: String,
    /// The documented limits, or what the real sandbox was seen to let through.
    #[arg(long, value_enum, default_value = "documented")]
    mode: ModeWord,
    /// May a tran_id be used again?
    #[arg(long, value_enum, default_value = "never")]
    reuse: ReuseWord,
    /// After how many seconds a page can no longer be paid.
    #[arg(long, default_value_t = 1_800, value_parser = clap::value_parser!(i64).range(1..))]
    session_seconds: i64,
    /// When notices go out, compared with the payer's return.
    #[arg(long, value_enum, default_value = "before")]
    ipn: IpnWord,
    /// How often one notice is tried until it is answered with 2xx.
    #[arg(long, default_value_t = 3)]
    ipn_tries: u32,
    /// How many milliseconds pass before the second try, doubled for each further one; 0 is at once.
    #[arg(long, default_value_t = 0)]
    ipn_backoff_ms: u64,
    /// How many milliseconds after the payer's return a late notice goes out.
    #[arg(long, default_value_t = 2_000)]
    ipn_delay_ms: u64,
    /// How many at once a concurrent notice is.
    #[arg(long, default_value_t = 3)]
    ipn_count: u32,
    /// How many questions about a refund are answered `processing` before it is paid back.
    #[arg(long, default_value_t = 1)]
    refund_queries: u32,
    /// Refunds end by the control plane only.
    #[arg(long)]
    refunds_by_hand: bool,
    /// Multipart bodies of session init are refused.
    #[arg(long)]
    refuse_multipart: bool,
    /// Amounts are written without the zeros at their end: 69, 292.5.
    #[arg(long)]
    trimmed_amounts: bool,
    /// The same seed gives the same ids in the same order; taken from the clock if left out.
    #[arg(long)]
    seed: Option<u64>,
    /// `now`, or a time in Dhaka at which the clock stands still: "2026-11-22 12:00:00".
    #[arg(long, default_value = "now")]
    clock: ClockWord,
}

/// The Odoo's.
#[derive(Args)]
pub(crate) struct OdooWords {
    /// Where it listens.
    #[arg(long, default_value = "127.0.0.1:4020")]
    pub(crate) listen: SocketAddr,
    /// A panel that is up from the start; may be given several times.
    #[arg(long = "panel")]
    pub(crate) panels: Vec<String>,
    /// Which Odoo: 16, 17, 18, 19 or 20.
    #[arg(long, default_value_t = 17, value_parser = clap::value_parser!(u8).range(16..=20))]
    version: u8,
    /// The master password; while it is `admin`, the web's database routes take any and keep it.
    #[arg(long, default_value = "admin")]
    master_password: String,
    /// Databases may be neither listed nor managed.
    #[arg(long)]
    no_list_db: bool,
    /// X-Forwarded-Host is not believed.
    #[arg(long)]
    no_proxy_mode: bool,
    /// A PostgreSQL in which each panel is a real database: postgres://role:password@host:port/postgres. The role needs
    /// CREATEDB. In memory if left out.
    #[arg(long)]
    postgres_url: Option<String>,
    /// The folder in which each panel has its folder of files; in memory if left out.
    #[arg(long)]
    filestore: Option<PathBuf>,
}

impl OdooWords {
    /// The set-up that these words mean.
    pub(crate) fn options(&self) -> OdooOptions {
        OdooOptions {
            version: self.version,
            master_password: self.master_password.clone(),
            list_db: !self.no_list_db,
            proxy_mode: !self.no_proxy_mode,
            filestore: self.filestore.clone(),
            kind: self.postgres_url.clone().map_or(Kind::Memory, |url| Kind::Postgres { url }),
            ..OdooOptions::default()
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum ModeWord {
    Documented,
    Observed,
}

#[derive(Clone, Copy, ValueEnum)]
enum ReuseWord {
    Never,
    UntilPaid,
    Always,
}

#[derive(Clone, Copy, ValueEnum)]
enum IpnWord {
    Before,
    After,
    Never,
    Twice,
    Concurrent,
}

/// Which clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ClockWord {
    Now,
    Fixed(i64),
}

impl FromStr for ClockWord {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "now" {
            return Ok(Self::Now);
        }
        let read = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S");
        let at = read.map_err(|error| format!("{error}; expected `now`, or a time like 2026-11-22 12:00:00"))?;
        Ok(Self::Fixed(at.and_utc().timestamp() - DHAKA_SECONDS))
    }
}

impl SslcommerzOptions {
    /// The set-up that these words mean.
    pub(crate) fn config(self) -> GatewayConfig {
        let clock: Clock = match self.clock {
            ClockWord::Now => Arc::new(now),
            ClockWord::Fixed(at) => Arc::new(move || at),
        };
        let seed = self.seed.unwrap_or_else(|| u64::try_from(now()).unwrap_or_default());
        GatewayConfig {
            store_name: self.store_name,
            public_url: self.public_url,
            mode: match self.mode {
                ModeWord::Documented => Mode::Documented,
                ModeWord::Observed => Mode::Observed,
            },
            reuse: match self.reuse {
                ReuseWord::Never => Reuse::Never,
                ReuseWord::UntilPaid => Reuse::UntilPaid,
                ReuseWord::Always => Reuse::Always,
            },
            ipn_order: match self.ipn {
                IpnWord::Before => IpnOrder::Before,
                IpnWord::After => IpnOrder::After,
                IpnWord::Never => IpnOrder::Never,
                IpnWord::Twice => IpnOrder::Twice,
                IpnWord::Concurrent => IpnOrder::Concurrent,
            },
            ipn_tries: self.ipn_tries,
            ipn_backoff: Duration::from_millis(self.ipn_backoff_ms),
            ipn_delay: Duration::from_millis(self.ipn_delay_ms),
            ipn_count: self.ipn_count,
            session_seconds: self.session_seconds,
            refund_queries: Some(self.refund_queries).filter(|_| !self.refunds_by_hand),
            faults: Faults {
                refuse_multipart: self.refuse_multipart,
                trimmed_amounts: self.trimmed_amounts,
                ..Faults::default()
            },
            ..GatewayConfig::new(self.store_id, self.store_passwd, clock, seed)
        }
    }
}

/// Seconds since 1970; 0 on a clock that stands before that.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(words: &[&str]) -> GatewayConfig {
        let all = ["hourglass-sandbox", "sslcommerz"].iter().chain(words);
        let Ok(Options { what: What::Sslcommerz(options) }) = Options::try_parse_from(all) else {
            panic!("not understood: {words:?}")
        };
        options.config()
    }

    // Harm prevented: a rehearsal runs with other rules than its command line says.
    #[test]
    fn the_words_are_the_set_up() {
        let plain = config(&["--seed", "7"]);
        let usual = GatewayConfig::new("testbox", "qwerty", Arc::new(|| 0), 7);
        assert_eq!((plain.mode, plain.reuse, plain.ipn_order), (usual.mode, usual.reuse, usual.ipn_order));
        assert_eq!((plain.ipn_tries, plain.refund_queries), (usual.ipn_tries, usual.refund_queries));
        assert_eq!((plain.seed, plain.faults), (7, Faults::default()));
        let odd = config(&[
            "--mode=observed",
            "--reuse=until-paid",
            "--ipn=concurrent",
            "--ipn-backoff-ms=250",
            "--refunds-by-hand",
            "--refuse-multipart",
            "--trimmed-amounts",
            "--clock=2026-11-22 12:00:00",
            "--public-url=https://pay.example",
        ]);
        assert_eq!((odd.mode, odd.reuse, odd.ipn_order), (Mode::Observed, Reuse::UntilPaid, IpnOrder::Concurrent));
        assert_eq!((odd.ipn_backoff, odd.refund_queries), (Duration::from_millis(250), None));
        assert!(odd.faults.refuse_multipart && odd.faults.trimmed_amounts);
        assert_eq!((odd.clock)(), 1_795_327_200);
        assert_eq!(odd.public_url.as_deref(), Some("https://pay.example"));
    }

    // Harm prevented: a panel server is rehearsed against another version, or open where it was said to be locked.
    #[test]
    fn the_words_of_odoo_are_its_set_up() {
        let read = |words: &[&str]| {
            let all = ["hourglass-sandbox", "odoo"].iter().chain(words);
            match Options::try_parse_from(all).map(|options| options.what) {
                Ok(What::Odoo(words)) => Some(words.options()),
                Ok(What::Sslcommerz(_) | What::Mail(_)) | Err(_) => None,
            }
        };
        let Some(plain) = read(&[]) else { panic!("no set-up without words") };
        assert_eq!((plain.version, plain.list_db, plain.proxy_mode), (17, true, true));
        assert!(matches!(plain.kind, Kind::Memory) && plain.master_password == "admin");
        let Some(odd) = read(&["--version=19", "--no-list-db", "--postgres-url=postgres://a@b/postgres"]) else {
            panic!("not understood")
        };
        assert_eq!((odd.version, odd.list_db), (19, false));
        assert!(matches!(odd.kind, Kind::Postgres { url } if url == "postgres://a@b/postgres"));
        assert!(read(&["--version=15"]).is_none());
    }
}
