//! What a status shows besides the tenant itself, fetched for a whole list at once.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::notices::hidden;
use crate::store::{JobRecord, NoticeReader, TenantRecord};
use shared::api::invoices::LineView;
use shared::api::tenants::PanelStatus;
use shared::ids::{AccountId, PlanId, TenantId};
use std::collections::{HashMap, HashSet};

/// What stands beside some tenants.
#[derive(Debug)]
pub(super) struct Beside {
    unread: HashMap<TenantId, u32>,
    trials: HashSet<(AccountId, PlanId)>,
    unbilled: HashMap<TenantId, Vec<LineView>>,
    jobs: HashMap<TenantId, JobRecord>,
}

/// What stands beside one tenant.
#[derive(Debug, Clone)]
pub(super) struct BesideOne {
    /// How many notices about it, of those that the caller wants to see, they have not read.
    pub(super) unread: u32,
    /// Whether its account has not had its trial of the plan; only known of a panel that may still begin one.
    pub(super) trial_open: bool,
    /// What its cycles that are over still owe.
    pub(super) unbilled: Vec<LineView>,
    /// What is being done at it.
    pub(super) job: Option<JobRecord>,
}

/// Fetches what stands beside these tenants for the caller: four queries, and another if a panel among
/// them may begin a trial.
pub(super) async fn beside(app: &App, caller: &Caller, records: &[TenantRecord]) -> Result<Beside, FlowError> {
    let ids: Vec<TenantId> = records.iter().map(|record| record.state.id).collect();
    let hidden = hidden(app, caller).await?;
    let reader = NoticeReader { user_id: caller.user_id, hidden: &hidden };
    let unread = app.store.unread_notices(&ids, reader).await?;
    let accounts: HashSet<AccountId> =
        records.iter().filter(|record| may_try(record)).map(|record| record.account_id).collect();
    let accounts: Vec<AccountId> = accounts.into_iter().collect();
    let trials = if accounts.is_empty() { HashSet::new() } else { app.store.trials_of(&accounts).await? };
    let (unbilled, jobs) = (app.store.unbilled_of(&ids).await?, app.store.open_jobs(&ids).await?);
    Ok(Beside { unread, trials, unbilled, jobs })
}

fn may_try(record: &TenantRecord) -> bool {
    record.state.panel.status() == PanelStatus::Pending && record.plan.terms.trial_days > 0
}

impl BesideOne {
    /// What stands beside a tenant that was just ordered: nothing yet, but perhaps its account's `trials`.
    pub(super) fn of_new(record: &TenantRecord, trials: &HashSet<(AccountId, PlanId)>) -> Self {
        let trial_open = may_try(record) && !trials.contains(&(record.account_id, record.plan.id));
        Self { unread: 0, trial_open, unbilled: vec![], job: None }
    }
}

impl Beside {
    /// What stands beside one of them.
    pub(super) fn of(&self, record: &TenantRecord) -> BesideOne {
        BesideOne {
            unread: self.unread.get(&record.state.id).copied().unwrap_or(0),
            trial_open: may_try(record) && !self.trials.contains(&(record.account_id, record.plan.id)),
            unbilled: self.unbilled.get(&record.state.id).cloned().unwrap_or_default(),
            job: self.jobs.get(&record.state.id).cloned(),
        }
    }
}
