//! What was done at a panel? Reads only.

use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::page::{cut, one_more};
use crate::flow::tenants::owned;
use shared::api::jobs::JobPage;
use shared::ids::{JobId, TenantId};

/// A page of at most `limit` jobs before `before`, newest first.
pub async fn list(
    app: &App,
    caller: &Caller,
    id: TenantId,
    before: Option<JobId>,
    limit: u32,
) -> Result<JobPage, FlowError> {
    owned(app.store.tenant(id).await?, caller)?;
    let mut found = app.store.jobs_of(id, before, one_more(limit)).await?;
    let next_cursor = cut(&mut found, limit, |last| last.id);
    Ok(JobPage { items: found.iter().map(|job| view(job, caller.role)).collect(), next_cursor })
}
