//! Stories about plans: what is sold, and in which version. A draft is edited until it is published; then it is frozen.

pub mod archive;
mod audit;
pub mod create;
pub mod draft;
pub mod edit;
pub mod list;
pub mod move_tenants;
pub mod plan;
pub mod publish;

use super::FlowError;
use shared::api::plans::{PlanDetail, PlanVersionView, VersionStatus};
use shared::billing::terms::Terms;

/// Why a plan does not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanRefusal {
    /// There is a draft already.
    #[error("the plan has a draft already")]
    DraftExists,
    /// A published version never changes.
    #[error("the version is published, and frozen")]
    Frozen,
    /// Nobody can be on a draft.
    #[error("the version is a draft")]
    NotPublished,
    /// An archived plan changes no more.
    #[error("the plan is archived")]
    Archived,
    /// It is not any more what the caller has read.
    #[error("somebody changed the plan meanwhile")]
    EditedMeanwhile,
}

/// The version of that number.
fn numbered(plan: &PlanDetail, number: u32) -> Option<&PlanVersionView> {
    plan.versions.iter().find(|version| version.number == number)
}

/// Versions of one plan are in one currency: panels move from one to the next with what they owe.
fn currency(plan: &PlanDetail, terms: &Terms) -> Result<(), FlowError> {
    let frozen = plan.versions.iter().find(|version| version.status != VersionStatus::Draft);
    if frozen.is_none_or(|version| version.terms.currency() == terms.currency()) {
        return Ok(());
    }
    Err(FlowError::field("/terms/price/currency", "range", "must be that of the plan's other versions"))
}
