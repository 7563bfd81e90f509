//! The whole application: two processes on one database, customers, an operator, a gateway and a host that answer late,
//! twice, wrongly or not at all, clocks that are set back, and crashes between any two statements.

mod calm;
mod wanted;

use crate::auditor::app::{Auditor, invariant_6};
use crate::auditor::violation::{Found, Violation};
use crate::crash::outside;
use crate::replay::{Play, Reached, Tale, show};
use crate::seed::Chance;
use crate::workload::asks::{Ask, BESIDE_JOBS, Turn, next};
use crate::workload::desk::Desk;
use crate::workload::stories::{Ending, tell};
use crate::workload::town::Town;
use crate::world::clock::VirtualClock;
use crate::world::fuse::survive;
use crate::world::gateway::is_forged;
use crate::world::latency::Latency;
use crate::world::process::{Outside, Process, settings};
use futures_util::future::{Either, select};
use hourglass::flow::FlowError;
use hourglass::flow::jobs::hold;
use hourglass::store::StoreError;
use hourglass_tests::Database;
use std::ops::RangeInclusive;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use wanted::WANTED;

const SEEDS: RangeInclusive<u64> = 1..=20;
const STEPS: u32 = 1_250;
/// Played side by side.
const SHARES: usize = 2;
/// The application is calm so often, and must then be in perfect order.
const CALM_EVERY: u32 = 250;
const PROCESSES: usize = 2;

// Harm prevented: a failure is found once, and cannot be seen again.
#[test]
fn one_seed_is_one_history() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let told = || runtime.block_on(Box::pin(History::play(3, 120))).tale.told();
    assert_eq!(told(), told());
}

// Harm prevented: a crash, a late answer or a message that comes twice loses a payment, counts one twice, or leaves a
// panel open that nobody pays for, or closed that somebody has paid for.
#[test]
fn every_history_holds() {
    let play = Play::of(SEEDS, STEPS);
    let (steps, asked) = (play.steps, play.asked);
    let shares = play.seeds.chunks(play.seeds.len().div_ceil(SHARES));
    let mut reached = Reached::default();
    std::thread::scope(|scope| {
        let played: Vec<_> = shares.map(|seeds| scope.spawn(move || share(seeds, steps, asked))).collect();
        for share in played {
            // What failed has been told by its thread.
            reached.add(&share.join().expect("histories that hold"));
        }
    });
    if !asked {
        reached.require(WANTED, 1);
    }
}

/// Plays some of the histories, one after the other; gives what they reached.
fn share(seeds: &[u64], steps: u32, asked: bool) -> Reached {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut reached = Reached::default();
    for seed in seeds {
        let history = runtime.block_on(Box::pin(History::play(*seed, steps)));
        if asked {
            show("app", *seed, &history.tale.told(), &history.reached);
        }
        reached.add(&history.reached);
    }
    reached
}

/// What is told of a step.
#[derive(Debug)]
#[expect(dead_code, reason = "read by a person, when a history fails")]
enum Told {
    /// The world moved by itself.
    World(Turn, String),
    /// A process was asked.
    Asked(usize, Ask, String),
}

/// One seed's world.
struct History {
    seed: u64,
    number: u32,
    chance: Chance,
    database: Database,
    outside: Outside,
    latency: Arc<Latency>,
    billing: VirtualClock,
    processes: Vec<Process>,
    town: Town,
    auditor: Auditor,
    tale: Tale<Told>,
    reached: Reached,
}

impl History {
    async fn play(seed: u64, steps: u32) -> Self {
        let mut history = Self::begin(seed).await;
        for number in 0..steps {
            history.number = number;
            history.step().await;
            if (number + 1).is_multiple_of(CALM_EVERY) {
                history.calm_down().await;
            }
        }
        history.calm_down().await;
        Auditor::jobs(&history.database, &mut history.reached).await;
        history.database.remove().await;
        history
    }

    async fn begin(seed: u64) -> Self {
        let mut chance = Chance::of(seed);
        let latency = Arc::new(Latency::default());
        let outside = outside(&mut chance, &latency);
        let database = Database::make_fleeting().await;
        let mut processes = Vec::new();
        for _ in 0..PROCESSES {
            processes.push(Process::start(&database.url, &outside).await);
        }
        let town = Town::settle(&mut chance, &processes[0].app, &outside).await;
        let auditor = Auditor::begin(&database, settings().reach_seconds).await;
        let billing = VirtualClock::new(chance.one_of(&[1_800, 3_600, 14_400]));
        let (tale, reached) = (Tale::default(), Reached::default());
        Self { seed, number: 0, chance, database, outside, latency, billing, processes, town, auditor, tale, reached }
    }

    async fn step(&mut self) {
        let turn = self.next().await;
        let process = self.chance.below(PROCESSES);
        let in_hand = &mut self.processes[process].in_hand;
        match self.town.ask(&mut self.chance, turn, in_hand, &self.outside) {
            Some(ask) => self.ask(process, ask).await,
            None => self.world(turn, process),
        }
    }

    /// What happens next. If it depends on what lies on the operator's desk, the desk is as it is now.
    async fn next(&mut self) -> Turn {
        let turn = next(&mut self.chance);
        if turn.is_at_the_desk() {
            self.town.desk = Desk::of(&self.database).await;
        }
        turn
    }

    /// The world moves by itself.
    fn world(&mut self, turn: Turn, process: usize) {
        let came = match turn {
            Turn::Pay => format!("{:?}", self.town.pay(&mut self.chance, &self.outside.gateway)),
            Turn::LoseNotice => format!("{:?}", self.town.to_post.pop_front()),
            Turn::Fee => format!("{:?}", self.outside.gateway.say_fee(&mut self.chance)),
            Turn::Host => {
                let at = self.chance.below(self.town.households.len());
                let panel = self.town.households[at].subdomain.clone();
                let mut truth = self.outside.host.truth();
                if !truth.down.remove(&panel) {
                    truth.down.insert(panel.clone());
                }
                panel
            }
            Turn::Weather => {
                let mut percent = [(); 3].map(|()| self.chance.one_of(&[0, 0, 0, 10, 30, 90]));
                percent[2] = percent[2].max(self.chance.one_of(&[0, 0, 50, 90]));
                self.weather(percent);
                format!("{percent:?}")
            }
            Turn::Billing => self.pass(),
            Turn::Wall => {
                let seconds = self.chance.one_of(&[1, 10, 60, 400, 4_000, 4_000, 90_000]);
                self.outside.wall.fetch_add(seconds, Ordering::SeqCst);
                format!("+{seconds}")
            }
            Turn::Restart => {
                self.processes[process].restart();
                format!("process {process}")
            }
            _ => return,
        };
        self.tale.note(self.number, Told::World(turn, came));
    }

    /// How often from now on host and gateway do not answer, and how often the gateway lags behind. Gives what was before.
    fn weather(&self, [host, gateway, lag]: [i64; 3]) -> [i64; 3] {
        let (mut panels, mut money) = (self.outside.host.truth(), self.outside.gateway.truth());
        let before = [panels.silent_percent, money.silent_percent, money.lag_percent];
        (panels.silent_percent, money.silent_percent, money.lag_percent) = (host, gateway, lag);
        before
    }

    fn pass(&mut self) -> String {
        let before = self.billing.now();
        self.billing.go_on(&mut self.chance);
        let now = self.billing.now();
        if now < before {
            self.reached.count("the billing clock was set back");
        }
        self.outside.billing.store(now, Ordering::SeqCst);
        self.auditor.clock_showed(now);
        format!("{:+}", now - before)
    }

    /// One request: perhaps its process crashes in it, perhaps others run while it waits, perhaps it comes again.
    async fn ask(&mut self, process: usize, ask: Ask) {
        // A job takes long, and asks many questions: there is more time to die in, and for others.
        let (dies, last, waits, among) = match ask {
            Ask::GoOnWith(_) => (30, 60, 70, 4),
            _ => (15, 30, 25, 1),
        };
        if self.chance.percent(dies) {
            let statements = self.chance.within(1..=last);
            self.processes[process].fuse.light(statements);
        }
        if self.chance.percent(waits) {
            self.latency.arm(self.chance.below(among));
        }
        self.tell_and_audit(process, &ask).await;
        self.processes[process].fuse.light(0);
        if self.chance.percent(4) {
            self.replay(process, ask).await;
        }
    }

    /// Tells a story to its end; if it is held up, others run meanwhile.
    async fn tell_and_audit(&mut self, process: usize, ask: &Ask) {
        let app = Arc::clone(&self.processes[process].app);
        self.warn(ask);
        let ended = {
            let latency = Arc::clone(&self.latency);
            let story = pin!(survive(Box::pin(tell(&app, ask))));
            match select(story, pin!(latency.held())).await {
                Either::Left((ended, _)) => ended,
                Either::Right(((), story)) => {
                    self.meanwhile(process, ask).await;
                    self.latency.release();
                    story.await
                }
            }
        };
        self.latency.forget();
        self.end(process, ask, ended).await;
    }

    /// Other stories run from their beginnings to their ends, at the other process; time may pass, too.
    async fn meanwhile(&mut self, process: usize, held: &Ask) {
        self.reached.count("held up while other stories ran");
        if matches!(held, Ask::GoOnWith(_)) {
            self.reached.count("a job waited for its host while other stories ran");
        }
        let other = (process + 1) % PROCESSES;
        for _ in 0..self.chance.within(1..=5) {
            // Who is at the same panel meets the job that waits.
            let at_it = matches!(held, Ask::GoOnWith(_)) && self.chance.percent(50);
            let turn = if at_it { self.chance.weighed(BESIDE_JOBS) } else { self.next().await };
            let in_hand = &mut self.processes[other].in_hand;
            match self.town.ask(&mut self.chance, turn, in_hand, &self.outside) {
                Some(ask) => {
                    let app = Arc::clone(&self.processes[other].app);
                    self.warn(&ask);
                    // Its own questions are answered at once: one story at a time waits.
                    let ended = survive(Box::pin(tell(&app, &ask))).await;
                    self.end(other, &ask, ended).await;
                }
                None if matches!(turn, Turn::Billing | Turn::Wall | Turn::Pay | Turn::Host) => {
                    self.world(turn, other);
                    // A worker that waits for a host says all the while that it is still at it.
                    if let Ask::GoOnWith(job) = held {
                        let said = hold::hold(&self.processes[other].app, *job).await;
                        said.expect("the memory is there");
                    }
                }
                None => {}
            }
        }
    }

    /// The auditor is to know what may come of a request.
    fn warn(&mut self, ask: &Ask) {
        if let Ask::Remove { tenant, .. } = ask {
            self.auditor.asked_to_remove(&tenant.to_string());
        }
    }

    /// What came of a story: its process may be gone, or has work in hand. Then the auditor looks.
    async fn end(&mut self, process: usize, ask: &Ask, ended: Option<Result<Ending, FlowError>>) {
        let came = match &ended {
            None => "crashed".to_owned(),
            Some(Ok(ending)) => format!("{ending:?}"),
            Some(Err(error)) => format!("Err {error:?}"),
        };
        let words = if came.starts_with("Err") { 2 } else { 1 };
        self.reached.count(&came.split(['(', ' ', '{']).take(words).collect::<Vec<_>>().join(" "));
        self.tale.note(self.number, Told::Asked(process, ask.clone(), came.chars().take(120).collect()));
        let answered = matches!(ended, Some(Ok(_)));
        if let Ask::Notice { fields, .. } = ask
            && !is_forged(fields)
        {
            self.town.answered(fields, answered);
        }
        let in_hand = &mut self.processes[process].in_hand;
        match ended {
            None => {
                self.reached.count(&format!("crashed {:?}", self.processes[process].fuse.site()));
                self.processes[process].restart();
            }
            Some(Ok(Ending::Done)) => {}
            Some(Ok(Ending::Tenants(ids))) => in_hand.tenants.extend(ids),
            Some(Ok(Ending::Payments(ids))) => in_hand.payments.extend(ids),
            Some(Ok(Ending::Refunds(ids))) => in_hand.refunds.extend(ids),
            Some(Ok(Ending::Jobs(ids))) => in_hand.jobs.extend(ids),
            Some(Ok(Ending::Promises(rows))) => in_hand.promises.extend(rows),
            Some(Ok(Ending::Adopted(id))) => {
                if let Ask::Adopt { new, .. } = ask {
                    self.town.move_in(id, &new.owner_email, &new.database);
                }
            }
            Some(Ok(Ending::Ordered(id))) => {
                if let Ask::Order { owner_email, subdomain } = ask {
                    self.town.move_in(id, owner_email, subdomain);
                }
            }
            Some(Err(FlowError::Store(StoreError::Stale))) => {}
            Some(Err(FlowError::Store(error))) => self.fail(&[], &format!("the memory failed: {error}")),
            Some(Err(_)) => {}
        }
        if is_a_lease(ask) || matches!(ask, Ask::Forget | Ask::GoOn) {
            return; // leases alone, and what comes of them is looked at next time
        }
        let found = self.auditor.look(&self.database, &self.outside, &mut self.reached).await;
        self.judge(&found);
    }

    /// The very same request twice more, in fair weather: the second time must change nothing.
    async fn replay(&mut self, process: usize, ask: Ask) {
        // What goes on by a step each time does so when it is asked for once more.
        let goes_on = matches!(
            ask,
            Ask::Forget | Ask::Copies | Ask::Operate { .. } | Ask::Pursue(_) | Ask::GoOn | Ask::GoOnWith(_)
        );
        if is_a_lease(&ask) || goes_on {
            return;
        }
        let weather = self.weather([0; 3]);
        self.tell_and_audit(process, &ask).await;
        let before = Auditor::everything(&self.database).await;
        self.tell_and_audit(process, &ask).await;
        let after = Auditor::everything(&self.database).await;
        self.weather(weather);
        self.reached.count("replayed");
        let found = invariant_6(&before, &after);
        self.judge(&found);
    }

    fn judge(&self, found: &Found) {
        if !found.is_empty() {
            self.fail(found, "");
        }
    }

    fn fail(&self, found: &[Violation], what: &str) {
        let _ = std::fs::remove_dir_all(&self.database.folder);
        panic!("{what}{}", self.tale.failure("app", self.seed, self.number, found));
    }
}

/// Whether a worker only takes what is due.
const fn is_a_lease(ask: &Ask) -> bool {
    matches!(ask, Ask::ClaimTenants | Ask::ClaimPayments | Ask::ClaimRefunds | Ask::ClaimJobs | Ask::ClaimPromises)
}
