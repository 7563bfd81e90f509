//! That crashes are what they seem: each statement of a story is a place to die at, inside transactions as well, and a
//! transaction that died leaves no trace.

use crate::seed::Chance;
use crate::workload::asks::Turn;
use crate::workload::stories::tell;
use crate::workload::town::Town;
use crate::world::clock::BEGINNING;
use crate::world::fuse::{Site, survive};
use crate::world::gateway::PretendGateway;
use crate::world::host::Host;
use crate::world::ids::CountedIds;
use crate::world::latency::Latency;
use crate::world::process::{Outside, Process};
use hourglass_tests::Database;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

/// An outside in fair weather.
pub(crate) fn outside(chance: &mut Chance, latency: &Arc<Latency>) -> Outside {
    let wall = Arc::new(AtomicI64::new(BEGINNING));
    Outside {
        billing: Arc::new(AtomicI64::new(BEGINNING)),
        wall: Arc::clone(&wall),
        ids: Arc::new(CountedIds::default()),
        host: Arc::new(Host::new(Chance::of(chance.next()), Arc::clone(latency))),
        gateway: Arc::new(PretendGateway::new(Chance::of(chance.next()), Arc::clone(latency), wall)),
    }
}

// Harm prevented: the simulation means to crash inside transactions, and never does.
#[test]
fn a_story_can_die_after_each_of_its_statements() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(Box::pin(async {
        let mut chance = Chance::of(1);
        let outside = outside(&mut chance, &Arc::default());
        let database = Database::make_fleeting().await;
        let mut process = Process::start(&database.url, &outside).await;
        let mut town = Town::settle(&mut chance, &process.app, &outside).await;
        let mut sites = Vec::new();
        for statements in 1.. {
            let ask = town.ask(&mut chance, Turn::Checkout, &mut process.in_hand, &outside).expect("a checkout");
            process.fuse.light(statements);
            if let Some(answer) = survive(Box::pin(tell(&process.app, &ask))).await {
                answer.expect("a checkout that lives until its end");
                break;
            }
            sites.extend(process.fuse.site());
            process.restart();
            // They are written in one transaction, which was over or was not.
            let keys = database.count("idempotency_keys", "1 = 1").await;
            assert_eq!(keys, database.count("payments", "1 = 1").await, "after {statements} statements");
        }
        let begun = sites.iter().position(|site| *site == Site::Inside).expect("a transaction");
        assert!(begun >= 3, "it reads before it writes: {sites:?}");
        let committed = sites.iter().filter(|site| **site == Site::Committed).count();
        assert_eq!(committed, 2, "before and after the gateway is asked: {sites:?}");
        assert!(sites.iter().filter(|site| **site == Site::Inside).count() >= 8, "{sites:?}");
        database.remove().await;
    }));
}
