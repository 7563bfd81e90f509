//! The breaker: its steps one by one, and what holds whatever happens.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};

use super::*;

const CONFIG: BreakerConfig =
    BreakerConfig { after: 5, shortest: Duration::from_secs(15), longest: Duration::from_secs(60) };

/// Asks until the breaker is open, all in one moment.
fn opened(now: Instant) -> Breaker {
    let breaker = Breaker::new(CONFIG);
    for _ in 0..CONFIG.after {
        assert_eq!(breaker.enter(now), Ok(Pass::Regular));
        breaker.unanswered(Pass::Regular, now);
    }
    breaker
}

// Harm prevented: every page waits out its whole patience while the gateway is down.
#[test]
fn it_opens_after_five_in_a_row_and_not_before() {
    let now = Instant::now();
    let breaker = Breaker::new(CONFIG);
    for _ in 0..CONFIG.after - 1 {
        assert_eq!(breaker.unanswered(Pass::Regular, now), None);
    }
    breaker.answered();
    for _ in 0..CONFIG.after - 1 {
        assert_eq!(breaker.unanswered(Pass::Regular, now), None);
        assert_eq!(breaker.enter(now), Ok(Pass::Regular));
    }
    assert_eq!(breaker.unanswered(Pass::Regular, now), Some(CONFIG.shortest));
    assert_eq!(breaker.enter(now), Err(CONFIG.shortest));
}

// Harm prevented: all who waited fall upon a gateway that is just getting up.
#[test]
fn one_probe_at_a_time_and_its_answer_lets_everybody_in() {
    let now = Instant::now();
    let breaker = opened(now);
    let later = now + CONFIG.shortest;
    assert_eq!(breaker.enter(later), Ok(Pass::Probe));
    assert_eq!(breaker.enter(later), Err(CONFIG.shortest));
    breaker.answered();
    assert_eq!(breaker.enter(later), Ok(Pass::Regular));
}

// Harm prevented: a gateway that is down for a day is asked thousands of times, or not for an hour after it is back.
#[test]
fn the_cool_down_doubles_up_to_a_minute_and_starts_anew() {
    let mut now = Instant::now();
    let breaker = opened(now);
    for seconds in [15, 30, 60, 60] {
        let cool_down = Duration::from_secs(seconds);
        assert_eq!(breaker.enter(now), Err(cool_down));
        now += cool_down;
        assert_eq!(breaker.enter(now), Ok(Pass::Probe));
        breaker.unanswered(Pass::Probe, now);
    }
    breaker.answered();
    for _ in 0..CONFIG.after {
        breaker.unanswered(Pass::Regular, now);
    }
    assert_eq!(breaker.enter(now), Err(CONFIG.shortest));
}

// Harm prevented: the caller of the probe closes the browser, and nobody can ever pay again.
#[test]
fn a_probe_that_never_reports_is_followed_by_another() {
    let now = Instant::now();
    let breaker = opened(now);
    assert_eq!(breaker.enter(now + CONFIG.shortest), Ok(Pass::Probe));
    assert_eq!(breaker.enter(now + CONFIG.shortest * 2), Ok(Pass::Probe));
    // Nor does one that says that it leaves: then another takes its place at once.
    breaker.unused(Pass::Probe, now + CONFIG.shortest * 2);
    assert_eq!(breaker.enter(now + CONFIG.shortest * 2), Ok(Pass::Probe));
    breaker.unused(Pass::Regular, now + CONFIG.shortest * 2);
    assert_eq!(breaker.enter(now + CONFIG.shortest * 2), Err(CONFIG.shortest));
}

// Harm prevented: twenty calls that were under way when it opened put off the probe by twenty cool-downs.
#[test]
fn stragglers_neither_prolong_nor_grow_the_cool_down() {
    let now = Instant::now();
    let breaker = opened(now);
    let later = now + Duration::from_secs(10);
    assert_eq!(breaker.unanswered(Pass::Regular, later), None);
    assert_eq!(breaker.enter(later), Err(Duration::from_secs(5)));
}

/// What happens, as far as a breaker can tell.
#[derive(Debug, Clone, Copy)]
enum Event {
    Passes(u64),
    /// Somebody asks, and the call stays under way.
    Asks,
    /// The call that is under way longest ends; `true`: answered.
    Ends(bool),
    /// The caller of the call that is under way longest goes away, and says so.
    Leaves,
    /// Nothing is heard of that call any more.
    IsLost,
}

fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (0_u64..90_000).prop_map(Event::Passes),
        Just(Event::Asks),
        Just(Event::Asks),
        Just(Event::Ends(true)),
        Just(Event::Ends(false)),
        Just(Event::Ends(false)),
        Just(Event::Ends(false)),
        Just(Event::Leaves),
        Just(Event::IsLost),
    ]
}

proptest::proptest! {
    // Harm prevented: some order of answers, silences and lost callers shuts a healthy gateway out.
    #[test]
    fn no_history_blocks_longer_than_a_cool_down(
        history in vec(any_event(), 0..200),
        after in 0_u32..8,
        shortest in 0_u64..100,
        longest in 0_u64..100,
    ) {
        let seconds = Duration::from_secs;
        let config = BreakerConfig { after, shortest: seconds(shortest), longest: seconds(longest) };
        let breaker = Breaker::new(config);
        let (mut now, mut under_way) = (Instant::now(), std::collections::VecDeque::new());
        for event in history {
            match event {
                Event::Passes(millis) => now += Duration::from_millis(millis),
                Event::Asks => match breaker.enter(now) {
                    Ok(pass) => under_way.push_back(pass),
                    Err(left) => assert!(left <= config.longest, "{left:?}"),
                },
                Event::Ends(answered) => match under_way.pop_front() {
                    Some(_) if answered => breaker.answered(),
                    Some(pass) => drop(breaker.unanswered(pass, now)),
                    None => {}
                },
                Event::Leaves => under_way.pop_front().into_iter().for_each(|pass| breaker.unused(pass, now)),
                Event::IsLost => drop(under_way.pop_front()),
            }
        }
        // The gateway is well again: at the latest after the longest cool-down one call gets through, and then all do.
        now += config.longest;
        assert!(breaker.enter(now).is_ok());
        breaker.answered();
        assert_eq!(breaker.enter(now), Ok(Pass::Regular));
        assert_eq!(breaker.enter(now), Ok(Pass::Regular));
    }
}
