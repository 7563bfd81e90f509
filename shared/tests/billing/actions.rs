//! Which buttons are drawn: for every reader of every kind of panel, in their order.

use crate::tenants::Column::{self, Expired, Grace, None as Unbought, Paid};
use crate::tenants::Row::{
    self, Active, ByOperator, Creating, Deleted, Deleting, Failed, Opening, Pending, Stopped, Unpaid,
};
use crate::tenants::{NOTHING, standard, start, tenant_in, terms};
use shared::api::auth::Role;
use shared::billing::actions::actions;
use shared::billing::terms::Terms;

/// What a role may do with a panel in this state, as the words on the wire.
fn drawn(row: Row, column: Column, plan: &Terms, role: Role, trial_open: bool) -> String {
    let found = actions(&tenant_in(row, column, plan, start()), plan, NOTHING, role, trial_open, start());
    let words = found.iter().map(|action| serde_json::to_value(action).unwrap().as_str().unwrap().to_owned());
    words.collect::<Vec<_>>().join(" ")
}

// Harm prevented: a customer cannot pay, or is asked to pay for what runs; somebody stops or opens a panel who may not.
#[test]
fn every_reader_has_the_buttons_that_work() {
    let (early, late) = (terms(|t| t.early_renewal_percent = 100), standard());
    let (waits, pays) = ("manage", "pay_to_renew manage");
    let support = "inactive contact_support manage";
    // The plan, the state, and what is drawn for the owner, for who pays, for who looks, and for the operator.
    for (plan, row, column, expected) in [
        (&early, Pending, Unbought, ["pay_now manage", "pay_now manage", waits, waits]),
        (&early, Creating, Paid, [waits; 4]),
        (&early, Creating, Grace, [pays, pays, waits, waits]),
        (&early, Creating, Expired, [pays, pays, waits, waits]),
        (
            &late,
            Active,
            Paid,
            ["open_panel manage stop", "open_panel manage", "open_panel manage", "open_panel manage suspend"],
        ),
        (
            &early,
            Active,
            Paid,
            [
                "open_panel manage renew_early stop",
                "open_panel manage renew_early",
                "open_panel manage",
                "open_panel manage suspend",
            ],
        ),
        (
            &early,
            Active,
            Grace,
            [
                "pay_to_renew open_panel manage stop",
                "pay_to_renew open_panel manage",
                "open_panel manage",
                "open_panel manage suspend",
            ],
        ),
        (&late, Stopped, Paid, ["start manage", waits, waits, "manage suspend"]),
        (&early, Stopped, Paid, ["start manage renew_early", "manage renew_early", waits, "manage suspend"]),
        (&early, Stopped, Grace, ["pay_to_renew start manage", pays, waits, "manage suspend"]),
        (&late, Opening, Paid, ["manage stop", waits, waits, "manage suspend"]),
        (&early, Opening, Paid, ["manage renew_early stop", "manage renew_early", waits, "manage suspend"]),
        (&early, Opening, Grace, ["pay_to_renew manage stop", pays, waits, "manage suspend"]),
        (&early, Unpaid, Paid, ["inactive manage"; 4]),
        (
            &early,
            Unpaid,
            Expired,
            ["inactive pay_to_renew manage", "inactive pay_to_renew manage", "inactive manage", "inactive manage"],
        ),
        (&early, ByOperator, Paid, [support, support, support, "inactive manage resume"]),
        (&early, ByOperator, Expired, [support, support, support, "inactive manage resume"]),
        (&early, Failed, Paid, ["retry manage", waits, waits, "retry manage"]),
        (&early, Failed, Expired, ["retry pay_to_renew manage", pays, waits, "retry manage"]),
        (&early, Deleting, Paid, [""; 4]),
        (&early, Deleted, Expired, [""; 4]),
    ] {
        let got =
            [Role::Owner, Role::Billing, Role::Viewer, Role::Operator].map(|role| drawn(row, column, plan, role, true));
        assert_eq!(got, expected, "{row:?} × {column:?}, renewable from {} %", plan.early_renewal_percent);
    }
}

// Harm prevented: a trial is offered that is refused, or a second one, or to somebody who may not begin it.
#[test]
fn a_trial_is_offered_once_and_to_its_owner() {
    let week = terms(|t| t.trial_days = 7);
    let (pays, tries) = ("pay_now manage", "pay_now start_trial manage");
    for (name, plan, role, trial_open, expected) in [
        ("its owner", &week, Role::Owner, true, tries),
        ("its owner, once it was had", &week, Role::Owner, false, pays),
        ("its owner, of a plan without one", &standard(), Role::Owner, true, pays),
        ("who pays", &week, Role::Billing, true, pays),
        ("who looks", &week, Role::Viewer, true, "manage"),
        ("the operator", &week, Role::Operator, true, "manage"),
    ] {
        assert_eq!(drawn(Pending, Unbought, plan, role, trial_open), expected, "{name}");
    }
    assert_eq!(drawn(Active, Paid, &week, Role::Owner, true), "open_panel manage stop", "it runs already");
}
