//! Why does this panel stand as it does, and what would change that? Reads only.

use super::counted::recounted;
use super::explain_cycle::differing;
use super::owned::owned;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::store::PlanRecord;
use shared::api::explain::{About, Explanation, Fact};
use shared::billing::explain::{cycle_chain, standing};
use shared::billing::order::{renewal_lines, totals};
use shared::ids::TenantId;
use shared::wording::explain::steps;

/// The panel's standing, then the running or last cycle without its days, with the windows of one `day` of it, or of all.
pub async fn explain_tenant(
    app: &App,
    caller: &Caller,
    id: TenantId,
    day: Option<u32>,
) -> Result<Explanation, FlowError> {
    let tenant = owned(app.store.tenant(id).await?, caller)?;
    let PlanRecord { name, terms, .. } = &tenant.plan;
    let unbilled = app.store.unbilled(id).await?;
    let lines = renewal_lines(name, terms, tenant.state.next_cycle_number, &unbilled)?;
    let due = totals(&lines, terms.currency())?.gross;
    let now = tenant.time(app.clock.now());
    let mut facts = standing(&tenant.state, terms, tenant.measured(now), due, now);
    let known = match tenant.state.billing.cycle() {
        Some(cycle) => recounted(app, &tenant, cycle.number).await?,
        None => None,
    };
    let mut answer = Explanation {
        about: About::Tenant { tenant_id: id },
        zone: tenant.zone,
        as_of: tenant.state.accounted_until,
        cycle: None,
        charges: vec![],
        steps: vec![],
        differs: vec![],
        windows: vec![],
        windows_left_out: 0,
    };
    if let Some(known) = known {
        let chain = cycle_chain(&known.counted, known.end, known.as_of, |id| known.reason(id));
        facts.extend(chain.into_iter().filter(|fact| !matches!(fact, Fact::CycleDay(_))));
        answer.differs = known.differs();
        facts.extend(differing(answer.differs.len()));
        answer.cycle = Some(known.counted.figures(known.end));
        (answer.windows, answer.windows_left_out) = known.windows(day);
    }
    Ok(Explanation { steps: steps(tenant.zone, facts), ..answer })
}
