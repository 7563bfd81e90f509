//! Which hours count: grace, silence, late and doubled workers.

use harness::{Stage, Terms, beginning, terms};
use hourglass_tests as harness;
use sandbox::odoo::PanelState;
use serde_json::json;
use shared::time::{DAY, HOUR};
use std::sync::Arc;

harness::stories!(
    grace_keeps_the_panel_open_and_its_hours_are_the_next_cycles,
    after_grace_the_panel_is_closed,
    a_host_that_says_nothing_costs_nothing,
    a_panel_that_is_down_costs_nothing,
    a_worker_that_comes_late_speaks_only_for_its_reach,
    two_workers_count_nothing_twice,
    panels_that_are_looked_at_together_end_each_at_its_own_hour,
);

fn with_grace() -> Terms {
    Terms { grace_hours: 24, ..terms() }
}

// Harm prevented: hours in grace are a gift, or are paid twice; or the shop is closed on the day of payment.
async fn grace_keeps_the_panel_open_and_its_hours_are_the_next_cycles(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", with_grace()).await;
    stage.pass_hours(13).await;
    let billing = owner.status(&panel).await["billing"].clone();
    assert_eq!((&billing["state"], &billing["cycle"]["used_seconds"]), (&json!("grace"), &json!(10 * HOUR)));
    assert_eq!((stage.gate(&panel).await.0, stage.visit(&panel).await), (204, 200));
    stage.skip(HOUR / 2);
    let payment = stage.pay(owner, &panel, "two").await;
    let ended = beginning().plus(5 + 10 * HOUR);
    let cycle = owner.status(&panel).await["billing"]["cycle"].clone();
    assert_eq!((&cycle["number"], &cycle["starts_at"]), (&json!(2), &json!(ended)), "service never stopped");
    assert_eq!(cycle["ends_at"], json!(ended.plus(30 * DAY)));
    assert_eq!(cycle["used_seconds"], 3 * HOUR, "what was seen since belongs to it");
    assert_eq!(owner.payment(&payment).await["cycle"]["starts_at"], json!(ended));
    stage.skip(HOUR / 2);
    stage.work().await;
    assert_eq!(stage.used(owner, &panel).await, 4 * HOUR, "and the hour in which it was paid, once");
    stage.pass_hours(6).await;
    assert_eq!(stage.gate(&panel).await.0, 204);
    let notices = owner.notices().await;
    assert_eq!(notices, ["renewed", "used_percent", "grace_began", "renewed", "used_percent"], "it was never closed");
    stage.assert_balanced().await;
    assert_eq!(stage.database.balance("revenue").await, -120_000);
}

// Harm prevented: grace never ends.
async fn after_grace_the_panel_is_closed(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", with_grace()).await;
    stage.pass_hours(34).await;
    assert_eq!(stage.gate(&panel).await.0, 403, "at the first look after ten hours and a day of grace");
    let status = owner.status(&panel).await;
    assert_eq!(
        (&status["panel"]["reason"], &status["billing"]["state"]),
        (&json!("billing_expired"), &json!("expired"))
    );
    assert_eq!(owner.notices().await, ["renewed", "used_percent", "grace_began", "expired"]);
    let history = stage.history(owner, &panel).await;
    assert!(history.contains(&"panel_moved active suspended grace_over".to_owned()), "{history:?}");
    stage.pass_hours(24).await;
    stage.pay(owner, &panel, "two").await;
    let cycle = owner.status(&panel).await["billing"]["cycle"].clone();
    assert_eq!(cycle["starts_at"], json!(beginning().plus(5 + 58 * HOUR)), "lapsed: it starts at settlement");
    assert_eq!(cycle["used_seconds"], 0);
}

// Harm prevented: the operator's own outage is on the customer's bill.
async fn a_host_that_says_nothing_costs_nothing(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    stage.pass_hours(2).await;
    stage.odoo.set_down(true);
    stage.pass_hours(20).await;
    assert_eq!(stage.used(owner, &panel).await, 2 * HOUR);
    assert_eq!(owner.status(&panel).await["panel"]["status"], "active", "silence closes nothing");
    assert_eq!(owner.status(&panel).await["as_of"], json!(beginning().plus(5 + 22 * HOUR)), "but it is accounted for");
    stage.odoo.set_down(false);
    stage.pass_hours(1).await;
    assert_eq!(stage.used(owner, &panel).await, 3 * HOUR);
    assert_eq!(seconds_seen(&stage, "unknown").await, 20 * HOUR);
    assert_eq!(seconds_seen(&stage, "up").await, 3 * HOUR);
}

async fn seconds_seen(stage: &Stage, seen: &str) -> i64 {
    let sum = "SELECT CAST(COALESCE(SUM(to_at - from_at), 0) AS BIGINT) AS seconds FROM usage_windows";
    stage.database.number(&format!("{sum} WHERE seen = '{seen}'")).await
}

// Harm prevented: a panel that crashed at night is paid for until morning.
async fn a_panel_that_is_down_costs_nothing(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    for state in [PanelState::Broken, PanelState::Missing] {
        stage.odoo.set_panel("rahim", state);
        stage.pass_hours(3).await;
        assert_eq!(stage.used(owner, &panel).await, 0, "{state:?}");
    }
    assert_eq!(seconds_seen(&stage, "down").await, 6 * HOUR);
    stage.odoo.set_panel("rahim", PanelState::Up);
    stage.pass_hours(1).await;
    assert_eq!(stage.used(owner, &panel).await, HOUR);
}

// Harm prevented: a worker that was off for a night bills the night by one look in the morning.
async fn a_worker_that_comes_late_speaks_only_for_its_reach(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    stage.skip(9 * HOUR);
    stage.work().await;
    assert_eq!(stage.used(owner, &panel).await, HOUR);
    assert_eq!(seconds_seen(&stage, "unknown").await, 8 * HOUR);
    // It was off for the rest of the cycle: the end is where it was, and not where it was noticed.
    stage.skip(40 * DAY);
    stage.work().await;
    let cycle = owner.status(&panel).await["billing"]["cycle"].clone();
    assert_eq!(
        (&cycle["ended_reason"], &cycle["ends_at"]),
        (&json!("time_elapsed"), &json!(beginning().plus(30 * DAY)))
    );
    assert_eq!(cycle["used_seconds"], HOUR, "nobody saw the rest, and what was seen came after the end");
    assert_eq!(stage.gate(&panel).await.0, 403);
}

// Harm prevented: a second worker doubles every bill.
async fn two_workers_count_nothing_twice(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let (other, _) = stage.another(|_| ()).await;
    let mut panels = Vec::new();
    for name in ["one", "two", "three"] {
        panels.push(stage.active_panel(owner, name, terms()).await);
    }
    let up: Vec<i64> = {
        let mut up = Vec::new();
        for panel in &panels {
            up.push(stage.used(owner, panel).await);
        }
        up
    };
    for round in 1..=6_i64 {
        stage.skip(HOUR);
        let mut all = tokio::task::JoinSet::new();
        for number in 1..=8_u64 {
            let app = Arc::clone(if number % 2 == 0 { &stage.app } else { &other });
            all.spawn(async move { hourglass::worker::turn(&app, number).await });
        }
        let reports = all.join_all().await;
        assert!(reports.iter().all(|report| report.failed == 0), "{reports:?}");
        stage.work().await;
        for (panel, before) in panels.iter().zip(&up) {
            assert_eq!(stage.used(owner, panel).await, before + round * HOUR);
        }
    }
    let seen = seconds_seen(&stage, "up").await;
    assert_eq!(seen, up.iter().sum::<i64>() + 3 * 6 * HOUR);
    assert_eq!(stage.database.count("notices", "kind = 'renewed'").await, 3, "each promise is kept once");
}

// Harm prevented: what is due together is cut off after a batch, and the rest goes on for nothing.
async fn panels_that_are_looked_at_together_end_each_at_its_own_hour(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let mut panels = Vec::new();
    for number in 0..4 {
        let plan = Terms { included_hours: 1 + number, ..terms() };
        panels.push(stage.active_panel(owner, &format!("panel-{number}"), plan).await);
    }
    stage.pass_hours(6).await;
    for (number, panel) in (0_i64..).zip(&panels) {
        let cycle = owner.status(panel).await["billing"]["cycle"].clone();
        // The first look that counts came an hour after the last of the four was up.
        let counted_from = beginning().plus(4 * 5);
        assert_eq!(cycle["used_seconds"], (1 + number) * HOUR);
        assert_eq!(cycle["ends_at"], json!(counted_from.plus((1 + number) * HOUR)));
        assert_eq!(stage.gate(panel).await.0, 403);
    }
    stage.assert_balanced().await;
    assert_eq!(stage.database.balance("revenue").await, -4 * 120_000);
}
