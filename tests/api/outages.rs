//! Hours in which a panel did not serve: not on the bill, and to be seen where the bill is explained.

use harness::{Panel, Persona, Stage, Terms, terms};
use hourglass_tests as harness;
use sandbox::odoo::PanelState;
use serde_json::{Value, json};
use shared::billing::terms::OnExhaustion;
use shared::money::{Currency, Money};
use shared::time::HOUR;
use std::sync::Arc;

harness::stories!(an_hour_that_was_not_served_is_not_billed_and_the_explanation_says_so);

/// Ten hours are included, each one beyond costs 10.00 taka; nothing caps a day.
fn by_the_hour() -> Terms {
    let price_per_hour = Money::new(1_000, Currency::Bdt);
    Terms {
        cycle_days: 2,
        early_renewal_days: 2,
        daily_cap_hours: None,
        on_exhaustion: OnExhaustion::Overage { price_per_hour },
        ..terms()
    }
}

/// What is explained of a panel's first cycle: seconds up, down, unknown and charged, and what the hours beyond cost.
async fn explained(owner: &Persona, panel: &Panel) -> ([i64; 4], i64) {
    let explained = owner.get(&panel.path("cycles/1/explain")).await.ok(200);
    assert_eq!(explained["differs"], json!([]), "{}", panel.subdomain);
    let days = explained["cycle"]["days"].as_array().unwrap();
    let sum = |name: &str| days.iter().map(|day| day[name].as_i64().unwrap()).sum::<i64>();
    let figures = ["up_seconds", "down_seconds", "unknown_seconds", "billable_seconds"].map(sum);
    // The very windows are shown, and come to the same.
    let windows = explained["windows"].as_array().unwrap();
    assert_eq!(explained["windows_left_out"], 0);
    let [up, down, unknown] = ["up", "down", "unknown"].map(|seen| {
        let those = windows.iter().filter(|window| window["seen"] == seen);
        those.map(|window| seconds(&window["from"], &window["to"])).sum::<i64>()
    });
    assert_eq!([up, down, unknown], figures[..3], "{}", panel.subdomain);
    // And whoever reads sentences reads it there, in both languages.
    let of_days = explained["steps"].as_array().unwrap().iter().filter(|step| step["code"] == "cycle_day");
    let said: String = of_days.map(|step| format!("{} {}\n", step["en"].as_str().unwrap(), step["bn"])).collect();
    assert_eq!(said.contains("down and free"), down > 0, "{said}");
    assert_eq!(said.contains("unknown and free"), unknown > 0, "{said}");
    let overage = explained["charges"].as_array().unwrap().iter().find(|it| it["what"]["kind"] == "overage");
    (figures, overage.map_or(0, |charge| charge["amount"]["rounded"].as_i64().unwrap()))
}

fn seconds(from: &Value, to: &Value) -> i64 {
    let instant = |value: &Value| serde_json::from_value::<shared::time::Timestamp>(value.clone()).unwrap();
    instant(to).seconds_since(instant(from))
}

// Harm prevented: a panel was down for two hours, and its customer pays for them, or nobody can show that they did not.
async fn an_hour_that_was_not_served_is_not_billed_and_the_explanation_says_so(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let mut panels = Vec::new();
    for name in ["always", "broken"] {
        panels.push(stage.panel(owner, name, by_the_hour()).await);
        stage.pay(owner, &panels[panels.len() - 1], name).await;
    }
    // The third runs at a server of its own, which can fall silent alone.
    let other = stage.roomier_server().await;
    panels.push(stage.panel(owner, "silent", by_the_hour()).await);
    stage.pay(owner, &panels[2], "silent").await;
    other.end_faults();
    stage.set_up().await;
    for hour in 0..24 {
        let broken = if (5..7).contains(&hour) { PanelState::Broken } else { PanelState::Up };
        stage.odoo.set_panel("broken", broken);
        other.set_down(hour == 10);
        stage.pass_hours(1).await;
    }
    let used = [24 * HOUR, 22 * HOUR, 23 * HOUR];
    let seen = [[24, 0, 0], [22, 2, 0], [23, 0, 1]];
    for ((panel, used), [up, down, unknown]) in panels.iter().zip(used).zip(seen) {
        let cycle = owner.status(panel).await["billing"]["cycle"].clone();
        assert_eq!(cycle["used_seconds"], 10 * HOUR, "the allowance; the rest goes beyond: {cycle}");
        let (figures, _) = explained(owner, panel).await;
        assert_eq!(figures, [up * HOUR, down * HOUR, unknown * HOUR, used], "{}", panel.subdomain);
        owner.post(&panel.path("stop")).await.is(200);
    }
    stage.work().await;
    stage.pass_hours(25).await;
    // The cycle is over: what is billed for the hours beyond is exactly so many hours less.
    for (panel, used) in panels.iter().zip(used) {
        assert_eq!(owner.status(panel).await["billing"]["state"], "expired");
        let (figures, cost) = explained(owner, panel).await;
        assert_eq!((figures[3], cost), (used, (used / HOUR - 10) * 1_000), "{}", panel.subdomain);
        stage.pay(owner, panel, &format!("then-{}", panel.subdomain)).await;
        let invoices = owner.get("/api/v1/invoices?limit=1").await.ok(200);
        assert_eq!(invoices["items"][0]["lines"][1]["gross"]["minor"], cost, "{invoices}");
    }
    other.stop().await;
    stage.assert_balanced().await;
}
