//! The worlds of the shelves: a folder, and moto's S3 from PyPI as a process of its own.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use hourglass::adapter::shelf::{FolderShelf, S3Config, S3Shelf};
use hourglass::port::shelf::Shelf as _;
use reqwest::{Client, Method};
use shared::ids::BackupId;
use tempfile::TempDir;

use crate::sandbox_sdks::python;
use crate::shelf::World;

/// What marks the folder of the copies.
const MARK: &str = "hourglass-copies";

/// A folder of this machine.
pub(crate) struct Folder {
    shelf: FolderShelf,
    folder: TempDir,
}

impl World for Folder {
    type Shelf = FolderShelf;

    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let shelf = FolderShelf::new(folder.path().join("copies"), folder.path().join("scratch"), true);
        std::fs::create_dir(folder.path().join("copies")).unwrap();
        std::fs::write(folder.path().join("copies").join(MARK), "").unwrap();
        Self { shelf, folder }
    }

    fn shelf(&self) -> &FolderShelf {
        &self.shelf
    }

    fn absent(&self) -> FolderShelf {
        FolderShelf::new(self.folder.path().join("not mounted"), self.folder.path().join("scratch"), true)
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    async fn spoil(&self, id: BackupId, with: &[u8]) {
        std::fs::write(self.folder.path().join("copies").join(id.to_string()), with).unwrap();
    }

    async fn dies_half_way(&self, id: BackupId) {
        std::fs::write(self.folder.path().join("copies").join(format!("{id}.half")), b"ab").unwrap();
    }

    async fn lies_there(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path().join("copies")).unwrap().flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.retain(|name| name != MARK);
        names.sort();
        names
    }
}

const BUCKET: &str = "copies";

/// A store that speaks S3.
pub(crate) struct S3 {
    shelf: S3Shelf,
    folder: TempDir,
    url: String,
    client: Client,
    store: Child,
}

fn shelf_at(url: &str, scratch: PathBuf) -> S3Shelf {
    let config = S3Config {
        endpoint: url.parse().unwrap(),
        bucket: BUCKET.to_owned(),
        region: "us-east-1".to_owned(),
        key_id: "made-up-key".to_owned(),
        secret: "made-up-secret".to_owned(),
    };
    S3Shelf::new(config, scratch).unwrap()
}

impl S3 {
    /// Past the adapter, and unsigned: this store asks nobody who they are.
    async fn told(&self, method: Method, what: &str, body: &[u8]) -> String {
        let address = format!("{}/{BUCKET}{what}", self.url);
        let answer = self.client.request(method, address).body(body.to_owned()).send().await.unwrap();
        assert!(answer.status().is_success(), "{what}: {answer:?}");
        answer.text().await.unwrap()
    }
}

/// What stands between `<name>` and `</name>`, each time.
fn elements(xml: &str, name: &str) -> Vec<String> {
    let (begins, ends) = (format!("<{name}>"), format!("</{name}>"));
    let found = xml.split(&begins).skip(1).filter_map(|rest| rest.split_once(&ends));
    found.map(|(text, _)| text.to_owned()).collect()
}

impl World for S3 {
    type Shelf = S3Shelf;

    async fn new() -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("sdk/s3_store.py");
        let mut command = Command::new(python());
        // It ends with its input: whoever started it may die as they like.
        command.arg("-B").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut store = command.spawn().unwrap();
        let mut port = String::new();
        BufReader::new(store.stdout.take().unwrap()).read_line(&mut port).unwrap();
        assert!(!port.is_empty(), "the store for copies is missing: run `make setup`");
        let (url, folder) = (format!("http://127.0.0.1:{}", port.trim()), TempDir::new().unwrap());
        let client = Client::builder().no_proxy().build().unwrap();
        let shelf = shelf_at(&url, folder.path().join("scratch"));
        let made = Self { shelf, folder, url, client, store };
        made.told(Method::PUT, "", b"").await;
        made
    }

    fn shelf(&self) -> &S3Shelf {
        &self.shelf
    }

    fn absent(&self) -> S3Shelf {
        // A port that no test is given, and on which nothing listens in practice.
        shelf_at("http://127.0.0.1:1", self.folder.path().join("scratch"))
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    async fn spoil(&self, id: BackupId, with: &[u8]) {
        // Nobody but us may write over what is ours.
        let other = self.folder.path().join("other");
        std::fs::write(&other, with).unwrap();
        self.shelf.put(id, &other).await.unwrap();
    }

    async fn dies_half_way(&self, id: BackupId) {
        let begun = self.told(Method::POST, &format!("/{id}?uploads"), b"").await;
        let upload = elements(&begun, "UploadId").pop().unwrap();
        self.told(Method::PUT, &format!("/{id}?partNumber=1&uploadId={upload}"), b"ab").await;
    }

    async fn lies_there(&self) -> Vec<String> {
        let mut names = elements(&self.told(Method::GET, "?list-type=2", b"").await, "Key");
        names.extend(
            elements(&self.told(Method::GET, "?uploads", b"").await, "Key").iter().map(|it| format!("{it} half")),
        );
        names.sort();
        names
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        let _ = self.store.kill();
        let _ = self.store.wait();
    }
}
