//! How long were an account's panels up, day by day? From the counters alone, with one question for all of them; reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::tenants::days::{Days, Reach};
use crate::store::PanelThere;
use shared::api::tenants::PanelStatus;
use shared::billing::counter::Count;
use shared::billing::report::{Report, report};
use shared::civil::{CivilDay, Zone};
use shared::ids::TenantId;
use shared::time::{Span, Timestamp};
use std::collections::HashMap;

/// A quarter at the most, a month if nobody says.
const REACH: Reach = Reach { most: 92, usual: 30 };

/// What an account's panels used.
#[derive(Debug, Clone)]
pub struct AccountReport {
    /// The clocks by which days are told apart: the account's.
    pub zone: Zone,
    /// The first day.
    pub from: CivilDay,
    /// The last day.
    pub to: CivilDay,
    /// By name. Removed ones only if they were up in these days.
    pub panels: Vec<PanelReport>,
    /// The instant up to which usage is accounted, of the running panel that lies furthest back; `None` if none runs.
    pub as_of: Option<Timestamp>,
}

/// What one of them used.
#[derive(Debug, Clone)]
pub struct PanelReport {
    /// Which.
    pub tenant_id: TenantId,
    /// Its name.
    pub name: String,
    /// Its days and their sums.
    pub report: Report,
}

/// The report on these days, for the caller's own account.
pub async fn usage(app: &App, caller: &Caller, days: Days) -> Result<AccountReport, FlowError> {
    let account = app.store.account(caller.account_id.ok_or(FlowError::NotFound)?).await?.ok_or(FlowError::NotFound)?;
    let zone = account.zone;
    let now = app.clock.now().plus(account.clock_ahead_seconds);
    let (from, to, whole) = days.read(zone, now, REACH)?;
    let there = app.store.panels_there(account.id, whole).await?;
    let mut counts: HashMap<TenantId, Vec<Count>> = HashMap::new();
    for (id, count) in app.store.counts_of_account(account.id, &spans(zone, from, to)).await? {
        counts.entry(id).or_default().push(count);
    }
    let runs = there.iter().filter(|panel| panel.status == PanelStatus::Active);
    let as_of = runs.filter_map(|panel| panel.accounted_until).min();
    let shown = |panel: &PanelThere| panel.status != PanelStatus::Deleted || counts.contains_key(&panel.id);
    let mut panels: Vec<PanelReport> = there
        .into_iter()
        .filter(shown)
        .map(|panel| {
            let counts = counts.get(&panel.id).map_or(&[][..], Vec::as_slice);
            PanelReport { tenant_id: panel.id, report: report(zone, from, to, counts), name: panel.name }
        })
        .collect();
    panels.sort_by_cached_key(|panel| (panel.name.to_lowercase(), panel.tenant_id.to_string()));
    Ok(AccountReport { zone, from, to, panels, as_of })
}

/// Each of the days. One that the clocks leave out is empty, and has no usage.
fn spans(zone: Zone, from: CivilDay, to: CivilDay) -> Vec<Span> {
    let mut day = from;
    let mut spans = vec![zone.span_of(day)];
    while day < to {
        day = day.next();
        spans.push(zone.span_of(day));
    }
    spans
}
