//! Dumps on their way between the server's pages and a file of ours: piece by piece, however large. The format is the server's own: a zip of
//! `manifest.json`, `dump.sql` and `filestore/`.

use std::io;
use std::path::Path;

use reqwest::multipart::{Form, Part};
use reqwest::{Response, StatusCode};
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _};

use super::driver::Site;
use super::line::{Patience, is_page, piece, send};
use super::names::Name;
use super::verbs::Told;
use super::web_db::verdict;
use crate::port::Unknown;

/// What came of asking a page.
pub(super) enum Carried {
    /// It answered.
    Told(Told),
    /// It is not there, or not for us.
    NoSuchPage,
}

/// A zip begins so.
const BEGINNING: &[u8] = b"PK\x03\x04";
/// And says so where its list of files ends, within its last 64 KiB.
const END: &[u8] = b"PK\x05\x06";
const END_WITHIN: u64 = (64 << 10) + 22;

/// Asks for a dump, and writes it to a new file.
pub(super) async fn backup(site: &Site, master: &str, name: &Name, into: &Path) -> Result<Carried, Unknown> {
    let request = site.line.post(&site.access.url, "/web/database/backup", Patience::Carry);
    // In the panel's own name: the page gives away only what this host name may see.
    let request = site.line.named(request, name.as_str());
    let request = request.form(&[("master_pwd", master), ("name", name.as_str()), ("backup_format", "zip")]);
    let response = send(request).await?;
    match response.status() {
        StatusCode::OK if is_page(response.headers()) => {
            Ok(Carried::Told(Told::No("dumping the database: the server's page says that it failed".into())))
        }
        StatusCode::OK => receive(response, into).await.map(Carried::Told),
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Ok(Carried::NoSuchPage),
        // A page that leads elsewhere has brought nothing.
        status => match verdict(status, "dumping the database")? {
            Told::Done => Err(Unknown::new("the server led elsewhere instead of dumping")),
            no @ Told::No(_) => Ok(Carried::Told(no)),
        },
    }
}

async fn receive(mut response: Response, into: &Path) -> Result<Told, Unknown> {
    let Ok(mut file) = File::create_new(into).await else {
        return Ok(Told::No("the dump's file cannot be made, or is there already".into()));
    };
    let mut written: io::Result<()> = Ok(());
    let mut silence = None;
    while written.is_ok() {
        match piece(&mut response).await {
            Ok(Some(bytes)) => written = file.write_all(&bytes).await,
            Ok(None) => break,
            Err(unknown) => {
                silence = Some(unknown);
                break;
            }
        }
    }
    let verdict = match (silence, written) {
        (Some(unknown), _) => Err(unknown),
        (None, Err(_)) => Ok(Told::No("the dump's file cannot be written".into())),
        (None, Ok(())) => finish(file).await,
    };
    clear_unless_done(verdict, into).await
}

async fn finish(mut file: File) -> Result<Told, Unknown> {
    let whole = async {
        file.flush().await?;
        file.sync_all().await?;
        drop(file);
        io::Result::Ok(())
    };
    match whole.await {
        Ok(()) => Ok(Told::Done),
        Err(_) => Ok(Told::No("the dump's file cannot be written".into())),
    }
}

async fn clear_unless_done(verdict: Result<Told, Unknown>, into: &Path) -> Result<Told, Unknown> {
    let verdict = match verdict {
        Ok(Told::Done) if !is_whole(into).await => Err(Unknown::new("the server's dump is not whole")),
        verdict => verdict,
    };
    if !matches!(verdict, Ok(Told::Done)) {
        let _ = tokio::fs::remove_file(into).await;
    }
    verdict
}

/// Whether a file is a zip from its beginning to its end: what broke off has no list of files.
async fn is_whole(path: &Path) -> bool {
    let look = async {
        let mut file = File::open(path).await?;
        let mut beginning = [0; 4];
        file.read_exact(&mut beginning).await?;
        let length = file.metadata().await?.len();
        file.seek(io::SeekFrom::Start(length.saturating_sub(END_WITHIN))).await?;
        let mut end = Vec::new();
        file.read_to_end(&mut end).await?;
        io::Result::Ok(beginning == BEGINNING && end.windows(END.len()).any(|window| window == END))
    };
    look.await.unwrap_or(false)
}

/// Writes a dump that came whole to a new file.
pub(super) async fn keep(bytes: &[u8], into: &Path) -> Result<Told, Unknown> {
    let Ok(mut file) = File::create_new(into).await else {
        return Ok(Told::No("the dump's file cannot be made, or is there already".into()));
    };
    let verdict = match file.write_all(bytes).await {
        Ok(()) => finish(file).await,
        Err(_) => Ok(Told::No("the dump's file cannot be written".into())),
    };
    clear_unless_done(verdict, into).await
}

/// Sends a dump to the page that makes a database of it.
pub(super) async fn restore(site: &Site, master: &str, name: &Name, from: &Path) -> Result<Carried, Unknown> {
    if !is_whole(from).await {
        let why = "the file is not a dump that the server's own manager has written, or not the whole of it";
        return Ok(Carried::Told(Told::No(why.into())));
    }
    let Ok(file) = Part::file(from).await else {
        return Ok(Carried::Told(Told::No("the dump's file cannot be read".into())));
    };
    let form = Form::new()
        .text("master_pwd", master.to_owned())
        .text("name", name.as_str().to_owned())
        // Not a copy: the panel stays who it was.
        .text("copy", "false")
        .part("backup_file", file.file_name("dump.zip"));
    let request = site.line.post(&site.access.url, "/web/database/restore", Patience::Carry).multipart(form);
    match send(request).await?.status() {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Ok(Carried::NoSuchPage),
        status => verdict(status, "restoring the database").map(Carried::Told),
    }
}
