//! Every question under every misfortune, and what becomes of it: a table for people, kept so that no cell changes unseen.

use std::io::Write as _;

use hourglass::port::gateway::{Gateway as _, OpenError, RefundAnswer};
use shared::billing::settlement::GatewayRecord;
use shared::money::Currency;

use crate::gateway::{Misfortune, Payer, World, refund, session, verdict};
use crate::sslcommerz::Sandbox;

/// In the order of the table.
const ALL: [(Option<Misfortune>, &str); 12] = [
    (None, "normal"),
    (Some(Misfortune::ServerError), "HTTP 500"),
    (Some(Misfortune::MaintenancePage), "HTML"),
    (Some(Misfortune::HalfAnAnswer), "truncated JSON"),
    (Some(Misfortune::Redirect), "redirect"),
    (Some(Misfortune::HangsUp), "hang-up"),
    (Some(Misfortune::Silence), "silence"),
    (Some(Misfortune::CredentialsRefused), "wrong credentials"),
    (Some(Misfortune::StoreInactive), "inactive store"),
    (Some(Misfortune::ChargesOther), "wrong amount"),
    (Some(Misfortune::AsksOtherCurrency), "other currency"),
    (Some(Misfortune::Risky), "risky"),
];

/// One payment and one refund, and then the misfortune; where it lies in the charge, it comes before.
async fn answers_under(misfortune: Option<Misfortune>) -> [(&'static str, String); 6] {
    let world = Sandbox::new();
    let gateway = world.gateway();
    let key = gateway.open_session(&session("T1")).await.unwrap().session_key;
    if matches!(misfortune, Some(Misfortune::ChargesOther | Misfortune::AsksOtherCurrency | Misfortune::Risky)) {
        world.suffers(misfortune);
    }
    let notice = world.payer("T1", Payer::Pays).await;
    let val_id = gateway.read_notice(&notice).unwrap().val_id.unwrap();
    let bank = gateway.validate(&val_id).await.unwrap().unwrap().bank_tran_id.unwrap();
    let RefundAnswer::Accepted { refund_ref_id } = gateway.refund(&refund("R1", &bank, 100)).await.unwrap() else {
        panic!("the refund was not accepted")
    };
    world.suffers(misfortune);
    let gateway = world.gateway();
    [
        (
            "open_session",
            match gateway.open_session(&session("T2")).await {
                Ok(_) => "opened".into(),
                Err(OpenError::Refused(why)) => format!("refused: {why}"),
                Err(OpenError::Unknown(why)) => format!("unknown: {why}"),
            },
        ),
        ("validate", told(gateway.validate(&val_id).await, |record| one(record.as_ref()))),
        ("query", told(gateway.query("T1").await, |records| records.iter().map(|it| one(Some(it))).collect())),
        ("query_session", told(gateway.query_session(&key).await, |record| one(record.as_ref()))),
        (
            "refund",
            told(gateway.refund(&refund("R2", &bank, 100)).await, |answer| match answer {
                RefundAnswer::Accepted { .. } => "accepted".into(),
                RefundAnswer::Refused(why) => format!("refused: {why}"),
            }),
        ),
        ("refund_progress", told(gateway.refund_progress(&refund_ref_id).await, |progress| format!("{progress:?}"))),
    ]
}

fn told<T>(answer: Result<T, hourglass::port::Unknown>, known: impl Fn(T) -> String) -> String {
    answer.map_or_else(|why| format!("unknown: {why}"), known)
}

/// What is recorded of a charge, and what follows for the order.
fn one(record: Option<&GatewayRecord>) -> String {
    let Some(record) = record else { return "none".into() };
    let asked = record.requested.map_or("nothing".into(), |it| format!("{} {}", it.to_decimal(), it.currency.code()));
    let charged =
        record.charged.filter(|it| it.currency == Currency::Bdt).map_or("nothing".into(), |it| it.to_decimal());
    format!("{:?}, asked {asked}, charged {charged}: {:?}", record.outcome, verdict("T1", record))
}

// Harm prevented: a change makes one fault read as "not paid" or "sent back", and no test happens to look at that cell.
#[tokio::test]
async fn every_question_under_every_misfortune() {
    let mut rows: Vec<(&str, String)> = Vec::new();
    for (misfortune, fault) in ALL {
        let answers = answers_under(misfortune).await;
        rows.extend(
            answers.map(|(operation, outcome)| (operation, format!("| {operation} | {fault} | {outcome} |\n"))),
        );
    }
    let operations = ["open_session", "validate", "query", "query_session", "refund", "refund_progress"];
    let of =
        |wanted: &str| rows.iter().filter(|(operation, _)| *operation == wanted).map(|(_, row)| row.as_str()).collect();
    let body: Vec<String> = operations.into_iter().map(of).collect();
    let table = format!("| operation | fault | outcome |\n|---|---|---|\n{}", body.concat());
    write!(std::io::stdout(), "{table}").unwrap();
    insta::assert_snapshot!(table);
}
