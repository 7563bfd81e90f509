//! Calm times: fair weather, no crashes, every notice posted, and workers that work. Afterwards everything must be in order.

use super::{History, PROCESSES};
use crate::workload::asks::{Ask, Turn};
use crate::workload::desk::Desk;
use crate::world::process::settings;
use hourglass::flow::payments::receive_notice::Via;
use std::sync::atomic::Ordering;

const ROUNDS: u32 = 6;
/// In this round the books are compared, and whatever differs is set right; then everybody has time to follow.
const COMPARED_IN: u32 = 3;

impl History {
    /// Lets everything come to rest, and judges.
    pub(super) async fn calm_down(&mut self) {
        self.weather([0; 3]);
        self.outside.host.truth().down.clear();
        for round in 0..ROUNDS {
            // First everybody slept for a while, then somebody looks as often as they should.
            let slept = self.chance.one_of(&[0, 90_000, 300_000]);
            self.billing.pass(if round == 0 { slept } else { settings().tick_seconds + 60 });
            self.outside.billing.store(self.billing.now(), Ordering::SeqCst);
            self.auditor.clock_showed(self.billing.now());
            // Twice so long that everything open is asked about, otherwise so long that no lease holds.
            let long = round == 0 || round == COMPARED_IN;
            self.outside.wall.fetch_add(if long { 90_000 } else { 700 }, Ordering::SeqCst);
            for again in 0.. {
                let Some(fields) = self.town.to_post.pop_front() else { break };
                self.tell_and_audit(0, &Ask::Notice { fields, via: Via::Ipn }).await;
                self.must_end(again);
            }
            for process in 0..PROCESSES {
                self.work(process).await;
            }
            if round == COMPARED_IN {
                self.compare().await;
                for ask in Desk::of(&self.database).await.set_right(self.town.operator) {
                    self.tell_and_audit(0, &ask).await;
                }
            }
        }
        self.compare().await;
        let mut found = self.auditor.in_order(&self.database, &self.outside).await;
        self.auditor.compared(&mut found, &self.database).await;
        self.auditor.proofs(&mut found, &self.processes[0].app, &self.town.operator).await;
        for process in &self.processes {
            process.app.live.refresh(&process.app.store).await.expect("the gate hears of everything");
            self.auditor.at_the_gate(&mut found, |subdomain| process.app.live.panel(subdomain));
        }
        self.judge(&found);
    }

    /// One worker does everything that is due.
    async fn work(&mut self, process: usize) {
        let jobs = [
            (Ask::ClaimTenants, Turn::Observe),
            (Ask::ClaimPayments, Turn::Confirm),
            (Ask::ClaimPromises, Turn::Deliver),
            (Ask::ClaimJobs, Turn::GoOnWith),
            (Ask::ClaimRefunds, Turn::Pursue),
        ];
        self.tell_and_audit(process, &Ask::Copies).await;
        for (claim, turn) in jobs {
            self.tell_and_audit(process, &claim).await;
            while let Some(ask) = self.processes[process].in_hand.next(turn) {
                self.tell_and_audit(process, &ask).await;
            }
        }
        self.tell_and_audit(process, &Ask::ExpireOrders).await;
    }

    /// In fair weather everything comes to an end.
    fn must_end(&self, again: u32) {
        if again > 1_000 {
            self.fail(&[], "the same again and again in calm times");
        }
    }

    /// Our books beside the gateway's, from the beginning to the end; whatever was under way comes to its end first.
    async fn compare(&mut self) {
        for begins in [false, true] {
            if begins {
                self.tell_and_audit(0, &Ask::CompareNow { caller: self.town.operator }).await;
            }
            for again in 0.. {
                if self.database.count("reconciliations", "finished_at IS NULL").await == 0 {
                    break;
                }
                self.tell_and_audit(0, &Ask::GoOn).await;
                self.must_end(again);
            }
        }
    }
}
