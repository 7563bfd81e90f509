//! PostgreSQL's own programs, `pg_dump` and `pg_restore`, as children. What opens the cluster reaches them by their environment: arguments
//! are everybody's to read.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::process::{ExitStatus, Stdio};

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::{Child, Command};

use super::super::driver::refused;
use super::cluster::Cluster;
use crate::port::Unknown;
use crate::port::host::HostError;

/// Of what a program complains about, this much is kept.
const COMPLAINT_BYTES_MAX: usize = 16 << 10;

/// A program at work on a database. It ends with this value.
pub(super) struct Program {
    name: &'static str,
    child: Child,
}

impl Program {
    /// Starts it; what it reads or writes is a pipe.
    pub(super) fn start(
        name: &'static str,
        cluster: &Cluster,
        database: &str,
        arguments: &[String],
        (stdin, stdout): (Stdio, Stdio),
    ) -> Result<Self, HostError> {
        let options = cluster.options();
        let host = options.get_socket().map_or(OsStr::new(options.get_host()), |socket| socket.as_os_str());
        let mut command = Command::new(name);
        command.args(arguments).env("PGHOST", host).env("PGPORT", options.get_port().to_string());
        command.env("PGUSER", options.get_username()).env("PGDATABASE", database).env("PGSSLMODE", "prefer");
        command.env("PGCONNECT_TIMEOUT", cluster.look.as_secs().max(1).to_string()).env("LC_ALL", "C");
        match &cluster.password {
            Some(password) => command.env("PGPASSWORD", password),
            None => command.env_remove("PGPASSWORD"),
        };
        for stray in ["PGSERVICE", "PGOPTIONS", "PGHOSTADDR", "PGPASSFILE"] {
            command.env_remove(stray);
        }
        let child = command.stdin(stdin).stdout(stdout).stderr(Stdio::piped()).kill_on_drop(true).spawn();
        match child {
            Ok(child) => Ok(Self { name, child }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                refused(format!("{name} is not installed beside Hourglass"))
            }
            Err(_) => Err(Unknown::new(format!("{name} cannot be started")).into()),
        }
    }

    /// Its output, for a thread that reads it.
    pub(super) fn output(&mut self) -> io::Result<File> {
        let pipe = self.child.stdout.take().ok_or_else(|| io::Error::other("no output"))?;
        pipe.into_owned_fd().map(File::from)
    }

    /// Its input, for a thread that writes it.
    pub(super) fn input(&mut self) -> io::Result<File> {
        let pipe = self.child.stdin.take().ok_or_else(|| io::Error::other("no input"))?;
        pipe.into_owned_fd().map(File::from)
    }

    /// Waits for its end. Only a program that is content has done its work.
    pub(super) async fn end(mut self) -> Result<(), HostError> {
        let mut complaint = Vec::new();
        if let Some(stderr) = self.child.stderr.take() {
            complaint = drained(stderr).await;
        }
        match self.child.wait().await {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(complaint_of(self.name, status, &complaint)),
            Err(_) => Err(Unknown::new(format!("{}: its end was not seen", self.name)).into()),
        }
    }
}

/// Reads to the end, so that the program never waits for us; keeps the beginning.
async fn drained(mut stderr: impl AsyncRead + Unpin) -> Vec<u8> {
    let (mut kept, mut piece) = (Vec::new(), vec![0; 4096]);
    while let Ok(read @ 1..) = stderr.read(&mut piece).await {
        let room = COMPLAINT_BYTES_MAX.saturating_sub(kept.len());
        kept.extend_from_slice(&piece[..read.min(room)]);
    }
    kept
}

/// What a program's failure means, by its first complaint.
fn complaint_of(name: &str, status: ExitStatus, complaint: &[u8]) -> HostError {
    let text = String::from_utf8_lossy(complaint);
    let first: String =
        text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().chars().take(200).collect();
    // A program that is older than the server will not become younger.
    if text.contains("server version mismatch") {
        return HostError::Refused(format!("{name} is older than the database server"));
    }
    Unknown::new(format!("{name} failed ({}): {first}", status.code().unwrap_or(-1))).into()
}
