//! Every way to pay with a lie that we know of: each is refused without effect, and leaves a row in the audit log.

use harness::{Fields, Panel, Stage, resign, set, terms, value};
use hourglass_tests as harness;
use sandbox::gateway::{Action, Faults, StoreState, sign};
use std::sync::Arc;

harness::stories!(no_lie_pays,);

const IPN: &str = "/pay/sslcommerz/ipn";

/// What is posted, how, and what it is answered with.
struct Lie {
    name: &'static str,
    fields: Fields,
    status: u16,
    /// What the audit log says of it.
    row: &'static str,
}

struct Scene {
    /// The payment that the liar wants to have paid.
    wanted: String,
    panel: Panel,
    /// A genuine notice of a charge of theirs for another order, which is booked.
    paid: Fields,
    /// A genuine notice about another account's charge.
    strangers: Fields,
}

async fn scene(stage: &Stage) -> Scene {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let other = stage.panel(owner, "other", terms()).await;
    let paid = stage.pay(owner, &other, "paid").await;
    let theirs = stage.panel(stranger, "theirs", terms()).await;
    let strangers = stage.pay(stranger, &theirs, "paid").await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let wanted = stage.checkout(owner, &panel, "wanted").await;
    let notice = async |payment: &str| stage.gateway.notice(&stage.tran_id(payment).await).unwrap();
    Scene { paid: notice(&paid).await, strangers: notice(&strangers).await, wanted, panel }
}

/// The fields with some changed, and signed again with the store's own password: even that must not be enough.
fn changed(fields: &Fields, changes: &[(&str, &str)]) -> Fields {
    let mut fields = fields.clone();
    for (name, to) in changes {
        set(&mut fields, name, to);
    }
    resign(&mut fields);
    fields
}

/// The same, but for the signature, which was made for other values.
fn unsigned(fields: &Fields, changes: &[(&str, &str)]) -> Fields {
    let mut fields = fields.clone();
    for (name, to) in changes {
        set(&mut fields, name, to);
    }
    fields
}

fn lies(scene: &Scene, tran_id: &str) -> Vec<Lie> {
    let lie = |name, fields, status, row| Lie { name, fields, status, row };
    let mut trimmed = unsigned(&scene.paid, &[("tran_id", tran_id)]);
    let short = sign(&trimmed, &["status", "tran_id", "val_id"], harness_password());
    set(&mut trimmed, "verify_key", &short.verify_key);
    set(&mut trimmed, "verify_sign", &short.verify_sign);
    set(&mut trimmed, "verify_sign_sha2", &short.verify_sign_sha2);
    let mut doubled = scene.paid.clone();
    doubled.push(("tran_id".to_owned(), tran_id.to_owned()));
    vec![
        lie("unknown tran_id", changed(&scene.paid, &[("tran_id", "hgnobody")]), 200, "notice_unmatched"),
        lie(
            "another account's charge",
            changed(&scene.strangers, &[("tran_id", tran_id)]),
            200,
            "foreign_charge_claimed",
        ),
        lie("val_id of another order", changed(&scene.paid, &[("tran_id", tran_id)]), 200, "foreign_charge_claimed"),
        lie("trimmed verify_key", trimmed, 400, "notice_rejected"),
        lie("duplicate keys", doubled, 400, "notice_rejected"),
        lie("unsigned change", unsigned(&scene.paid, &[("tran_id", tran_id)]), 400, "notice_rejected"),
    ]
}

const fn harness_password() -> &'static str {
    "a made-up password"
}

// Harm prevented: whoever knows the protocol renews for nothing, for less, or with somebody else's money.
async fn no_lie_pays(stage: Arc<Stage>) {
    let scene = scene(&stage).await;
    let tran_id = stage.tran_id(&scene.wanted).await;
    let before = stage.database.dump(harness::MONEY).await;
    for lie in lies(&scene, &tran_id) {
        let rows = stage.database.count("audit_log", &format!("what = '{}'", lie.row)).await;
        let answer = stage.nobody().post_form(IPN, &lie.fields).await;
        assert_eq!(answer.status, lie.status, "{}", lie.name);
        assert_eq!(stage.database.dump(harness::MONEY).await, before, "{}", lie.name);
        let now = stage.database.count("audit_log", &format!("what = '{}'", lie.row)).await;
        assert_eq!(now, rows + 1, "{}: {}", lie.name, lie.row);
    }
    not_as_ordered(&stage, &scene).await;
    nothing_is_known(&stage, &scene).await;
    failed_after_valid(&stage, &scene).await;
    looked_up(&stage, &scene).await;
}

/// One taka off, and another currency: the gateway itself says so, and the charge waits for a person.
async fn not_as_ordered(stage: &Stage, scene: &Scene) {
    let owner = stage.owner().await;
    let taka = Faults { charged_amount: Some("1199.00".to_owned()), ..Faults::default() };
    let rupees = Faults { requested_currency: Some("INR".to_owned()), ..Faults::default() };
    for (name, faults) in [("1 taka off", taka), ("another currency", rupees)] {
        let panel = stage.panel(owner, &name.replace(' ', "-"), terms()).await;
        stage.gateway.set_faults(faults);
        let payment = stage.pay(owner, &panel, &name.replace(' ', "-")).await;
        stage.gateway.set_faults(Faults::default());
        assert_eq!(owner.payment(&payment).await["state"], "mismatch", "{name}");
        assert_eq!(owner.status(&panel).await["panel"]["status"], "pending", "{name}");
    }
    let rows = stage.database.count("audit_log", "what = 'payment_moved' AND to_state = 'mismatch'").await;
    assert_eq!(rows, 2);
    assert_eq!(owner.status(&scene.panel).await["panel"]["status"], "pending");
}

/// `INVALID_TRANSACTION` beside `APIConnect: FAILED` says that we are not known, and nothing about the payment.
async fn nothing_is_known(stage: &Stage, scene: &Scene) {
    let owner = stage.owner().await;
    stage.gateway.set_faults(Faults { store: StoreState::WrongCredentials, ..Faults::skip_ipn() });
    let back = stage.act(&scene.wanted, Action::Pay).await;
    stage.nobody().post_form(IPN, &back.fields).await.refused(503, "gateway_unavailable");
    assert_eq!(owner.payment(&scene.wanted).await["state"], "open");
    assert_eq!(stage.database.count("audit_log", "what = 'notice_unconfirmed'").await, 1);
    stage.gateway.set_faults(Faults::skip_ipn());
    stage.nobody().post_form(IPN, &back.fields).await.is(200);
    assert_eq!(owner.payment(&scene.wanted).await["state"], "settled");
    stage.work().await;
}

/// A genuine FAILED notice that comes after the money changes nothing.
async fn failed_after_valid(stage: &Stage, scene: &Scene) {
    let owner = stage.owner().await;
    let before = stage.database.dump(harness::MONEY).await;
    let back = stage.act(&scene.wanted, Action::DeclineLate).await;
    assert_eq!(value(&back.fields, "status"), "FAILED");
    stage.nobody().post_form(IPN, &back.fields).await.is(200);
    assert_eq!(stage.database.dump(harness::MONEY).await, before);
    assert_eq!(owner.payment(&scene.wanted).await["state"], "settled");
    let kept = stage.database.count("payment_notices", "status = 'FAILED' AND outcome = 'settled'").await;
    assert_eq!(kept, 1, "it is on record, with what became of it");
}

/// A GET on the addresses of notices does nothing.
async fn looked_up(stage: &Stage, scene: &Scene) {
    let before = stage.database.dump(harness::EVERYTHING).await;
    let query: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&scene.paid).finish();
    for path in [IPN, "/pay/sslcommerz/return"] {
        let answer = stage.nobody().get(&format!("{path}?{query}")).await;
        assert_ne!(answer.status, 303, "{path}");
        assert_eq!(stage.database.dump(harness::EVERYTHING).await, before, "{path}");
    }
}
