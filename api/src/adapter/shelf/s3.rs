//! A store that speaks S3. Copies go there in parts, so that neither end holds one in memory as a whole, and nothing is kept there
//! under a copy's name before its last part has come.

use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use instant_xml::FromXml;
use reqwest::header::{CONTENT_LENGTH, ETAG};
use reqwest::{Client, Response, StatusCode};
use rusty_s3::actions::{CreateMultipartUpload, S3Action as _};
use rusty_s3::{Bucket, Credentials, UrlStyle};
use shared::ids::BackupId;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use url::Url;

use super::checksum::kept;
use super::scratch;
use crate::port::Unknown;
use crate::port::shelf::{FetchError, Kept, Shelf};

/// S3 takes parts of 5 MB to 5 GB, and 10,000 of them.
const PART_BYTES_MIN: i64 = 16 << 20;
const PARTS_MAX: i64 = 9_000;
/// A signed address is good for so long: for one part over a slow line.
const GOOD: Duration = Duration::from_secs(3_600);

const XML: &str = "http://s3.amazonaws.com/doc/2006-03-01/";

/// The uploads that were begun and neither completed nor aborted; of a thousand of them at most.
#[derive(FromXml)]
#[xml(rename = "ListMultipartUploadsResult", ns(XML))]
struct Uploads {
    all: Vec<Upload>,
}

#[derive(FromXml)]
#[xml(rename = "Upload", ns(XML))]
struct Upload {
    #[xml(rename = "Key")]
    key: String,
    #[xml(rename = "UploadId")]
    id: String,
}

/// Which store, and how it knows us.
#[derive(Clone)]
pub struct S3Config {
    /// Where it listens: `https://s3.ap-southeast-1.amazonaws.com`.
    pub endpoint: Url,
    /// The bucket; it is there already.
    pub bucket: String,
    /// The region that requests are signed for.
    pub region: String,
    /// The key's id. It may get, put and delete objects, and list and abort the bucket's uploads: without these two what a process
    /// leaves that dies half way is not cleared up, and a deletion is not confirmed.
    pub key_id: String,
    /// The key's secret.
    pub secret: String,
}

/// Keeps each copy as one object of a bucket.
pub struct S3Shelf {
    client: Client,
    bucket: Bucket,
    credentials: Credentials,
    scratch: PathBuf,
}

/// Why no shelf could be set up.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The address is none of a store.
    #[error("the address of the S3 store: {0}")]
    Address(String),
    /// No HTTP client could be built; TLS is not available.
    #[error("no HTTP client for the S3 store")]
    Client(#[from] reqwest::Error),
}

impl S3Shelf {
    /// Prepares; connects to nothing. What is on its way stands in `scratch`.
    pub fn new(config: S3Config, scratch: PathBuf) -> Result<Self, SetupError> {
        let client = Client::builder().connect_timeout(Duration::from_secs(10)).read_timeout(GOOD).build()?;
        let bucket = Bucket::new(config.endpoint, UrlStyle::Path, config.bucket, config.region)
            .map_err(|error| SetupError::Address(error.to_string()))?;
        Ok(Self { client, bucket, credentials: Credentials::new(config.key_id, config.secret), scratch })
    }

    fn who(&self) -> Option<&Credentials> {
        Some(&self.credentials)
    }

    async fn send_parts(&self, name: &str, upload: &str, from: &Path, whole: &Kept) -> Result<Vec<String>, Unknown> {
        let part_bytes = u64::try_from((whole.bytes / PARTS_MAX).max(PART_BYTES_MIN)).unwrap_or(u64::MAX);
        let mut file = tokio::fs::File::open(from).await.map_err(read_failed)?;
        let mut tags = Vec::new();
        for number in 1_u16.. {
            let mut part = Vec::new();
            (&mut file).take(part_bytes).read_to_end(&mut part).await.map_err(read_failed)?;
            if part.is_empty() && number > 1 {
                break;
            }
            let address = self.bucket.upload_part(self.who(), name, number, upload).sign(GOOD);
            let answer = good(self.client.put(address).body(part).send().await)?;
            let tag = answer.headers().get(ETAG).and_then(|tag| tag.to_str().ok());
            tags.push(tag.ok_or_else(|| Unknown::new("the S3 store named no tag of a part"))?.to_owned());
        }
        Ok(tags)
    }

    /// Aborts whatever was begun under this very name: by a process that died, since one at a time is at a copy. What has come of it is
    /// paid for, and never seen.
    async fn abort_all(&self, name: &str) -> Result<(), Unknown> {
        // No object has the empty name: this asks the bucket itself.
        let mut list = self.bucket.get_object(self.who(), "");
        list.query_mut().insert("prefix", name);
        list.query_mut().insert("uploads", "");
        let told = text(good(self.client.get(list.sign(GOOD)).send().await)?).await?;
        let told: Uploads = instant_xml::from_str(&told)
            .map_err(|_| Unknown::new("the S3 store answered something else than a list of uploads"))?;
        for begun in told.all.iter().filter(|it| it.key == name) {
            self.abort(name, &begun.id).await?;
        }
        Ok(())
    }

    async fn abort(&self, name: &str, upload: &str) -> Result<(), Unknown> {
        let address = self.bucket.abort_multipart_upload(self.who(), name, upload).sign(GOOD);
        let answer = self.client.delete(address).send().await.map_err(|error| no_answer(&error))?;
        // It is over already.
        if answer.status() == StatusCode::NOT_FOUND { Ok(()) } else { good(Ok(answer)).map(drop) }
    }

    async fn size(&self, name: &str) -> Result<Option<i64>, Unknown> {
        let address = self.bucket.head_object(self.who(), name).sign(GOOD);
        let answer = self.client.head(address).send().await.map_err(|error| no_answer(&error))?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        let answer = good(Ok(answer))?;
        let length = answer.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        Ok(length.and_then(|length| length.parse().ok()))
    }

    async fn receive(&self, name: &str, into: &Path) -> Result<bool, Unknown> {
        let address = self.bucket.get_object(self.who(), name).sign(GOOD);
        let answer = self.client.get(address).send().await.map_err(|error| no_answer(&error))?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Ok(false);
        }
        let mut answer = good(Ok(answer))?;
        let mut file = tokio::fs::File::create(into).await.map_err(read_failed)?;
        while let Some(piece) = answer.chunk().await.map_err(|error| no_answer(&error))? {
            file.write_all(&piece).await.map_err(read_failed)?;
        }
        file.flush().await.map_err(read_failed)?;
        Ok(true)
    }
}

#[async_trait]
impl Shelf for S3Shelf {
    async fn clear(&self, id: BackupId) -> Result<PathBuf, Unknown> {
        scratch::clear(&self.scratch, id).await
    }

    async fn put(&self, id: BackupId, from: &Path) -> Result<Kept, Unknown> {
        let (name, whole) = (id.to_string(), kept(from).await?);
        // A store that does not let us see to that may still keep copies.
        if let Err(unknown) = self.abort_all(&name).await {
            tracing::warn!(copy = name, %unknown, "what an earlier try may have left on the shelf was not cleared up");
        }
        let address = self.bucket.create_multipart_upload(self.who(), &name).sign(GOOD);
        let begun = text(good(self.client.post(address).send().await)?).await?;
        let begun = CreateMultipartUpload::parse_response(&begun)
            .map_err(|_| Unknown::new("the S3 store answered something else than the beginning of an upload"))?;
        let upload = begun.upload_id();
        let sent = self.send_parts(&name, upload, from, &whole).await;
        let tags = match sent {
            Ok(tags) => tags,
            Err(unknown) => {
                // Otherwise what has come so far is paid for, and never seen.
                let _ = self.abort(&name, upload).await;
                return Err(unknown);
            }
        };
        let complete =
            self.bucket.complete_multipart_upload(self.who(), &name, upload, tags.iter().map(String::as_str));
        let address = complete.sign(GOOD);
        // The answer's body may still say that it failed: what is there is asked for.
        drop(text(good(self.client.post(address).body(complete.body()).send().await)?).await?);
        if self.size(&name).await? == Some(whole.bytes) {
            Ok(whole)
        } else {
            Err(Unknown::new("the S3 store did not keep the copy as a whole"))
        }
    }

    async fn fetch(&self, id: BackupId, what: &Kept, into: &Path) -> Result<(), FetchError> {
        if !self.receive(&id.to_string(), into).await? {
            return Err(FetchError::Gone);
        }
        if kept(into).await? == *what {
            Ok(())
        } else {
            Err(FetchError::Spoilt("The copy is not what was kept: its checksum differs.".to_owned()))
        }
    }

    async fn delete(&self, id: BackupId) -> Result<(), Unknown> {
        let name = id.to_string();
        let address = self.bucket.delete_object(self.who(), &name).sign(GOOD);
        good(self.client.delete(address).send().await)?;
        self.abort_all(&name).await?;
        match self.size(&name).await? {
            None => Ok(()),
            Some(_) => Err(Unknown::new("the S3 store still has the copy")),
        }
    }
}

/// An answer that says that it was done. Addresses are signed, so no error names one.
fn good(answer: Result<Response, reqwest::Error>) -> Result<Response, Unknown> {
    let answer = answer.map_err(|error| no_answer(&error))?;
    let status = answer.status();
    if status.is_success() { Ok(answer) } else { Err(Unknown::new(format!("the S3 store answered {status}"))) }
}

async fn text(answer: Response) -> Result<String, Unknown> {
    answer.text().await.map_err(|error| no_answer(&error))
}

fn no_answer(error: &reqwest::Error) -> Unknown {
    let how = if error.is_timeout() { "too late" } else { "not" };
    Unknown::new(format!("the S3 store answered {how}"))
}

#[expect(clippy::needless_pass_by_value)] // As `map_err` gives it.
fn read_failed(error: std::io::Error) -> Unknown {
    Unknown::new(format!("a copy on its way: {error}"))
}
