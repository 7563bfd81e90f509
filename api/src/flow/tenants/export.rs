//! The proof of a cycle that is over, put together from the rows as they are now. Reads only.

use super::owned::owned;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::billing::facts::in_order;
use shared::billing::proof::{Export, FORMAT};
use shared::ids::TenantId;
use shared::time::Span;

/// Every line of the cycle, under the seal that was kept when it ended. Whether they still go together is for its reader.
pub async fn export(app: &App, caller: &Caller, id: TenantId, number: u32) -> Result<Export, FlowError> {
    owned(app.store.tenant(id).await?, caller)?;
    let record = app.store.cycle(id, number).await?.ok_or(FlowError::NotFound)?;
    let end = record.end.ok_or(FlowError::CycleRunning)?;
    let seal = record.seal.ok_or(FlowError::Unsealed)?;
    let span = Span::new(record.cycle.starts_at, end.at);
    let (windows, placed) = (app.store.windows(id, span).await?, app.store.lines(id, number).await?);
    Ok(Export { format: FORMAT.to_owned(), lines: in_order(&placed, &windows, span), seal })
}
