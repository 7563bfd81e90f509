//! Two charges in one session of the gateway, told of by two notices at the same time: both are on record.

use crate::crash::outside;
use crate::seed::Chance;
use crate::workload::asks::{Ask, Turn};
use crate::workload::stories::tell;
use crate::workload::town::Town;
use crate::world::gateway::Act;
use crate::world::latency::Latency;
use crate::world::process::Process;
use futures_util::future::{Either, select};
use hourglass::flow::payments::receive_notice::Via;
use hourglass_tests::Database;
use std::pin::pin;
use std::sync::Arc;

// Harm prevented: a customer who paid twice gets the second payment neither back nor credited, because both notices came
// at once and whoever was slower was thought to say the same again.
#[test]
fn a_second_charge_that_comes_while_the_first_is_asked_about_is_not_lost() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(Box::pin(async {
        let mut chance = Chance::of(1);
        let latency = Arc::new(Latency::default());
        let outside = outside(&mut chance, &latency);
        let database = Database::make_fleeting().await;
        let mut slow = Process::start(&database.url, &outside).await;
        let fast = Process::start(&database.url, &outside).await;
        let mut town = Town::settle(&mut chance, &slow.app, &outside).await;
        let ask = town.ask(&mut chance, Turn::CheckoutAgain, &mut slow.in_hand, &outside);
        assert!(ask.is_none(), "nobody has begun to pay");
        while outside.gateway.truth().sessions.is_empty() {
            let ask = town.ask(&mut chance, Turn::Checkout, &mut slow.in_hand, &outside).expect("a checkout");
            let _ = tell(&slow.app, &ask).await;
        }
        let tran_id = outside.gateway.truth().sessions.keys().next().cloned().expect("a session");
        let [first, second] = [(); 2].map(|()| outside.gateway.act(&tran_id, Act::Pay).expect("a notice"));
        let notice = |fields| Ask::Notice { fields, via: Via::Ipn };
        latency.arm(0);
        let (first, second) = (notice(first), notice(second));
        let story = pin!(tell(&slow.app, &first));
        let Either::Right(((), story)) = select(story, pin!(latency.held())).await else { panic!("it asks nobody") };
        tell(&fast.app, &second).await.expect("a payment");
        latency.release();
        story.await.expect("a payment");
        assert_eq!(database.count("payments", "state IN ('settled', 'credited')").await, 1);
        assert_eq!(database.count("audit_log", "what = 'second_charge' AND to_state = 'credited'").await, 1);
        database.remove().await;
    }));
}
