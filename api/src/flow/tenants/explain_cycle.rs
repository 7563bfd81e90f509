//! Why did this cycle use so much, end there, and cost that? Reads only.

use super::counted::{Recounted, recounted};
use super::owned::owned;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::explain::{About, Explanation, Fact};
use shared::billing::explain::{charge_chain, charge_differences, charges_of, cycle_chain};
use shared::ids::TenantId;
use shared::wording::explain::steps;

/// The cycle from its windows to what it cost, with the windows of one `day` of it, or of all.
pub async fn explain_cycle(
    app: &App,
    caller: &Caller,
    id: TenantId,
    number: u32,
    day: Option<u32>,
) -> Result<Explanation, FlowError> {
    let tenant = owned(app.store.tenant(id).await?, caller)?;
    let known = recounted(app, &tenant, number).await?.ok_or(FlowError::NotFound)?;
    let Recounted { counted, end, as_of, .. } = &known;
    let mut differs = known.differs();
    let mut facts = cycle_chain(counted, *end, *as_of, |id| known.reason(id));
    let mut charges = vec![];
    if let Some(end) = end {
        charges = charges_of(&counted.cycle, end.at)?;
        differs.extend(charge_differences(&charges, &known.charges));
        if charges.iter().all(|charge| charge.vat.gross.minor == 0) {
            facts.push(Fact::NothingBeyondPrice { number });
        }
        facts.extend(charges.iter().flat_map(|charge| charge_chain(counted, end.at, charge)));
    }
    facts.extend(differing(differs.len()));
    let (windows, windows_left_out) = known.windows(day);
    Ok(Explanation {
        about: About::Cycle { tenant_id: id, number },
        zone: tenant.zone,
        as_of: Some(*as_of),
        cycle: Some(counted.figures(*end)),
        charges,
        steps: steps(tenant.zone, facts),
        differs,
        windows,
        windows_left_out,
    })
}

/// What is said if a stored figure is not what was counted.
pub(super) fn differing(figures: usize) -> Option<Fact> {
    (figures > 0).then(|| Fact::Differs { figures: u32::try_from(figures).unwrap_or(u32::MAX) })
}
