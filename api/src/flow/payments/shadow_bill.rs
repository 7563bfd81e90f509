//! What would another plan have cost over past use? Reads only, with the functions that charge.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::tenants::owned;
use crate::store::PlanRecord;
use shared::api::payments::{ShadowBill, ShadowCycleView};
use shared::billing::order::totals;
use shared::billing::shadow::{ShadowCycle, shadow};
use shared::billing::usage::{Window, corrected};
use shared::ids::{PlanId, TenantId};
use shared::money::{Currency, Money, MoneyError};
use shared::time::{DAY, Span};

/// How far back it looks at the most.
const DAYS_MAX: u32 = 90;

/// Rates the last `days` (1 to 90) of a panel under the published version of a plan, from its first cycle on: what was not there
/// yet would have cost nothing. Without a cycle there is nothing to rate.
pub async fn shadow_bill(
    app: &App,
    caller: &Caller,
    id: TenantId,
    plan_id: PlanId,
    days: u32,
) -> Result<ShadowBill, FlowError> {
    let record = owned(app.store.tenant(id).await?, caller)?;
    if !(1..=DAYS_MAX).contains(&days) {
        return Err(FlowError::field("/days", "range", "must be 1 to 90"));
    }
    let plan: PlanRecord = app.store.sold_version(plan_id).await?.ok_or(FlowError::NotFound)?;
    let to = record.state.accounted_until.unwrap_or(record.time(app.clock.now()));
    let begun = app.store.first_cycle_at(id).await?.unwrap_or(to);
    let span = Span::new(begun.max(to.plus(-i64::from(days) * DAY)), to);
    let windows = as_corrected(app, id, span).await?;
    let cycles = shadow(&plan.name, &plan.terms, &windows, span)?;
    let currency = plan.terms.currency();
    let cycles = cycles.into_iter().map(|cycle| view(cycle, currency)).collect::<Result<Vec<_>, _>>()?;
    Ok(ShadowBill {
        from: span.from(),
        to: span.to(),
        gross: Money::sum(currency, cycles.iter().map(|cycle| cycle.gross))?,
        invoiced: app.store.invoiced(id, span, currency).await?,
        plan: plan.name,
        cycles,
    })
}

/// The windows as they truly were.
async fn as_corrected(app: &App, id: TenantId, span: Span) -> Result<Vec<Window>, FlowError> {
    let windows = app.store.windows(id, span).await?;
    let corrections = app.store.corrections_in(id, span).await?;
    Ok(corrections.iter().fold(windows, |windows, correction| corrected(&windows, correction.span, correction.seen)))
}

fn view(cycle: ShadowCycle, currency: Currency) -> Result<ShadowCycleView, MoneyError> {
    Ok(ShadowCycleView {
        gross: totals(&cycle.lines, currency)?.gross,
        starts_at: cycle.starts_at,
        ended_at: cycle.ended_at,
        ended_reason: cycle.reason,
        used_seconds: cycle.used_seconds,
        overage_seconds: cycle.overage_seconds,
        lines: cycle.lines,
    })
}
