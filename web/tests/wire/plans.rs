//! Plans, changes of them, and the order of a panel: what the server writes is what the pages read, and the other way round.

use super::{id, lines, noon, same, taka, written};
use shared::api::panels::{NewPanel, SubdomainTrouble, SubdomainView};
use shared::api::payments::{OrderPage, OrderRow, OrderState, ShadowBill, ShadowCycleView};
use shared::api::plans::{
    ChangeEffect, ChangePlan, PlanChangeView, PlanDetail, PlanPage, PlanVersionView, Share, VersionStatus, When,
};
use shared::api::tenants::{EndedReason, PlanView};
use shared::billing::rating::{Aggregation, Charge, Meter, PriceModel, Tier};
use shared::billing::terms::{Limits, OnExhaustion, Terms};
use shared::billing::vat::Vat;
use web::json::{object, read};
use web::present::new_panel::Draft;
use web::wire;

fn charges() -> Vec<Charge> {
    let tiers = vec![Tier { up_to: Some(5), price: taka(2) }, Tier { up_to: None, price: taka(1) }];
    let models = [
        PriceModel::PerUnit { price: taka(1), per: 3_600 },
        PriceModel::Package { price: taka(2), size: 5 },
        PriceModel::Graduated { per: 1, tiers: tiers.clone() },
        PriceModel::Volume { per: 2, tiers },
    ];
    let charge = |price| Charge { meter: Meter::Users, aggregation: Aggregation::Peak, included: 3, price };
    models.map(charge).into()
}

// Harm prevented: a plan cannot be read, and nobody can order a panel.
#[test]
fn plans_are_read_as_they_are_written() {
    for (on_exhaustion, vat) in [
        (OnExhaustion::Suspend, Vat::None),
        (OnExhaustion::Overage { price_per_hour: taka(9) }, Vat::Exclusive { basis_points: 1_500 }),
        (OnExhaustion::Suspend, Vat::Inclusive { basis_points: 750 }),
    ] {
        let limits = Limits { users: Some(4), storage_bytes: None, ..Limits::default() };
        let terms = Terms { on_exhaustion, vat, limits, trial_days: 7, charges: charges(), ..Terms::standard(taka(8)) };
        let version = PlanVersionView {
            id: id("plv"),
            number: 2,
            status: VersionStatus::Published,
            terms,
            created_at: noon(),
            published_at: None,
        };
        let plan = PlanDetail { id: id("pln"), name: "S".into(), archived_at: None, versions: vec![version] };
        let plans: wire::Plans = read(&written(&PlanPage { items: vec![plan], next_cursor: None })).unwrap();
        let terms = wire::Offer {
            price: taka(8),
            cycle_days: 30,
            included_hours: 360,
            daily_cap_hours: Some(12),
            trial_days: 7,
            on_exhaustion,
            vat,
            limits: wire::Room { users: Some(4), storage_bytes: None },
            charges: charges(),
        };
        let versions = vec![wire::Version { terms }];
        assert_eq!(plans.items, [wire::Plan { id: id("pln"), name: "S".into(), versions }]);
    }
}

// Harm prevented: a change of plan is confirmed under another price than the server's.
#[test]
fn changes_and_shadow_bills_are_read_as_they_are_written() {
    for effect in [ChangeEffect::UpgradeNow, ChangeEffect::WithNextCycle] {
        let share = Some(Share { left_seconds: 1, of_seconds: 2 });
        let view = PlanChangeView {
            plan: PlanView { id: id("pln"), version: id("plv"), name: "L".into() },
            effect,
            lines: lines(),
            amount_due: taka(5),
            allowance_added_seconds: 6,
            share,
        };
        let change: wire::PlanChange = read(&written(&view)).unwrap();
        let (amount_due, allowance_added_seconds) = (taka(5), 6);
        assert_eq!(change, wire::PlanChange { effect, lines: lines(), amount_due, allowance_added_seconds, share });
    }
    let cycle = ShadowCycleView {
        starts_at: noon(),
        ended_at: noon().plus(9),
        ended_reason: Some(EndedReason::TimeElapsed),
        used_seconds: 3,
        overage_seconds: 2,
        lines: lines(),
        gross: taka(6),
    };
    let (from, to) = (noon(), noon().plus(9));
    let bill = ShadowBill { plan: "L".into(), from, to, cycles: vec![cycle], gross: taka(7), invoiced: taka(8) };
    let shadow: wire::Shadow = read(&written(&bill)).unwrap();
    let cycle = wire::ShadowCycle {
        starts_at: from,
        ended_at: to,
        ended_reason: Some(EndedReason::TimeElapsed),
        used_seconds: 3,
        overage_seconds: 2,
        gross: taka(6),
    };
    let cycles = vec![cycle];
    assert_eq!(shadow, wire::Shadow { plan: "L".into(), from, to, cycles, gross: taka(7), invoiced: taka(8) });
}

// Harm prevented: the list of orders cannot be read, or calls a paid one unpaid.
#[test]
fn orders_are_read_as_they_are_written() {
    for state in [OrderState::Open, OrderState::Held, OrderState::Settled, OrderState::Withdrawn] {
        let row = OrderRow {
            order_id: id("ord"),
            tenant_id: id("ten"),
            tenant_name: "R&D".into(),
            state,
            lines: lines(),
            amount: taka(6),
            credit_used: taka(2),
            created_at: noon(),
            settled_at: None,
            withdrawn_at: None,
            payment_id: Some(id("pay")),
            invoice_id: None,
        };
        let (items, next_cursor) = (vec![row], Some("c".to_owned()));
        let page: wire::Orders = read(&written(&OrderPage { items, next_cursor: next_cursor.clone() })).unwrap();
        let ordered = wire::Ordered {
            tenant_name: "R&D".into(),
            state,
            lines: lines(),
            amount: taka(6),
            credit_used: taka(2),
            created_at: noon(),
            payment_id: Some(id("pay")),
            invoice_id: None,
        };
        assert_eq!(page, wire::Orders { items: vec![ordered], next_cursor });
    }
}

#[test]
fn addresses_are_read_as_they_are_written() {
    use SubdomainTrouble::{Format, Reserved, Taken};
    for trouble in [None, Some(Format), Some(Reserved), Some(Taken)] {
        let (subdomain, url) = ("rahman".into(), "https://rahman.example.com".into());
        same(SubdomainView { subdomain, url, trouble, suggestions: vec!["rahman-2".into()] });
    }
}

// Harm prevented: an order is filled in to its end, and the server cannot read it.
#[test]
fn what_is_ordered_is_what_the_server_reads() {
    let plan: shared::ids::PlanId = id("pln");
    let (name, subdomain) = ("  Rahman \"&\" Sons ".to_owned(), "rahman".to_owned());
    let draft = Draft { name, subdomain, by_hand: true, plan: plan.to_string() };
    let order: NewPanel = serde_json::from_str(&draft.order()).unwrap();
    assert_eq!(order, NewPanel { name: "Rahman \"&\" Sons".into(), subdomain: "rahman".into(), plan_id: plan });
    for (when, word) in [(When::Now, "now"), (When::NextCycle, "next_cycle")] {
        let body = object(&[("plan_id", &plan.to_string()), ("when", word)]);
        let change: ChangePlan = serde_json::from_str(&body).unwrap();
        assert_eq!(change, ChangePlan { plan_id: plan, when });
    }
}
