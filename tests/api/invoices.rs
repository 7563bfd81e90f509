//! Invoices and credit notes: numbers without gaps, totals that are the ledger's, and nothing ever edited.

use harness::{Keys, Panel, Persona, Stage, Terms, terms};
use hourglass::worker::turn;
use hourglass_tests as harness;
use sandbox::gateway::{Action, Faults};
use serde_json::{Value, json};
use shared::billing::vat::Vat;
use std::sync::Arc;
use tokio::task::JoinSet;

harness::stories!(
    a_settled_order_has_one_invoice_that_says_what_the_ledger_says,
    renewals_that_race_give_one_cycle_each_and_numbers_without_gaps,
    invoices_of_many_panels_have_numbers_without_gaps,
    a_credit_note_takes_back_no_more_than_there_was,
    a_file_is_a_pdf_and_a_strangers_is_not_found,
    the_database_itself_refuses_to_change_what_was_issued_or_booked,
);

fn with_vat() -> Terms {
    Terms { vat: Vat::Exclusive { basis_points: 1_500 }, ..terms() }
}

async fn invoices(persona: &Persona) -> Vec<Value> {
    persona.get("/api/v1/invoices?limit=100").await.ok(200)["items"].as_array().expect("items").clone()
}

// Harm prevented: the invoice says one thing and the books another, or a payment has no invoice or two.
async fn a_settled_order_has_one_invoice_that_says_what_the_ledger_says(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", with_vat()).await;
    let preview = owner.get(&panel.path("next-order")).await.ok(200);
    assert_eq!(preview["gross"]["minor"], 138_000, "what is shown is what will be charged");
    let all = invoices(owner).await;
    assert_eq!(all.len(), 1);
    let invoice = &all[0];
    assert_eq!(invoice["number"], "INV-2025-26-000001", "January lies in the fiscal year that began in July");
    assert_eq!(invoice["issued_on"], "2026-01-05");
    let amount = |name: &str| invoice[name]["minor"].as_i64().expect("an amount");
    assert_eq!((amount("net"), amount("tax"), amount("gross")), (120_000, 18_000, 138_000));
    assert_eq!(invoice["lines"][0]["what"]["kind"], "base_price");
    let balance = async |account: &str| stage.database.balance(account).await;
    assert_eq!(balance("tax_payable").await, -18_000);
    assert_eq!(balance("receivable").await, 0, "it is paid");
    assert_eq!(balance("deferred_revenue").await + balance("revenue").await, -120_000);
    assert_eq!(balance("gateway_cash").await + balance("gateway_fees").await, 138_000);
    assert!(balance("gateway_fees").await > 0, "the gateway keeps its share");
    stage.assert_balanced().await;
}

// Harm prevented: of payments that arrive together one buys two cycles or none, or a number is given twice or left out.
async fn renewals_that_race_give_one_cycle_each_and_numbers_without_gaps(stage: Arc<Stage>) {
    let mut workers = vec![Arc::clone(&stage.app)];
    for _ in 0..7 {
        workers.push(stage.another(|_| ()).await.0);
    }
    const ROUNDS: usize = 3;
    const RENEWALS: usize = 16;
    for round in 0..ROUNDS {
        // Somebody else each time: what the last one paid too much would pay for the next.
        let answer = stage.nobody().sign_up("Rahim", &format!("rahim{round}@example.com")).await.is(201);
        let owner = stage.nobody().with(Keys::of(&answer));
        let plan = Terms { early_renewal_percent: 100, queued_cycles_max: 12, ..with_vat() };
        let panel = stage.active_panel(&owner, &format!("round{round}"), plan).await;
        stage.gateway.set_faults(Faults::skip_ipn());
        let mut notices = vec![];
        for renewal in 0..RENEWALS {
            let payment = stage.checkout(&owner, &panel, &format!("{round}-{renewal}")).await;
            notices.push(stage.act(&payment, Action::Pay).await.fields);
        }
        stage.wait(130);
        let mut all = JoinSet::new();
        for fields in notices {
            let stage = Arc::clone(&stage);
            all.spawn(async move { drop(stage.nobody().post_form("/pay/sslcommerz/ipn", &fields).await.is(200)) });
        }
        for (number, worker) in (1..).zip(&workers) {
            let worker = Arc::clone(worker);
            all.spawn(async move {
                let _ = turn(&worker, number).await;
            });
        }
        while let Some(done) = all.join_next().await {
            done.expect("each renewal is answered");
        }
        stage.work().await;
        stage.gateway.set_faults(Faults::default());
    }
    assert_eq!(stage.database.count("cycles", "1 = 1").await, 3 + 3, "one cycle for each order");
    assert_eq!(stage.database.count("payments", "state = 'settled'").await, 3 + 3);
    assert_eq!(stage.database.count("payments", "state = 'credited'").await, 3 * 15, "the others are credit");
    numbers_have_no_gaps(&stage, 3 + 3).await;
    stage.assert_balanced().await;
}

// Harm prevented: many customers pay in the same second, and the tax office finds a number missing.
async fn invoices_of_many_panels_have_numbers_without_gaps(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    stage.gateway.set_faults(Faults::skip_ipn());
    let mut notices = vec![];
    for number in 0..16 {
        let panel: Panel = stage.panel(owner, &format!("panel{number}"), with_vat()).await;
        let payment = stage.checkout(owner, &panel, &format!("pay-{number}")).await;
        notices.push(stage.act(&payment, Action::Pay).await.fields);
    }
    let mut all = JoinSet::new();
    for fields in notices {
        let stage = Arc::clone(&stage);
        all.spawn(async move { drop(stage.nobody().post_form("/pay/sslcommerz/ipn", &fields).await.is(200)) });
    }
    while let Some(done) = all.join_next().await {
        done.expect("each payment is answered");
    }
    stage.work().await;
    numbers_have_no_gaps(&stage, 16).await;
    stage.leaves_work();
}

async fn numbers_have_no_gaps(stage: &Stage, many: i64) {
    let of = async |figure: &str| {
        let sql = format!("SELECT CAST({figure} AS BIGINT) AS figure FROM invoices WHERE series = 'INV'");
        stage.database.number(&sql).await
    };
    assert_eq!((of("MIN(sequence)").await, of("MAX(sequence)").await, of("COUNT(*)").await), (1, many, many));
}

// Harm prevented: more is given back than was paid, or the tax of a part is a poisha off.
async fn a_credit_note_takes_back_no_more_than_there_was(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    stage.active_panel(owner, "rahim", with_vat()).await;
    let before = invoices(owner).await[0].clone();
    let path = format!("/api/v1/invoices/{}/credit-notes", before["invoice_id"].as_str().expect("an id"));
    let note = |gross: i64| json!({ "lines": [{ "position": 1, "gross_minor": gross }], "reason": "Down for a day" });
    let post = async |persona: &Persona, key: &str, body: &Value| {
        let request = persona.request(reqwest::Method::POST, &path).header("idempotency-key", key).json(body);
        persona.send(request).await
    };
    post(owner, "mine", &note(100)).await.refused(404, "not_found");
    let first = post(operator, "one", &note(10_001)).await.ok(201);
    assert_eq!(first["number"], "CN-2025-26-000001");
    assert_eq!((&first["kind"], &first["corrects"]), (&json!("credit_note"), &before["number"]));
    let again = post(operator, "one", &note(10_001)).await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    let field = post(operator, "two", &note(127_999 + 1)).await.refused(422, "invalid")["errors"][0].clone();
    assert_eq!(field["pointer"], "/lines/0");
    let _ = post(operator, "three", &note(127_999)).await.ok(201);
    post(operator, "four", &note(1)).await.refused(422, "invalid");
    stage.work().await;
    assert_eq!(invoices(owner).await.iter().find(|it| it["kind"] == "invoice"), Some(&before), "it stays as it was");
    assert_eq!(stage.database.balance("customer_credit").await, -138_000);
    assert_eq!(stage.database.balance("tax_payable").await, 0, "all of the VAT is given back, to the poisha");
    assert_eq!(stage.database.count("notices", "kind = 'credit_note_issued'").await, 2);
    stage.assert_balanced().await;
}

// Harm prevented: an invoice cannot be handed to an accountant, or is handed to a stranger.
async fn a_file_is_a_pdf_and_a_strangers_is_not_found(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    stage.active_panel(owner, "rahim", with_vat()).await;
    let id = invoices(owner).await[0]["invoice_id"].as_str().expect("an id").to_owned();
    for language in ["en", "bn"] {
        let path = format!("/api/v1/invoices/{id}/pdf?language={language}");
        let file = owner.get(&path).await.is(200);
        assert_eq!(file.header("content-type"), Some("application/pdf"));
        assert!(file.header("content-disposition").expect("a name").contains("INV-2025-26-000001.pdf"));
        stranger.get(&path).await.refused(404, "not_found");
    }
    assert!(invoices(stranger).await.is_empty());
    assert_eq!(invoices(stage.operator().await).await.len(), 1);
}

// Harm prevented: a statement typed into the database, or a fault of ours, rewrites history.
async fn the_database_itself_refuses_to_change_what_was_issued_or_booked(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    stage.active_panel(owner, "rahim", with_vat()).await;
    for statement in [
        "UPDATE invoices SET gross_minor = 1",
        "DELETE FROM invoices",
        "UPDATE ledger_entries SET amount_minor = amount_minor + 1",
        "DELETE FROM ledger_entries",
        "UPDATE journals SET kind = 'other'",
        "INSERT INTO ledger_entries SELECT id, 99, account_id, 'revenue', 5, 'BDT' FROM journals",
        "UPDATE plan_versions SET terms = '{}'",
        "INSERT INTO journals SELECT 'jrn_x', 'odd', 'odd', at, tenant_id, account_id FROM journals LIMIT 1",
    ] {
        assert!(stage.database.try_meddle(statement).await.is_err(), "{statement}");
    }
    stage.assert_balanced().await;
}
