//! Usage, cycles, explanations and spending: what the server writes is what the charts read.

use super::{id, noon, taka, written};
use shared::api::cycles::{BoughtPlan, CycleItem, CyclePage};
use shared::api::explain::{Fact, Step};
use shared::api::spending::{AccountUsage, HourlyUsage, MonthSpent, PanelUsage, Spending, UsageHour};
use shared::api::tenants::EndedReason;
use shared::api::usage::{UsageDay, UsageReport, UsageTotals};
use web::json::read;
use web::wire;

#[test]
fn cycles_are_read_as_they_are_written() {
    let item = CycleItem {
        number: 2,
        plan: Some(BoughtPlan { id: id("pln"), version: id("plv"), version_number: 3, name: "S".into() }),
        is_trial: true,
        starts_at: noon(),
        ends_at: noon().plus(60),
        ended_at: Some(noon().plus(30)),
        ended_reason: Some(EndedReason::HoursUsedUp),
        allowance_seconds: 3,
        daily_cap_hours: Some(12),
        used_seconds: 2,
        overage_seconds: 1,
        paid_net: taka(1),
        has_export: true,
    };
    let cycles: wire::Cycles = read(&written(&CyclePage { items: vec![item], next_cursor: Some("c".into()) })).unwrap();
    let expected = wire::Cycle {
        number: 2,
        plan: Some(wire::Bought { id: id("pln"), name: "S".into() }),
        is_trial: true,
        starts_at: noon(),
        ends_at: noon().plus(60),
        ended_at: Some(noon().plus(30)),
        ended_reason: Some(EndedReason::HoursUsedUp),
        allowance_seconds: 3,
        daily_cap_hours: Some(12),
        used_seconds: 2,
        overage_seconds: 1,
        paid_net: taka(1),
        has_export: true,
    };
    assert_eq!((cycles.items, cycles.next_cursor.as_deref()), (vec![expected], Some("c")));
}

#[test]
fn explanations_are_read_as_they_are_written() {
    let step = Step { fact: Fact::CyclesWait { waiting: 2 }, en: "Two wait.".into(), bn: "দুটি।".into() };
    let sentence: wire::Sentence = read(&written(&step)).unwrap();
    assert_eq!(sentence, wire::Sentence { en: "Two wait.".into(), bn: "দুটি।".into() });
}

fn totals() -> UsageTotals {
    UsageTotals {
        seconds: 86_400,
        up_seconds: 50,
        down_seconds: 40,
        unknown_seconds: 30,
        billable_seconds: 20,
        users_peak: None,
        storage_bytes_peak: None,
    }
}

// Harm prevented: a field is renamed on the server, and every customer's chart says that it could not be loaded.
#[test]
fn usage_by_day_is_read_as_it_is_written() {
    let totals = totals();
    let UsageTotals { seconds, up_seconds, down_seconds, unknown_seconds, billable_seconds, .. } = totals.clone();
    let day = UsageDay {
        day: "2026-11-22".parse().unwrap(),
        starts_at: noon(),
        seconds,
        up_seconds,
        down_seconds,
        unknown_seconds,
        billable_seconds,
        users_peak: None,
        storage_bytes_peak: Some(1),
    };
    let zone = "Asia/Dhaka".parse().unwrap();
    let report = UsageReport { tenant_id: id("ten"), zone, from: day.day, to: day.day, days: vec![day], totals };
    let usage: wire::Usage = read(&written(&report)).unwrap();
    let (day, starts_at) = ("2026-11-22".to_owned(), noon());
    let expected =
        wire::UsageDay { day, starts_at, seconds, up_seconds, down_seconds, unknown_seconds, billable_seconds };
    assert_eq!(usage.days, [expected]);
}

// Harm prevented: the same for hours, for all panels together, and for what was spent.
#[test]
fn hours_panels_and_months_are_read_as_they_are_written() {
    let (from, to, zone) =
        ("2026-11-21".parse().unwrap(), "2026-11-22".parse().unwrap(), "Asia/Dhaka".parse().unwrap());
    let hour = UsageHour {
        starts_at: noon(),
        seconds: 3_600,
        up_seconds: 4,
        down_seconds: 3,
        unknown_seconds: 2,
        billable_seconds: 1,
    };
    let hourly = HourlyUsage { tenant_id: id("ten"), zone, from, to, hours: vec![hour.clone()] };
    assert_eq!(read::<wire::Hours>(&written(&hourly)).unwrap().hours, [hour]);

    let part = PanelUsage { tenant_id: id("ten"), name: "<a>".into(), billable_seconds: vec![1, 2], totals: totals() };
    let account = AccountUsage { zone, from, to, panels: vec![part], as_of: Some(noon()) };
    let across: wire::Across = read(&written(&account)).unwrap();
    let totals = wire::PartTotals { up_seconds: 50, unknown_seconds: 30, billable_seconds: 20 };
    let part = wire::PanelPart { tenant_id: id("ten"), name: "<a>".into(), billable_seconds: vec![1, 2], totals };
    let (from, to) = ("2026-11-21".to_owned(), "2026-11-22".to_owned());
    assert_eq!(across, wire::Across { from, to, panels: vec![part], as_of: Some(noon()) });

    let spending = Spending { months: vec![MonthSpent { month: "2026-11-01".parse().unwrap(), spent: taka(-5) }] };
    let months: wire::Months = read(&written(&spending)).unwrap();
    assert_eq!(months.months, [wire::Month { month: "2026-11-01".into(), spent: taka(-5) }]);
}
