//! Why a figure is what it is: from the amount back to the very windows, and what a panel's standing rests on.

use harness::{Panel, Persona, Stage, Terms, beginning, terms};
use hourglass::flow::auth::Caller;
use hourglass::flow::payments::checkout::{Buy, checkout};
use hourglass::port::clock::Clock as _;
use hourglass::store::PlanRecord;
use hourglass_tests as harness;
use serde_json::{Value, json};
use shared::api::auth::Role;
use shared::billing::terms::OnExhaustion;
use shared::billing::vat::Vat;
use shared::ids::{PlanId, PlanVersionId};
use shared::money::{Currency, Money};
use shared::time::{DAY, HOUR};
use std::sync::Arc;

harness::stories!(
    an_overage_line_leads_to_the_windows_behind_it,
    a_price_is_explained_down_to_its_tax,
    an_upgrade_is_explained_by_both_prices,
    a_cycle_that_ran_out_names_the_second,
    many_windows_are_shown_in_parts,
    a_panel_says_why_it_stands_as_it_does,
);

fn step<'v>(explained: &'v Value, code: &str) -> &'v Value {
    let steps = explained["steps"].as_array().unwrap();
    steps.iter().find(|step| step["code"] == code).unwrap_or_else(|| panic!("no {code} in {explained:#}"))
}

fn codes(explained: &Value) -> Vec<&str> {
    explained["steps"].as_array().unwrap().iter().map(|step| step["code"].as_str().unwrap()).collect()
}

fn assert_worded(explained: &Value) {
    for step in explained["steps"].as_array().unwrap() {
        let (en, bn) = (step["en"].as_str().unwrap(), step["bn"].as_str().unwrap());
        assert!(en.len() > 10 && bn.len() > 10 && en != bn, "{step}");
    }
}

async fn newest_invoice(stage: &Stage) -> String {
    stage.app.store.invoices(None, None, 1).await.unwrap()[0].invoice_id.to_string()
}

async fn explain_line(who: &Persona, invoice: &str, position: u32) -> Value {
    who.get(&format!("/api/v1/invoices/{invoice}/lines/{position}/explain")).await.ok(200)
}

/// A day long, ten hours included, each one beyond for 10.01 taka with 15 % VAT contained.
fn with_overage() -> Terms {
    let price_per_hour = Money::new(1_001, Currency::Bdt);
    Terms {
        cycle_days: 1,
        early_renewal_days: 1,
        on_exhaustion: OnExhaustion::Overage { price_per_hour },
        vat: Vat::Inclusive { basis_points: 1_500 },
        ..terms()
    }
}

/// Up for 23 hours of its day and half an hour, then expired, then paid for again.
async fn paid_overage(stage: &Stage, owner: &Persona) -> (Panel, String) {
    let panel = stage.active_panel(owner, "rahim", with_overage()).await;
    stage.pass_hours(23).await;
    stage.skip(HOUR / 2);
    stage.work().await;
    owner.post(&panel.path("stop")).await.is(200);
    stage.work().await;
    stage.pass_hours(1).await;
    assert_eq!(owner.status(&panel).await["billing"]["state"], "expired");
    stage.pay(owner, &panel, "two").await;
    (panel, newest_invoice(stage).await)
}

// Harm prevented: the customer asks why, and support can only repeat the figure; or a figure in the rows was changed, and
// the explanation repeats the lie.
async fn an_overage_line_leads_to_the_windows_behind_it(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let (panel, invoice) = paid_overage(&stage, owner).await;
    let explained = explain_line(owner, &invoice, 2).await;
    assert_worded(&explained);
    assert_eq!(explained["differs"], json!([]));
    let seconds = 13 * HOUR + HOUR / 2;
    assert_eq!(step(&explained, "overage_counted")["data"]["seconds"], seconds);
    let charge = &explained["charges"][0];
    assert_eq!(charge["what"], json!({ "kind": "overage", "cycle_number": 1 }));
    let exact = json!({ "numerator": (1_001 * seconds).to_string(), "denominator": "3600" });
    assert_eq!(
        charge["amount"],
        json!({ "exact": exact, "rounded": 13_514 }),
        "13513.5 is rounded once, to the even one"
    );
    assert_eq!(
        charge["vat"]["net"]["minor"].as_i64().unwrap() + charge["vat"]["tax"]["minor"].as_i64().unwrap(),
        13_514
    );
    let windows = explained["windows"].as_array().unwrap();
    assert_eq!((windows.len(), &explained["windows_left_out"]), (24, &json!(0)));
    assert!(windows.iter().all(|window| window["seen"] == "up"));
    let day = &explained["cycle"]["days"][0];
    assert_eq!((&day["up_seconds"], &day["overage_seconds"]), (&json!(seconds + 10 * HOUR), &json!(seconds)));
    let sentence = step(&explained, "overage_counted");
    assert_eq!(
        sentence["en"],
        "In cycle 1 the panel was up for 13\u{a0}h 30\u{a0}min beyond the allowance; an hour costs ৳\u{a0}10.01."
    );
    assert_eq!(
        sentence["bn"],
        "১ নম্বর চক্রে বরাদ্দের বাইরে ১৩\u{a0}ঘণ্টা ৩০\u{a0}মিনিট প্যানেল চালু ছিল; প্রতি ঘণ্টার দাম ৳\u{a0}১০.০১।"
    );
    // The same from the side of the cycle, one day of it alone.
    let cycle = owner.get(&panel.path("cycles/1/explain?day=2")).await.ok(200);
    assert_eq!((&cycle["charges"], &cycle["windows"]), (&explained["charges"], &json!([])));
    // One window is changed behind the product's back.
    let fourth = beginning().plus(5 + 3 * HOUR).unix();
    stage.database.meddle(&format!("UPDATE usage_windows SET seen = 'down' WHERE from_at = {fourth}")).await;
    let changed = explain_line(owner, &invoice, 2).await;
    assert_eq!(step(&changed, "overage_counted")["data"]["seconds"], seconds - HOUR, "counted, not copied");
    let differs = changed["differs"].as_array().unwrap();
    let named: Vec<&str> = differs.iter().map(|it| it["what"].as_str().unwrap()).collect();
    assert!(named.contains(&"overage_seconds") && named.contains(&"line/gross"), "{named:?}");
    assert_eq!(codes(&changed).last(), Some(&"differs"));
    let cycle = owner.get(&panel.path("cycles/1/explain")).await.ok(200);
    assert!(!cycle["differs"].as_array().unwrap().is_empty());
    owner.get(&format!("/api/v1/invoices/{invoice}/lines/3/explain")).await.refused(404, "not_found");
    owner.get(&panel.path("cycles/3/explain")).await.refused(404, "not_found");
    let wrong = owner.get(&panel.path("cycles/1/explain?day=first")).await.refused(422, "invalid");
    assert_eq!(wrong["errors"][0]["pointer"], "/day");
}

// Harm prevented: the tax on a base price cannot be followed.
async fn a_price_is_explained_down_to_its_tax(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    stage.active_panel(owner, "rahim", Terms { vat: Vat::Inclusive { basis_points: 1_500 }, ..terms() }).await;
    let explained = explain_line(owner, &newest_invoice(&stage).await, 1).await;
    assert_worded(&explained);
    assert_eq!(codes(&explained), ["base_price", "vat_split"]);
    assert_eq!(explained["differs"], json!([]));
    let vat = &explained["charges"][0]["vat"];
    let exact = json!({ "numerator": "1200000000", "denominator": "11500" });
    assert_eq!(vat["rounding"], json!({ "exact": exact, "rounded": 104_348 }));
    assert_eq!((&vat["net"]["minor"], &vat["tax"]["minor"]), (&json!(104_348), &json!(15_652)));
    let said = step(&explained, "vat_split")["en"].as_str().unwrap();
    assert_eq!(said, "15% VAT is contained: ৳\u{a0}1,043.48 + ৳\u{a0}156.52 = ৳\u{a0}1,200.00.");
}

// Harm prevented: an upgrade costs an odd amount, and nobody can say of what it is the share.
async fn an_upgrade_is_explained_by_both_prices(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    stage.pass_hours(3).await;
    let dearer = Terms { included_hours: 20, price: Money::new(200_000, Currency::Bdt), ..terms() };
    let plan = PlanRecord {
        id: PlanId::new(stage.app.ids.uuid()),
        version_id: PlanVersionId::new(stage.app.ids.uuid()),
        number: 1,
        name: "Large".to_owned(),
        terms: dearer,
    };
    let tx = stage.app.store.begin().await.unwrap();
    tx.insert_plan(&plan, stage.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    let me = &owner.keys().me;
    let caller = Caller {
        user_id: me["user_id"].as_str().unwrap().parse().unwrap(),
        account_id: Some(owner.account_id().parse().unwrap()),
        role: Role::Owner,
        session_id: None,
    };
    let order = checkout(&stage.app, &caller, panel.id, &Buy::Upgrade(Box::new(plan)), "larger").await.unwrap();
    stage.act(&order.payment_id.to_string(), sandbox::gateway::Action::Pay).await;
    stage.work().await;
    let explained = explain_line(owner, &newest_invoice(&stage).await, 1).await;
    assert_worded(&explained);
    assert_eq!(explained["differs"], json!([]));
    let data = &step(&explained, "upgrade_priced")["data"];
    assert_eq!((&data["from_price"]["minor"], &data["to_price"]["minor"]), (&json!(120_000), &json!(200_000)));
    // Three of ten hours are used: less is left of them than of the thirty days.
    assert_eq!(
        (&data["basis"], &data["left_seconds"], &data["of_seconds"]),
        (&json!("hours"), &json!(7 * HOUR), &json!(10 * HOUR))
    );
    assert_eq!(explained["charges"][0]["amount"]["rounded"], 56_000);
    let cycle = owner.get(&panel.path("cycles/1/explain")).await.ok(200);
    assert_worded(&cycle);
    assert_eq!(cycle["differs"], json!([]));
    assert_eq!(step(&cycle, "cycle_upgraded")["data"]["allowance_added_seconds"], 7 * HOUR);
    assert_eq!(step(&cycle, "used_of_allowance")["data"]["allowance_seconds"], 17 * HOUR);
    // Had the cycle begun before there were seals, the order that bought it would know its price.
    stage.database.meddle("DELETE FROM cycle_lines").await;
    assert_eq!(explain_line(owner, &newest_invoice(&stage).await, 1).await, explained);
}

// Harm prevented: a panel is closed, and nobody can say at which second its hours were over, or which hours those were.
async fn a_cycle_that_ran_out_names_the_second(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let plan = Terms { included_hours: 20, daily_cap_hours: Some(12), ..terms() };
    let panel = stage.active_panel(owner, "rahim", plan).await;
    stage.pass_hours(20).await;
    stage.odoo.set_down(true);
    stage.pass_hours(4).await;
    stage.odoo.set_down(false);
    stage.pass_hours(3).await;
    let running = owner.get(&panel.path("cycles/1/explain")).await.ok(200);
    assert!(codes(&running).contains(&"cycle_runs"), "{:?}", codes(&running));
    stage.pass_hours(6).await;
    let explained = owner.get(&panel.path("cycles/1/explain")).await.ok(200);
    assert_worded(&explained);
    assert_eq!(explained["differs"], json!([]));
    let days = explained["cycle"]["days"].as_array().unwrap();
    let figure = |day: usize, name: &str| days[day][name].as_i64().unwrap();
    assert_eq!(days.len(), 2);
    // The first cycle day began five seconds before the first look.
    assert_eq!((figure(0, "up_seconds"), figure(0, "billable_seconds")), (20 * HOUR, 12 * HOUR));
    assert_eq!((figure(0, "capped_seconds"), figure(0, "unknown_seconds")), (8 * HOUR, 4 * HOUR - 5));
    assert_eq!((figure(1, "billable_seconds"), figure(1, "unknown_seconds")), (8 * HOUR, 5));
    let end = beginning().plus(5 + 32 * HOUR);
    let ended = step(&explained, "ended_hours_used_up");
    assert_eq!(ended["data"], json!({ "at": end, "allowance_seconds": 20 * HOUR }));
    assert!(ended["en"].as_str().unwrap().starts_with("It ended on 6 Jan 2026, 20:00:05: "), "{ended}");
    assert!(ended["bn"].as_str().unwrap().contains("৬ জানুয়ারি ২০২৬, ২০:০০:০৫"), "{ended}");
    assert!(codes(&explained).contains(&"nothing_beyond_price"));
    let second = owner.get(&panel.path("cycles/1/explain?day=2")).await.ok(200);
    let whole = explained["windows"].as_array().unwrap().len();
    let of_day = second["windows"].as_array().unwrap().len();
    assert!(of_day > 0 && of_day < whole, "{of_day} of {whole}");
    // A cycle from before there were seals has its windows and its row, and is explained by these.
    stage.database.meddle("DELETE FROM cycle_lines").await;
    stage.database.meddle("UPDATE cycles SET seal = NULL").await;
    let unsealed = owner.get(&panel.path("cycles/1/explain")).await.ok(200);
    assert_eq!((&unsealed["steps"], &unsealed["differs"]), (&explained["steps"], &json!([])));
}

// Harm prevented: a month of looks by the minute is an answer that no phone can show, or some of it is left out in silence.
async fn many_windows_are_shown_in_parts(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    stage.pass_hours(1).await;
    let (from, id) = (beginning().plus(5).unix(), panel.id);
    stage.database.meddle(&format!("DELETE FROM usage_windows WHERE from_at = {from}")).await;
    let each = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2399)";
    let row = format!("SELECT '{id}', {from} + i, {from} + i + 1, 'up' FROM n");
    let into = "INSERT INTO usage_windows (tenant_id, from_at, to_at, seen)";
    stage.database.meddle(&format!("{into} {each} {row}")).await;
    for path in ["explain", "cycles/1/explain", "cycles/1/explain?day=1"] {
        let explained = owner.get(&panel.path(path)).await.ok(200);
        let windows = explained["windows"].as_array().unwrap();
        let all = stage.database.count("usage_windows", "1 = 1").await;
        assert_eq!((windows.len(), &explained["windows_left_out"]), (2_000, &json!(all - 2_000)), "{path}");
        assert_eq!(explained["cycle"]["used_seconds"], 2_400, "what is not shown is counted all the same");
    }
    let second = owner.get(&panel.path("cycles/1/explain?day=2")).await.ok(200);
    assert_eq!((&second["windows"], &second["windows_left_out"]), (&json!([]), &json!(0)));
    let none = owner.get(&panel.path("cycles/1/explain?day=0")).await.ok(200);
    assert_eq!(none["windows"], json!([]));
}

// Harm prevented: a button is missing or a panel is closed, and the customer has to guess what would change that.
async fn a_panel_says_why_it_stands_as_it_does(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let pending = stage.panel(owner, "karim", terms()).await;
    let why = owner.get(&pending.path("explain")).await.ok(200);
    assert_worded(&why);
    assert_eq!(codes(&why), ["awaits_first_payment", "renewal_open"]);
    assert_eq!((&why["cycle"], &why["as_of"]), (&Value::Null, &Value::Null));
    let panel = stage.active_panel(owner, "rahim", Terms { grace_hours: 2, ..terms() }).await;
    stage.pass_hours(3).await;
    let why = owner.get(&panel.path("explain")).await.ok(200);
    assert_worded(&why);
    assert_eq!(why["differs"], json!([]));
    let not_due = step(&why, "renewal_not_due");
    let left = 30 * DAY - 3 * HOUR - 5;
    assert_eq!(
        not_due["data"],
        json!({
            "days_at_most": 5, "percent_at_most": 50, "seconds_left": left, "remaining_seconds": 7 * HOUR,
            "allowance_seconds": 10 * HOUR, "opens_at": beginning().plus(25 * DAY)
        })
    );
    let said = not_due["en"].as_str().unwrap();
    assert!(said.contains("5 days or 50% of the hours are left. Now 29\u{a0}days 20\u{a0}h"), "{said}");
    assert!(said.contains("and 70.0% (7\u{a0}h) are left. It opens on 30 Jan 2026, 12:00:00 at the latest."), "{said}");
    operator.post_json(&panel.path("suspend"), &json!({ "message": "Call us." })).await.is(200);
    stage.work().await;
    let why = owner.get(&panel.path("explain")).await.ok(200);
    assert_eq!(step(&why, "closed_by_operator")["data"]["message"], "Call us.");
    operator.post(&panel.path("resume")).await.is(200);
    stage.work().await;
    stage.pass_hours(8).await;
    let why = owner.get(&panel.path("explain")).await.ok(200);
    assert_eq!(codes(&why)[..2], ["is_open", "in_grace"]);
    assert_eq!(step(&why, "in_grace")["data"]["until"], json!(beginning().plus(5 + 12 * HOUR)));
    stage.pass_hours(2).await;
    let why = owner.get(&panel.path("explain")).await.ok(200);
    assert_worded(&why);
    assert_eq!(codes(&why)[..3], ["closed_unpaid", "paid_time_over", "renewal_open"]);
    assert_eq!(
        step(&why, "renewal_open")["data"],
        json!({ "kind": "lapsed", "due": { "minor": 120_000, "currency": "BDT" } })
    );
    assert_eq!(step(&why, "ended_hours_used_up")["data"]["at"], json!(beginning().plus(5 + 10 * HOUR)));
    // Paid for again, the panel waits for its host: that is another reason.
    let payment = stage.checkout(owner, &panel, "again").await;
    stage.act(&payment, sandbox::gateway::Action::Pay).await;
    let why = owner.get(&panel.path("explain")).await.ok(200);
    assert_eq!(codes(&why)[0], "being_opened");
    stage.work().await;
}
