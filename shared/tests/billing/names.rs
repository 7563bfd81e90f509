//! What states and reasons are called on the wire and in the store, and what is read off a state.

use crate::tenants::{COLUMNS, Column, ROWS, Row, standard, start, tenant_in};
use shared::api::tenants::{BillingState, PanelStatus, SuspendReason};
use shared::billing::step::Why;

// Harm prevented: a closed panel is shown as open, lets requests through, or its owner is told the wrong reason.
#[test]
fn a_panel_is_called_what_it_is() {
    use PanelStatus as Is;
    let unpaid = Some(SuspendReason::BillingExpired);
    for (row, name) in ROWS {
        let (status, reason, open) = match row {
            Row::Pending => (Is::Pending, None, false),
            Row::Creating => (Is::Creating, None, false),
            Row::Active => (Is::Active, None, true),
            Row::Stopped => (Is::Stopped, None, false),
            Row::Opening => (Is::Suspended, Some(SuspendReason::Opening), false),
            Row::Unpaid => (Is::Suspended, unpaid, false),
            Row::ByOperator => (Is::Suspended, Some(SuspendReason::ByOperator), false),
            Row::Failed => (Is::Failed, None, false),
            Row::Deleting => (Is::Deleting, None, false),
            Row::Deleted => (Is::Deleted, None, false),
        };
        let panel = tenant_in(row, Column::Expired, &standard(), start()).panel;
        assert_eq!((panel.status(), panel.suspend_reason(), panel.is_open()), (status, reason, open), "{name}");
    }
}

// Harm prevented: a card shows a cycle that is over as running, or hides the cycles that are paid for and wait.
#[test]
fn billing_is_called_what_it_is_and_says_its_cycles() {
    for column in COLUMNS {
        let (state, queued, running) = match column {
            Column::None => (BillingState::None, 0, false),
            Column::Trial => (BillingState::Trial, 0, true),
            Column::Trial1 => (BillingState::Trial, 1, true),
            Column::Trial2 => (BillingState::Trial, 2, true),
            Column::Paid => (BillingState::Active, 0, true),
            Column::Paid1 => (BillingState::Active, 1, true),
            Column::Paid2 => (BillingState::Active, 2, true),
            Column::Grace => (BillingState::Grace, 0, false),
            Column::Expired => (BillingState::Expired, 0, false),
        };
        let billing = tenant_in(Row::Active, column, &standard(), start()).billing;
        assert_eq!((billing.state(), billing.queued().len()), (state, queued), "{column:?}");
        let bought = (column != Column::None).then_some(1);
        assert_eq!(billing.cycle().map(|cycle| cycle.number), bought, "{column:?}: the running one, or the last");
        assert_eq!(billing.running().map(|cycle| cycle.number), bought.filter(|_| running), "{column:?}");
    }
}

// Harm prevented: the history says that a customer stopped what the operator closed, or cannot be read again.
#[test]
fn a_reason_is_called_what_it_is() {
    for (why, name) in [
        (Why::HoursUsedUp, "hours_used_up"),
        (Why::TimeElapsed, "time_elapsed"),
        (Why::GraceOver, "grace_over"),
        (Why::PaymentSettled, "payment_settled"),
        (Why::TrialStarted, "trial_started"),
        (Why::PanelReady, "panel_ready"),
        (Why::CreationFailed, "creation_failed"),
        (Why::Retried, "retried"),
        (Why::ByCustomer, "by_customer"),
        (Why::ByOperator, "by_operator"),
        (Why::PanelOpened, "panel_opened"),
        (Why::Refunded, "refunded"),
        (Why::DeletionRequested, "deletion_requested"),
        (Why::Removed, "removed"),
        (Why::NeverPaid, "never_paid"),
    ] {
        assert_eq!(why.name(), name);
    }
}
