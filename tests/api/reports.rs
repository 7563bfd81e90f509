//! What an account used and spent, across its panels and over time: figures, and tables to keep.

use harness::{Answer, Persona, Stage, Terms, beginning, terms};
use hourglass::port::clock::Clock as _;
use hourglass::store::NewTenant;
use hourglass_tests as harness;
use serde_json::{Value, json};
use shared::billing::state::Tenant;
use shared::billing::vat::Vat;
use shared::ids::TenantId;
use shared::time::{DAY, HOUR, Timestamp};
use std::sync::Arc;

harness::stories!(
    an_account_sees_what_its_panels_used,
    all_reports_say_the_same_wherever_the_clocks_are,
    a_name_in_a_table_is_text,
    a_removed_panel_is_in_the_reports_of_its_days,
    reports_say_what_may_be_asked_for,
    what_was_spent_is_invoices_less_credit_notes,
    what_was_spent_lies_in_the_months_of_the_accounts_clocks,
    tables_of_money_say_what_the_pages_say,
    a_thousand_panels_are_read_in_pages,
);

fn long() -> Terms {
    Terms { included_hours: 300, ..terms() }
}

async fn usage(who: &Persona, query: &str) -> Value {
    who.get(&format!("/api/v1/usage?{query}")).await.ok(200)
}

/// The lines of a table, field by field, after the mark that says how it is written. Nothing in these stories is quoted.
fn lines(table: &Answer) -> Vec<Vec<&str>> {
    table.lines().into_iter().map(|line| line.split(',').collect()).collect()
}

fn sum(values: &Value) -> i64 {
    values.as_array().unwrap().iter().map(|it| it.as_i64().unwrap()).sum()
}

/// Seconds of the first day in which the panel was down, and in which nobody saw it.
async fn seen_free(who: &Persona, panel: &harness::Panel) -> [String; 2] {
    let seen = who.get(&panel.path("usage?from=2026-01-05&to=2026-01-05")).await.ok(200);
    ["down_seconds", "unknown_seconds"].map(|field| seen["days"][0][field].to_string())
}

// Harm prevented: the chart of an account counts another's hours, leaves a panel out, or says something else than the table.
async fn an_account_sees_what_its_panels_used(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let (one, two) = (stage.active_panel(owner, "one", long()).await, stage.active_panel(owner, "two", long()).await);
    let waits = stage.panel(owner, "waits", terms()).await;
    stage.active_panel(stranger, "theirs", long()).await;
    stage.pass_hours(6).await;
    owner.post(&one.path("stop")).await.is(200);
    stage.pass_hours(12).await;
    let seen = usage(owner, "from=2026-01-05&to=2026-01-06").await;
    assert_eq!(
        (&seen["zone"], &seen["from"], &seen["to"]),
        (&json!("Asia/Dhaka"), &json!("2026-01-05"), &json!("2026-01-06"))
    );
    let panels = seen["panels"].as_array().unwrap();
    let ids: Vec<&Value> = panels.iter().map(|it| &it["tenant_id"]).collect();
    assert_eq!(ids, [&json!(one.id), &json!(two.id), &json!(waits.id)], "all of the account's, by name, and no others");
    // It was noon in Dhaka, and the first look at them spoke for the hour after the last of them had come up, 15 s later.
    assert_eq!(panels[0]["billable_seconds"], json!([6 * HOUR, 0]));
    assert_eq!(panels[1]["billable_seconds"], json!([12 * HOUR - 15, 6 * HOUR + 15]));
    assert_eq!(panels[2]["billable_seconds"], json!([0, 0]));
    assert_eq!(panels[1]["totals"]["seconds"], 2 * DAY);
    assert_eq!(panels[1]["totals"]["up_seconds"], 18 * HOUR);
    assert_eq!(seen["as_of"], owner.status(&two).await["as_of"], "of the one that runs");
    let table = owner.get("/api/v1/usage.csv?from=2026-01-05&to=2026-01-06").await.is(200);
    assert_eq!(table.header("content-type"), Some("text/csv; charset=utf-8"));
    let name = "attachment; filename=\"usage-2026-01-05-2026-01-06.csv\"";
    assert_eq!(table.header("content-disposition"), Some(name));
    let rows = lines(&table);
    let figures = ["hours_up", "hours_charged", "up_seconds", "down_seconds", "unknown_seconds", "charged_seconds"];
    let head = [&["day", "panel", "panel_id"], &figures[..]].concat();
    assert_eq!((rows.len(), &rows[0]), (7, &head));
    let (id, up) = (two.id.to_string(), (12 * HOUR - 15).to_string());
    let [down, unknown] = seen_free(owner, &two).await;
    assert_eq!(rows[3], ["2026-01-05", "Panel two", &id, "12.00", "12.00", &up, &down, &unknown, &up]);
    let free = seen_free(owner, &one).await;
    assert_eq!(rows[1][6..8], free);
    assert_ne!(free[0], free[1], "or the two could stand in each other's place");
    let own = owner.get(&two.path("usage.csv?from=2026-01-05&to=2026-01-05")).await.is(200);
    let name = format!("attachment; filename=\"usage-{id}-2026-01-05-2026-01-05.csv\"");
    assert_eq!(own.header("content-disposition"), Some(&*name));
    let rows = lines(&own);
    assert_eq!((rows.len(), &rows[0]), (2, &[&["day"], &figures[..]].concat()));
    assert_eq!(rows[1], ["2026-01-05", "12.00", "12.00", &up, &down, &unknown, &up]);
    let usual = usage(owner, "").await;
    assert_eq!((&usual["from"], &usual["to"]), (&json!("2025-12-08"), &json!("2026-01-06")), "the last thirty days");
    // A panel that nobody has yet is in no report of the past.
    assert_eq!(usage(owner, "from=2025-12-01&to=2025-12-31").await["panels"], json!([]));
    stage.operator().await.get("/api/v1/usage").await.refused(404, "not_found");
}

// Harm prevented: where clocks change, or are half an hour off, hours are lost between two reports.
async fn all_reports_say_the_same_wherever_the_clocks_are(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    for (zone, from) in [
        ("Europe/Berlin", "2026-03-28T20:30:00Z"),
        ("Asia/Kolkata", "2026-05-01T10:00:00Z"),
        ("Europe/Berlin", "2026-10-24T20:30:00Z"),
    ] {
        stage.database.meddle(&format!("UPDATE accounts SET zone = '{zone}'")).await;
        let from: Timestamp = from.parse().unwrap();
        stage.skip(from.seconds_since(stage.clock.now()));
        stage.work().await;
        let name = format!("panel-{}", from.unix());
        let panel = stage.active_panel(owner, &name, long()).await;
        stage.pass_hours(30).await;
        let today = from.to_string();
        let days = format!("from={}&to={}", &today[..10], from.plus(2 * DAY).to_string().get(..10).unwrap());
        let own = owner.get(&panel.path(&format!("usage?{days}"))).await.ok(200);
        let seconds: Vec<&Value> = own["days"].as_array().unwrap().iter().map(|day| &day["billable_seconds"]).collect();
        let all = usage(owner, &days).await;
        let shown = all["panels"].as_array().unwrap().iter().find(|it| it["tenant_id"] == json!(panel.id)).unwrap();
        assert_eq!(shown["billable_seconds"], json!(seconds), "{zone}");
        assert_eq!(shown["totals"], own["totals"], "{zone}");
        assert_eq!(shown["totals"]["up_seconds"], 30 * HOUR, "{zone}");
        let hourly = owner.get(&panel.path(&format!("usage/hours?{days}"))).await.ok(200);
        let hours = hourly["hours"].as_array().unwrap();
        let of = |field: &str| hours.iter().map(|hour| hour[field].as_i64().unwrap()).sum::<i64>();
        assert_eq!((of("up_seconds"), of("billable_seconds")), (30 * HOUR, 30 * HOUR), "{zone}");
        assert_eq!(json!(of("seconds")), own["totals"]["seconds"], "{zone}");
        assert!(hours.iter().all(|hour| hour["up_seconds"].as_i64() <= hour["seconds"].as_i64()), "{zone}");
        assert_eq!(hours[0]["starts_at"], own["days"][0]["starts_at"], "{zone}");
        owner.post(&panel.path("stop")).await.is(200);
        stage.work().await;
    }
}

// Harm prevented: a panel is called `=HYPERLINK(…)`, and the bookkeeper's spreadsheet runs it; a comma moves the figures; or names in
// Bangla are rubbish there.
async fn a_name_in_a_table_is_text(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let silver = stage.plan("Silver", &terms()).await;
    for (number, name) in ["=1+1", "+880", "-1", "@SUM(A1)", "Rahim, \"Sons\"", "রহিম"].into_iter().enumerate()
    {
        let body = json!({ "name": name, "subdomain": format!("shop-{number}"), "plan_id": silver.id });
        owner.post_keyed("/api/v1/tenants", &format!("key-{number}"), &body).await.is(201);
    }
    let table = owner.get("/api/v1/usage.csv?from=2026-01-05&to=2026-01-05").await.is(200);
    for name in ["'=1+1", "'+880", "'-1", "'@SUM(A1)", "\"Rahim, \"\"Sons\"\"\"", "রহিম"] {
        assert!(table.body.contains(&format!("2026-01-05,{name},ten_")), "{name}: {}", table.body);
    }
    assert!(table.body.starts_with("\u{feff}day,"), "by this mark a spreadsheet knows the letters: {}", table.body);
    assert_eq!(table.body.matches('\u{feff}').count(), 1, "{}", table.body);
    for line in table.body.lines() {
        assert!(!line.contains(",=") && !line.contains(",+") && !line.contains(",-") && !line.contains(",@"), "{line}");
    }
}

// Harm prevented: hours that were paid for disappear from the report with the panel; or what never was fills it.
async fn a_removed_panel_is_in_the_reports_of_its_days(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", long()).await;
    let silver = stage.plan("Silver", &terms()).await;
    let body = json!({ "name": "Mistyped", "subdomain": "mistyped", "plan_id": silver.id });
    let ordered = owner.post_keyed("/api/v1/tenants", "key", &body).await.ok(201);
    let mistyped = format!("/api/v1/tenants/{}/discard", ordered["tenant_id"].as_str().unwrap());
    stage.pass_hours(2).await;
    owner.post(&mistyped).await.is(200);
    owner.post_json(&panel.path("delete"), &json!({ "subdomain": "rahim" })).await.is(200);
    stage.work().await;
    let seen = usage(owner, "from=2026-01-05&to=2026-01-05").await;
    assert_eq!(seen["panels"].as_array().unwrap().len(), 1, "{seen}");
    assert_eq!(seen["panels"][0]["totals"]["billable_seconds"], 2 * HOUR);
    assert_eq!(seen["as_of"], Value::Null, "nothing runs");
    assert_eq!(usage(owner, "from=2026-01-06&to=2026-01-07").await["panels"], json!([]));
}

// Harm prevented: a mistyped day is taken for another, or one request reads years.
async fn reports_say_what_may_be_asked_for(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let hours = panel.path("usage/hours");
    let usual = owner.get(&hours).await.ok(200);
    assert_eq!(usual["from"], "2025-12-30", "the last seven days");
    assert_eq!(usual["hours"].as_array().unwrap().len(), 7 * 24);
    let first = "2025-12-31";
    for (path, last, too_late) in [
        ("/api/v1/usage", "2026-04-01", "2026-04-02"),
        ("/api/v1/usage.csv", "2026-04-01", "2026-04-02"),
        (hours.as_str(), "2026-01-30", "2026-01-31"),
    ] {
        owner.get(&format!("{path}?from={first}&to={last}")).await.is(200);
        for (query, field) in [
            (format!("from={first}&to={too_late}"), "/to"),
            ("from=2026-02-30".to_owned(), "/from"),
            ("to=tomorrow".to_owned(), "/to"),
            ("from=2026-01-02&to=2026-01-01".to_owned(), "/to"),
            ("from=1969-12-31&to=9999-12-31".to_owned(), "/to"),
        ] {
            let problem = owner.get(&format!("{path}?{query}")).await.refused(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], field, "{path} {query}");
        }
    }
}

async fn spending(who: &Persona, account: &str) -> Vec<(String, i64)> {
    let seen = who.get(&format!("/api/v1/accounts/{account}/spending")).await.ok(200);
    let row = |it: &Value| (it["month"].as_str().unwrap().to_owned(), it["spent"]["minor"].as_i64().unwrap());
    seen["months"].as_array().unwrap().iter().map(row).collect()
}

// Harm prevented: the strip above the panels shows money that was given back, or another's.
async fn what_was_spent_is_invoices_less_credit_notes(stage: Arc<Stage>) {
    let (owner, stranger, operator) = (stage.owner().await, stage.stranger().await, stage.operator().await);
    let account = owner.account_id();
    let nothing = spending(owner, &account).await;
    assert_eq!((nothing.len(), nothing[0].clone()), (12, ("2025-02-01".to_owned(), 0)));
    assert_eq!(nothing[11], ("2026-01-01".to_owned(), 0));
    stage.active_panel(stranger, "theirs", terms()).await;
    let taxed = Terms { vat: Vat::Exclusive { basis_points: 1_500 }, ..terms() };
    stage.active_panel(owner, "one", taxed).await;
    stage.active_panel(owner, "two", terms()).await;
    assert_eq!(spending(owner, &account).await[11].1, 138_000 + 120_000, "with VAT");
    let invoices = owner.get("/api/v1/invoices").await.ok(200);
    let newest = invoices["items"][0]["invoice_id"].as_str().unwrap();
    let back = json!({ "lines": [{ "position": 1, "gross_minor": 50_000 }], "reason": "It was slow." });
    operator.post_keyed(&format!("/api/v1/invoices/{newest}/credit-notes"), "back", &back).await.is(201);
    stage.work().await;
    let now = spending(owner, &account).await;
    assert_eq!((now.len(), now[11].1), (12, 208_000));
    assert_eq!(spending(operator, &account).await, now);
    // What was credited in another currency is not taken off it.
    let columns = "fiscal_year, account_id, tenant_id, issued_at, document";
    let abroad = format!(
        "INSERT INTO invoices (id, corrects_id, series, sequence, number, gross_minor, currency, {columns}) \
         SELECT 'inv_01937b1c8f2e7c3d9a4b5c6d7e8f9012', id, 'EU', 1, 'EU-1', 900, 'EUR', {columns} FROM invoices \
         WHERE account_id = '{account}' AND corrects_id IS NULL ORDER BY id LIMIT 1"
    );
    stage.database.meddle(&abroad).await;
    let now = spending(owner, &account).await;
    assert_eq!(now.len(), 24);
    assert_eq!((now[22].1 + now[23].1, now[22].0.as_str(), now[23].0.as_str()), (207_100, "2026-01-01", "2026-01-01"));
    stage.assert_balanced().await;
}

// Harm prevented: what was paid on the evening of the last day is shown in the next month.
async fn what_was_spent_lies_in_the_months_of_the_accounts_clocks(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let account = owner.account_id();
    // In Dhaka it is February by now; in Berlin it is not.
    let evening: Timestamp = "2026-01-31T18:30:00Z".parse().unwrap();
    stage.skip(evening.seconds_since(beginning()));
    stage.active_panel(owner, "rahim", terms()).await;
    let by = async |zone: &str| {
        stage.database.meddle(&format!("UPDATE accounts SET zone = '{zone}'")).await;
        spending(owner, &account).await.into_iter().filter(|it| it.1 != 0).collect::<Vec<_>>()
    };
    assert_eq!(by("Asia/Dhaka").await, [("2026-02-01".to_owned(), 120_000)]);
    assert_eq!(by("Europe/Berlin").await, [("2026-01-01".to_owned(), 120_000)]);
}

// Harm prevented: a bookkeeper's table has other sums than the page, or leaves a movement out.
async fn tables_of_money_say_what_the_pages_say(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let account = owner.account_id();
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    let newest = owner.get("/api/v1/invoices").await.ok(200)["items"][0]["invoice_id"].as_str().unwrap().to_owned();
    let back = json!({ "lines": [{ "position": 1, "gross_minor": 50_050 }], "reason": "It was slow." });
    operator.post_keyed(&format!("/api/v1/invoices/{newest}/credit-notes"), "back", &back).await.is(201);
    stage.pass_hours(2).await;

    let spent = owner.get(&format!("/api/v1/accounts/{account}/spending.csv")).await.is(200);
    assert_eq!(spent.header("content-disposition"), Some("attachment; filename=\"spending.csv\""));
    let rows = lines(&spent);
    assert_eq!((rows.len(), rows[0].as_slice()), (13, &["month", "currency", "spent", "spent_minor"][..]));
    assert_eq!(rows[1], ["2025-02-01", "BDT", "0.00", "0"]);
    assert_eq!(rows[12], ["2026-01-01", "BDT", "699.50", "69950"]);

    let moved = owner.get(&format!("/api/v1/accounts/{account}/credit")).await.ok(200)["items"][0].clone();
    let credit = owner.get(&format!("/api/v1/accounts/{account}/credit.csv")).await.is(200);
    let rows = lines(&credit);
    let (at, note) = (moved["at"].as_str().unwrap(), moved["invoice_id"].as_str().unwrap());
    let id = panel.id.to_string();
    let row =
        [at, "credit_note_issued", "Panel rahim", &id, "BDT", "500.50", "500.50", "50050", "50050", "", "", note, ""];
    assert_eq!((rows.len(), rows[0].len(), rows[1].as_slice()), (2, row.len(), &row[..]));

    let cycle = owner.get(&panel.path("cycles")).await.ok(200)["items"][0].clone();
    let cycles = owner.get(&panel.path("cycles.csv")).await.is(200);
    let rows = lines(&cycles);
    let text = |field: &str| cycle[field].as_str().unwrap().to_owned();
    let (starts, ends, used) = (text("starts_at"), text("ends_at"), cycle["used_seconds"].as_i64().unwrap());
    assert!(used > HOUR, "{cycle}");
    let (hundredths, used) = ((used + 18) / 36, used.to_string());
    let hours = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    let allowed = cycle["allowance_seconds"].as_i64().unwrap();
    let (allowed_hours, allowed) = (format!("{}.00", allowed / HOUR), allowed.to_string());
    let plan = cycle["plan"]["name"].as_str().unwrap();
    let row = [
        "1",
        plan,
        &starts,
        &ends,
        "",
        "",
        &allowed_hours,
        &hours,
        "0.00",
        &allowed,
        &used,
        "0",
        "BDT",
        "1200.00",
        "120000",
    ];
    assert_eq!((rows.len(), rows[0].len(), rows[1].as_slice()), (2, row.len(), &row[..]));
}

// Harm prevented: an account with many panels sees the first hundred, or some of them twice, or waits for a minute.
async fn a_thousand_panels_are_read_in_pages(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let first = stage.panel(owner, "first", terms()).await;
    let known = stage.app.store.tenant(first.id).await.unwrap().unwrap();
    let tx = stage.app.store.begin().await.unwrap();
    for number in 2..=1_000 {
        let id = TenantId::new(stage.app.ids.uuid());
        let new = NewTenant {
            state: Tenant::new(id, beginning()),
            account_id: known.account_id,
            name: format!("Shop {number}"),
            subdomain: format!("shop-{number}"),
            plan_version_id: known.plan.version_id,
            created_at: beginning(),
        };
        assert!(tx.insert_tenant(&new).await.unwrap());
    }
    tx.commit().await.unwrap();
    let (mut seen, mut cursor, mut pages) = (std::collections::BTreeSet::new(), String::new(), 0);
    loop {
        let page = owner.get(&format!("/api/v1/tenants?limit=200&cursor={cursor}")).await.ok(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|it| it["tenant_id"].as_str().unwrap().to_owned()));
        pages += 1;
        match page["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    assert_eq!((seen.len(), pages), (1_000, 5));
    let problem = owner.get("/api/v1/tenants?limit=201").await.refused(422, "invalid");
    assert_eq!(problem["errors"][0]["pointer"], "/limit");
    let problem = owner.get("/api/v1/invoices?limit=101").await.refused(422, "invalid");
    assert_eq!(problem["errors"][0]["pointer"], "/limit", "other lists are as they were");
    let report = usage(owner, "from=2025-12-01&to=2026-01-05").await;
    assert_eq!(report["panels"].as_array().unwrap().len(), 1_000);
    assert_eq!(sum(&report["panels"][0]["billable_seconds"]), 0);
}
