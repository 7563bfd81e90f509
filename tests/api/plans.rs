//! Plans: drafted, published, frozen, archived; and who is on which version.

use harness::{Answer, Plan, Stage, Terms, terms};
use hourglass::flow::FlowError;
use hourglass_tests as harness;
use sandbox::gateway::Action;
use serde_json::{Value, json};
use shared::money::{Currency, Money};
use std::sync::Arc;

harness::stories!(
    a_plan_is_drafted_edited_published_and_frozen,
    the_next_version_is_sold_and_the_old_one_stays,
    terms_that_contradict_themselves_name_their_field,
    terms_are_checked_again_when_they_are_published,
    an_archived_plan_takes_no_new_panels_and_keeps_its_own,
    a_list_of_plans_comes_page_by_page,
    the_operator_moves_a_panel_and_what_is_paid_stays,
    everybody_on_an_older_version_is_moved_in_batches,
);

fn taka(price: i64) -> Terms {
    Terms { price: Money::new(price * 100, Currency::Bdt), ..terms() }
}

fn tag(answer: &Answer) -> String {
    answer.header("etag").expect("an ETag").to_owned()
}

/// What was written down about plans, oldest first.
async fn written_down(stage: &Stage) -> Vec<String> {
    let sql = "SELECT what, to_state FROM audit_log WHERE what LIKE 'plan_%' AND tenant_id IS NULL \
               AND account_id IS NULL AND actor = 'operator' ORDER BY id";
    stage.database.lines(sql).await
}

// Harm prevented: what a customer has bought changes behind their back; or two operators overwrite each other's prices.
async fn a_plan_is_drafted_edited_published_and_frozen(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let made = operator.post_json("/api/v1/plans", &json!({ "name": " Silver ", "terms": taka(1_000) })).await.is(201);
    let (first_tag, plan) = (tag(&made), made.json());
    let version = &plan["versions"][0];
    assert_eq!((&plan["name"], &plan["archived_at"]), (&json!("Silver"), &Value::Null));
    assert_eq!((&version["number"], &version["status"]), (&json!(1), &json!("draft")));
    assert_eq!((&version["terms"], &version["published_at"]), (&json!(taka(1_000)), &Value::Null));
    let silver = Plan { id: plan["id"].as_str().unwrap().to_owned(), name: "Silver".to_owned() };
    let address = format!("/api/v1/plans/{}", silver.id);
    owner.get(&address).await.refused(404, "not_found");
    assert_eq!(owner.get("/api/v1/plans").await.ok(200), json!({ "items": [], "next_cursor": null }));
    assert!(stage.order_panel(owner, "rahim", &silver).await.is_err(), "a draft cannot be ordered");

    let draft = silver.path("versions/1");
    let dearer = json!({ "terms": taka(1_200) });
    let request = operator.request(reqwest::Method::PUT, &draft).json(&dearer);
    operator.send(request).await.refused(428, "if_match_missing");
    operator.put_json(&draft, "\"another\"", &dearer).await.refused(412, "edited_meanwhile");
    let edited = operator.put_json(&draft, &first_tag, &dearer).await.is(200);
    assert_eq!(edited.json()["versions"][0]["terms"], json!(taka(1_200)));
    operator.put_json(&draft, &first_tag, &json!({ "terms": taka(900) })).await.refused(412, "edited_meanwhile");
    assert_eq!(operator.get(&address).await.header("etag"), edited.header("etag"), "one ETag for one thing");
    let before = stage.database.dump(harness::EVERYTHING).await;
    operator.put_json(&draft, &tag(&edited), &dearer).await.is(200);
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before, "the same again changes nothing");

    let published = operator.post(&silver.path("versions/1/publish")).await.is(200);
    assert_eq!(published.json()["versions"][0]["status"], "published");
    assert_eq!(published.json()["versions"][0]["published_at"], json!(harness::beginning()));
    let before = stage.database.dump(harness::EVERYTHING).await;
    assert_eq!(operator.post(&silver.path("versions/1/publish")).await.ok(200), published.json());
    operator.put_json(&draft, &tag(&published), &json!({ "terms": taka(1) })).await.refused(409, "version_frozen");
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
    assert_eq!(owner.get(&address).await.ok(200)["versions"], published.json()["versions"]);
    for nowhere in ["versions/2", "versions/x", "versions/-1"] {
        operator.post(&silver.path(&format!("{nowhere}/publish"))).await.refused(404, "not_found");
    }
    let rows =
        ["plan_created Silver", "plan_version_edited Silver version 1", "plan_version_published Silver version 1"];
    assert_eq!(written_down(&stage).await, rows);
}

// Harm prevented: a new price reaches customers who never agreed to it, or a new customer gets the old one.
async fn the_next_version_is_sold_and_the_old_one_stays(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let silver = stage.plan("Silver", &taka(1_000)).await;
    let early = stage.order_panel(owner, "early", &silver).await.unwrap();
    let draft = json!({ "terms": taka(1_500) });
    let drafted = operator.post_json(&silver.path("versions"), &draft).await.ok(201);
    assert_eq!((&drafted["versions"][1]["number"], &drafted["versions"][1]["status"]), (&json!(2), &json!("draft")));
    let before = stage.database.dump(harness::EVERYTHING).await;
    operator.post_json(&silver.path("versions"), &draft).await.refused(409, "draft_exists");
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
    let seen = |page: Value| page["items"][0]["versions"].as_array().cloned().unwrap();
    let for_sale = seen(owner.get("/api/v1/plans").await.ok(200));
    assert_eq!(for_sale, [drafted["versions"][0].clone()], "a draft is nobody's business");
    let still_early = stage.order_panel(owner, "still-early", &silver).await.unwrap();
    operator.post(&silver.path("versions/2/publish")).await.is(200);

    let for_sale = seen(owner.get("/api/v1/plans").await.ok(200));
    assert_eq!((for_sale.len(), &for_sale[0]["number"]), (1, &json!(2)));
    assert_eq!(seen(operator.get("/api/v1/plans").await.ok(200)).len(), 2);
    let late = stage.order_panel(owner, "late", &silver).await.unwrap();
    for (panel, price) in [(&early, 100_000), (&still_early, 100_000), (&late, 150_000)] {
        assert_eq!(owner.checkout(panel, &panel.subdomain).await.ok(201)["amount"]["minor"], price);
    }
}

// Harm prevented: a plan is sold that no cycle can keep; or the operator is not told what is wrong with it.
async fn terms_that_contradict_themselves_name_their_field(stage: Arc<Stage>) {
    let operator = stage.operator().await;
    let silver = stage.plan("Silver", &taka(1_000)).await;
    let gold = stage.draft_plan("Gold", &taka(2_000)).await;
    let with = |path: &str, value: Value| {
        let mut terms = json!(terms());
        *terms.pointer_mut(path).unwrap() = value;
        terms
    };
    let charge = json!({
        "meter": "users", "aggregation": "sum", "included": 0,
        "price": { "model": "per_unit", "price": { "minor": 100, "currency": "BDT" }, "per": 1 },
    });
    let mut coloured = json!(terms());
    coloured["colour"] = json!("red");
    let wrong = [
        (with("/included_hours", json!(0)), "/terms/included_hours"),
        (with("/cycle_days", json!(367)), "/terms/cycle_days"),
        (with("/vat", json!({ "mode": "exclusive", "basis_points": 10_001 })), "/terms/vat/basis_points"),
        (with("/charges", json!([charge])), "/terms/charges/0/aggregation"),
        (with("/price", json!({ "minor": -1, "currency": "BDT" })), "/terms/price"),
        (with("/cycle_days", json!("thirty")), "/terms/cycle_days"),
        (coloured, "/terms/colour"),
    ];
    let before = stage.database.dump(harness::EVERYTHING).await;
    for (terms, pointer) in wrong {
        let draft = json!({ "terms": terms });
        let answers = [
            operator.post_json("/api/v1/plans", &json!({ "name": "Bronze", "terms": terms })).await,
            operator.post_json(&silver.path("versions"), &draft).await,
            operator.put_json(&gold.path("versions/1"), "*", &draft).await,
        ];
        for answer in answers {
            assert_eq!(answer.refused(422, "invalid")["errors"][0]["pointer"], pointer, "{answer:?}");
        }
    }
    for name in ["", " \t", "Silver", &"x".repeat(81), "a\u{7}b"] {
        let answer = operator.post_json("/api/v1/plans", &json!({ "name": name, "terms": terms() })).await;
        assert_eq!(answer.refused(422, "invalid")["errors"][0]["pointer"], "/name");
    }
    let more = json!({ "name": "Bronze", "terms": terms(), "colour": "red" });
    let answer = operator.post_json("/api/v1/plans", &more).await;
    assert_eq!(answer.refused(422, "invalid")["errors"][0]["pointer"], "/colour");
    let dollars = Terms { price: Money::new(1_000, Currency::Usd), ..terms() };
    let answer = operator.post_json(&silver.path("versions"), &json!({ "terms": dollars })).await;
    let problem = answer.refused(422, "invalid");
    assert_eq!(problem["errors"][0]["pointer"], "/terms/price/currency", "panels move with what they owe");
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
}

// Harm prevented: terms are published by rules that were stricter, or looser, on the day they were drafted.
async fn terms_are_checked_again_when_they_are_published(stage: Arc<Stage>) {
    let operator = stage.operator().await;
    let silver = stage.draft_plan("Silver", &taka(1_000)).await;
    let older = "UPDATE plan_versions SET terms = REPLACE(terms, '\"included_hours\":10', '\"included_hours\":0')";
    stage.database.meddle(older).await;
    let before = stage.database.dump(harness::EVERYTHING).await;
    let answer = operator.post(&silver.path("versions/1/publish")).await;
    assert_eq!(answer.refused(422, "invalid")["errors"][0]["pointer"], "/terms/included_hours");
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
}

// Harm prevented: what is no longer offered is sold; or those who have it are shut out.
async fn an_archived_plan_takes_no_new_panels_and_keeps_its_own(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let silver = stage.plan("Silver", &taka(1_000)).await;
    let panel = stage.order_panel(owner, "rahim", &silver).await.unwrap();
    let drafted = operator.post_json(&silver.path("versions"), &json!({ "terms": taka(1_100) })).await.is(201);
    assert_eq!(drafted.status, 201);
    let archived = operator.post(&silver.path("archive")).await.is(200);
    assert_eq!(archived.json()["archived_at"], json!(harness::beginning()));
    assert_eq!(archived.json()["versions"][0]["status"], "archived");
    assert_eq!(archived.json()["versions"][1]["status"], "draft");

    let before = stage.database.dump(harness::EVERYTHING).await;
    stage.skip(60);
    assert_eq!(operator.post(&silver.path("archive")).await.ok(200), archived.json());
    let refused = stage.order_panel(owner, "karim", &silver).await;
    assert!(matches!(refused, Err(FlowError::Invalid(errors)) if errors[0].pointer == "/plan"));
    operator.post(&silver.path("versions/2/publish")).await.refused(409, "plan_archived");
    let edit = json!({ "terms": taka(1_200) });
    operator.put_json(&silver.path("versions/2"), "*", &edit).await.refused(409, "plan_archived");
    operator.post_json(&silver.path("versions"), &edit).await.refused(409, "plan_archived");
    let again = operator.post_json("/api/v1/plans", &json!({ "name": "Silver", "terms": terms() })).await;
    assert_eq!(again.refused(422, "invalid")["errors"][0]["code"], "taken", "one name never means two plans");
    owner.get(&format!("/api/v1/plans/{}", silver.id)).await.refused(404, "not_found");
    assert_eq!(owner.get("/api/v1/plans").await.ok(200)["items"], json!([]));
    assert_eq!(stage.plan_detail(&silver).await, archived.json());
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);

    stage.pay(owner, &panel, "first").await;
    stage.set_up().await;
    stage.pass_hours(11).await;
    stage.pay(owner, &panel, "second").await;
    assert_eq!(owner.status(&panel).await["billing"]["cycle"]["number"], 2, "those who have it renew it");
    assert_eq!(written_down(&stage).await.last().map(String::as_str), Some("plan_archived Silver"));
    stage.assert_balanced().await;
}

// Harm prevented: a plan is missed in a long list, or a draft slips into a customer's.
async fn a_list_of_plans_comes_page_by_page(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let one = stage.plan("One", &terms()).await;
    stage.draft_plan("Two", &terms()).await;
    let three = stage.plan("Three", &terms()).await;
    let four = stage.plan("Four", &terms()).await;
    operator.post(&three.path("archive")).await.is(200);
    for (who, names) in [(owner, vec!["One", "Four"]), (operator, vec!["One", "Two", "Three", "Four"])] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = who.get(&format!("/api/v1/plans?limit=1&cursor={cursor}")).await.ok(200);
            let items = page["items"].as_array().unwrap();
            assert_eq!(items.len(), 1);
            let id = items[0]["id"].as_str().unwrap();
            assert_eq!(items[0], who.get(&format!("/api/v1/plans/{id}")).await.ok(200), "one shape everywhere");
            seen.push(items[0]["name"].as_str().unwrap().to_owned());
            match page["next_cursor"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => break,
            }
        }
        assert_eq!(seen, names);
    }
    assert!(one.id < four.id, "oldest first");
    let odd = owner.get("/api/v1/plans?limit=0").await;
    assert_eq!(odd.refused(422, "invalid")["errors"][0]["pointer"], "/limit");
}

// Harm prevented: a move takes paid hours away, charges the old price, or loses money that is on its way.
async fn the_operator_moves_a_panel_and_what_is_paid_stays(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let silver = stage.plan("Silver", &taka(1_000)).await;
    let panel = stage.order_panel(owner, "rahim", &silver).await.unwrap();
    stage.pay(owner, &panel, "first").await;
    stage.set_up().await;
    stage.pass_hours(6).await;
    let on_its_way = stage.checkout(owner, &panel, "second").await;
    let cycle = owner.status(&panel).await["billing"]["cycle"].clone();
    let to = stage.next_version(&silver, 2, &Terms { included_hours: 20, ..taka(900) }).await;
    let path = panel.path("plan-version");

    let draft = stage.draft_plan("Not yet", &terms()).await;
    let gone = stage.plan("Gone", &terms()).await;
    operator.post(&gone.path("archive")).await.is(200);
    let version = |plan: Value| plan["versions"][0]["id"].clone();
    let unknown = json!("plv_01937b1c8f2e7c3d9a4b5c6d7e8f9012");
    let wrong = [
        (unknown, "unknown"),
        (version(stage.plan_detail(&draft).await), "draft"),
        (version(stage.plan_detail(&gone).await), "archived"),
        (json!("nonsense"), "unreadable"),
    ];
    let before = stage.database.dump(harness::EVERYTHING).await;
    for (id, code) in wrong {
        let error = operator.post_json(&path, &json!({ "plan_version_id": id })).await.refused(422, "invalid");
        assert_eq!(
            (&error["errors"][0]["pointer"], &error["errors"][0]["code"]),
            (&json!("/plan_version_id"), &json!(code))
        );
    }
    let body = json!({ "plan_version_id": to });
    owner.post_json(&path, &body).await.refused(404, "not_found");
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);

    let status = operator.post_json(&path, &body).await.ok(200);
    assert_eq!(status["plan"]["version"], json!(to));
    assert_eq!(status["billing"]["cycle"], cycle, "what is paid stays");
    assert_eq!(stage.database.count("orders", "withdrawn_at IS NOT NULL").await, 1);
    let before = stage.database.dump(harness::EVERYTHING).await;
    assert_eq!(operator.post_json(&path, &body).await.ok(200), status);
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before, "again changes nothing");
    let history = stage.history(owner, &panel).await;
    assert!(history.contains(&"plan_moved Silver version 1 Silver version 2 -".to_owned()), "{history:?}");

    stage.act(&on_its_way, Action::Pay).await;
    stage.work().await;
    assert_eq!(owner.payment(&on_its_way).await["state"], "credited", "its order says another price");
    let checkout = owner.checkout(&panel, "third").await.ok(201);
    assert_eq!(checkout["credit_used"]["minor"], 90_000, "at the new price, and credit pays it");
    stage.work().await;
    stage.pass_hours(5).await;
    assert_eq!(owner.status(&panel).await["billing"]["cycle"]["allowance_seconds"], 20 * 3_600);
    stage.assert_balanced().await;
}

// Harm prevented: a move of thousands locks the house, misses somebody, or takes along who is on another plan.
async fn everybody_on_an_older_version_is_moved_in_batches(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let silver = stage.plan("Silver", &taka(1_000)).await;
    let gold = stage.plan("Gold", &taka(2_000)).await;
    for number in 0..103 {
        stage.order_panel(owner, &format!("panel-{number}"), &silver).await.unwrap();
    }
    let other = stage.order_panel(owner, "other", &gold).await.unwrap();
    let draft = json!({ "terms": taka(1_100) });
    operator.post_json(&silver.path("versions"), &draft).await.is(201);
    let path = silver.path("versions/2/move-tenants");
    operator.post(&path).await.refused(409, "version_not_published");
    operator.post(&silver.path("versions/2/publish")).await.is(200);
    assert_eq!(operator.post(&silver.path("versions/1/move-tenants")).await.ok(200), json!({ "moved": 0, "left": 0 }));
    assert_eq!(operator.post(&path).await.ok(200), json!({ "moved": 100, "left": 3 }));
    assert_eq!(operator.post(&path).await.ok(200), json!({ "moved": 3, "left": 0 }));
    let before = stage.database.dump(harness::EVERYTHING).await;
    assert_eq!(operator.post(&path).await.ok(200), json!({ "moved": 0, "left": 0 }));
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
    assert_eq!(stage.database.count("audit_log", "what = 'plan_moved'").await, 103);
    assert_eq!(owner.status(&other).await["plan"]["name"], "Gold");
    operator.post(&silver.path("versions/3/move-tenants")).await.refused(404, "not_found");
}
