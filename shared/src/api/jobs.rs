//! Work at a host that takes several steps: setting a panel up, copying it, restoring it, removing it.

use crate::ids::{BackupId, JobId, TenantId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum JobKind {
    /// A new panel is set up.
    SetUp,
    /// A copy of it is kept.
    BackUp,
    /// It is put back to a copy.
    Restore,
    /// A last copy is kept, and it is taken from its server.
    Remove,
}

/// One step. Each can be done again after a crash, and comes out the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum JobStep {
    /// A server with room is chosen.
    Place,
    /// A database is made from the template, beside everything else, and its owner's way in is tried.
    Build,
    /// The copy is read back into a database beside the panel.
    Load,
    /// What was read back is opened, seen up, and closed again: nothing makes way for a copy that does not come up.
    Try,
    /// The database takes the panel's name.
    Name,
    /// The database that has the panel's name makes way.
    SetAside,
    /// The panel is opened, and seen up.
    Open,
    /// The database that made way is dropped. One that was there before it was a panel stays beside it, closed.
    DropOld,
    /// Everything is written to a file, and that is kept.
    Copy,
    /// The database and its files are dropped.
    Drop,
}

impl JobKind {
    /// The word on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SetUp => "set_up",
            Self::BackUp => "back_up",
            Self::Restore => "restore",
            Self::Remove => "remove",
        }
    }

    /// Its steps, in order.
    #[must_use]
    pub const fn steps(self) -> &'static [JobStep] {
        match self {
            Self::SetUp => &[JobStep::Place, JobStep::Build, JobStep::Name, JobStep::Open],
            Self::BackUp => &[JobStep::Copy],
            Self::Restore => &[
                JobStep::Copy,
                JobStep::Load,
                JobStep::Try,
                JobStep::SetAside,
                JobStep::Name,
                JobStep::Open,
                JobStep::DropOld,
            ],
            Self::Remove => &[JobStep::Copy, JobStep::Drop],
        }
    }
}

/// How a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum JobState {
    /// It is under way, or waits for its next try.
    Running,
    /// It is done.
    Done,
    /// It was given up; `trouble` says why. What was begun is taken back; until that is done, `finished_at` is `null`.
    Failed,
}

/// What is in a job's way, for people who cannot mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum JobTrouble {
    /// No server has room for another panel.
    NoRoom,
    /// Something else at the server has the panel's name.
    NameTaken,
    /// The panel was opened, and is not up yet.
    NotUp,
    /// The panel's server, or the place where copies are kept, does not answer.
    HostSilent,
    /// The panel's server says that it cannot be done.
    HostRefused,
    /// The copy is not what was kept.
    CopySpoilt,
    /// The copy is not there any more.
    CopyGone,
    /// It took longer than anybody waits.
    TooLate,
    /// A fault of our own.
    Internal,
}

impl JobTrouble {
    /// The word on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoRoom => "no_room",
            Self::NameTaken => "name_taken",
            Self::NotUp => "not_up",
            Self::HostSilent => "host_silent",
            Self::HostRefused => "host_refused",
            Self::CopySpoilt => "copy_spoilt",
            Self::CopyGone => "copy_gone",
            Self::TooLate => "too_late",
            Self::Internal => "internal",
        }
    }
}

/// A job as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobView {
    /// Its id.
    pub id: JobId,
    /// At which panel.
    pub tenant_id: TenantId,
    /// What is done.
    pub kind: JobKind,
    /// How it stands.
    pub state: JobState,
    /// The step at hand; `null` once it is over.
    pub step: Option<JobStep>,
    /// How many of its steps are done, in percent.
    pub progress_percent: u8,
    /// How often the step at hand was tried.
    pub tries: u32,
    /// What went wrong at the last try; `null` if nothing did.
    pub trouble: Option<JobTrouble>,
    /// The same in the words of whoever said so; for operators only.
    pub trouble_words: Option<String>,
    /// The copy that it makes or reads.
    pub backup_id: Option<BackupId>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it was over.
    pub finished_at: Option<Timestamp>,
}

/// A page of jobs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobPage {
    /// At most `limit` jobs, newest first.
    pub items: Vec<JobView>,
    /// Pass as `cursor` to get the next page; `null` on the last.
    pub next_cursor: Option<String>,
}

/// Why a copy was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BackupKind {
    /// Somebody asked.
    Asked,
    /// The night's.
    Nightly,
    /// What the panel held before it was put back to an older copy.
    BeforeRestore,
    /// The last one, before the panel was removed.
    Last,
}

/// A kept copy of a panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BackupView {
    /// Its id.
    pub id: BackupId,
    /// Of which panel.
    pub tenant_id: TenantId,
    /// That panel's subdomain; of a removed one, what it was.
    pub subdomain: String,
    /// Why it was made.
    pub kind: BackupKind,
    /// The instant that it shows.
    pub at: Timestamp,
    /// How large it is.
    pub bytes: i64,
    /// The SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// It is deleted after this instant.
    pub keep_until: Timestamp,
    /// So many files that the panel's own records name were not at its server, and so are not in the copy; `null` if the server
    /// does not say.
    pub missing_files: Option<u32>,
}

/// A page of copies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BackupPage {
    /// At most `limit` copies, newest first.
    pub items: Vec<BackupView>,
    /// Pass as `cursor` to get the next page; `null` on the last.
    pub next_cursor: Option<String>,
}
