//! Where copies of panels are kept, by flags and by the environment. Opens no folder and speaks to no store.

use clap::Args;
use std::path::PathBuf;
use url::Url;

/// Where copies of panels are kept: in a folder, or in a bucket of a store that speaks S3.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Copies")]
pub struct CopiesArgs {
    /// The folder. With a bucket only what is on its way stands here.
    #[arg(long, env = "HOURGLASS_COPIES_FOLDER", default_value = "copies")]
    pub copies_folder: PathBuf,
    /// Where the store listens: https://s3.ap-southeast-1.amazonaws.com
    #[arg(long, env = "HOURGLASS_COPIES_S3_ENDPOINT", requires = "copies_s3_bucket")]
    pub copies_s3_endpoint: Option<Url>,
    /// The bucket; it is there already.
    #[arg(long, env = "HOURGLASS_COPIES_S3_BUCKET", requires_all = ["copies_s3_endpoint", "copies_s3_key_id", "copies_s3_secret_file"])]
    pub copies_s3_bucket: Option<String>,
    /// The region that requests are signed for.
    #[arg(long, env = "HOURGLASS_COPIES_S3_REGION", default_value = "us-east-1")]
    pub copies_s3_region: String,
    /// The id of the key.
    #[arg(long, env = "HOURGLASS_COPIES_S3_KEY_ID")]
    pub copies_s3_key_id: Option<String>,
    /// The file that holds the key's secret.
    #[arg(long, env = "HOURGLASS_COPIES_S3_SECRET_FILE")]
    pub copies_s3_secret_file: Option<PathBuf>,
    /// For how many days copies are kept, the night's and those that somebody asked for.
    #[arg(long, env = "HOURGLASS_COPIES_KEEP_DAYS", default_value_t = 14)]
    pub copies_keep_days: u32,
    /// For how many days the last copy of a removed panel is kept.
    #[arg(long, env = "HOURGLASS_RETENTION_DAYS", default_value_t = 30)]
    pub retention_days: u32,
}
