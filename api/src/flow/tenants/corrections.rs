//! What of a cycle's usage was taken back? Reads only.

use super::correct::view;
use super::owned::owned;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::usage::CorrectionList;
use shared::ids::TenantId;

/// The corrections of that cycle; without a number, of the running or last one.
pub async fn corrections(
    app: &App,
    caller: &Caller,
    id: TenantId,
    cycle: Option<u32>,
) -> Result<CorrectionList, FlowError> {
    let record = owned(app.store.tenant(id).await?, caller)?;
    let Some(number) = cycle.or(record.state.billing.cycle().map(|cycle| cycle.number)) else {
        return Ok(CorrectionList { items: vec![] });
    };
    let records = app.store.corrections(id, number).await?;
    Ok(CorrectionList { items: records.into_iter().map(view).collect() })
}
