//! How much of a cycle is used, and at which second it runs out: days are counted whole, and the second is then looked up.

use super::rules::{Rules, SECONDS_OF_DAY};

/// A half-open stretch of seconds.
pub(crate) type Stretch = (i64, i64);

/// What a cycle came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spent {
    /// Used seconds.
    pub(crate) used: i64,
    /// The first billable second that finds nothing left.
    pub(crate) out_at: Option<i64>,
}

/// What a cycle that began at `start` has used, if the panel was up in these stretches (in order, apart) and nowhere else.
pub(crate) fn spent(start: i64, rules: &Rules, up: &[Stretch]) -> Spent {
    let within = |&(from, to): &Stretch| (from.max(start), to.min(start + rules.length));
    let inside: Vec<Stretch> = up.iter().map(within).filter(|(from, to)| from < to).collect();
    let days = by_day(start, &inside);
    let mut used = 0;
    let mut at = 0;
    while at < days.len() {
        let day = days[at].0;
        let pieces = days[at..].iter().take_while(|piece| piece.0 == day).count();
        let of_day = &days[at..at + pieces];
        let seen: i64 = of_day.iter().map(|(_, (from, to))| to - from).sum();
        let billable = rules.cap.map_or(seen, |cap| seen.min(cap));
        if used + billable > rules.allowance {
            return Spent { used: rules.allowance, out_at: Some(nth(of_day, rules.allowance - used)) };
        }
        used += billable;
        at += pieces;
    }
    Spent { used, out_at: None }
}

/// The stretches cut at the ends of cycle days, with the day of each.
fn by_day(start: i64, stretches: &[Stretch]) -> Vec<(i64, Stretch)> {
    let mut pieces = Vec::with_capacity(stretches.len());
    for &(from, to) in stretches {
        let (first, last) = ((from - start) / SECONDS_OF_DAY, (to - 1 - start) / SECONDS_OF_DAY);
        for day in first..=last {
            let begins = start + day * SECONDS_OF_DAY;
            pieces.push((day, (from.max(begins), to.min(begins + SECONDS_OF_DAY))));
        }
    }
    pieces
}

/// The second number `n` of the pieces, from 0.
fn nth(pieces: &[(i64, Stretch)], mut n: i64) -> i64 {
    for (_, (from, to)) in pieces {
        if n < to - from {
            return from + n;
        }
        n -= to - from;
    }
    unreachable!("a day holds the second at which it runs out")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Chance;

    /// The same by the second, as one would count on one's fingers.
    fn by_fingers(start: i64, rules: &Rules, up: &[Stretch]) -> Spent {
        let (mut used, mut today, mut day) = (0, 0, 0);
        for second in start..start + rules.length {
            if (second - start) / SECONDS_OF_DAY != day {
                (day, today) = ((second - start) / SECONDS_OF_DAY, 0);
            }
            let is_up = up.iter().any(|(from, to)| (*from..*to).contains(&second));
            if !is_up || rules.cap.is_some_and(|cap| today >= cap) {
                continue;
            }
            if used == rules.allowance {
                return Spent { used, out_at: Some(second) };
            }
            used += 1;
            today += 1;
        }
        Spent { used, out_at: None }
    }

    // Harm prevented: the auditor itself counts wrongly, and accuses or acquits by mistake.
    #[test]
    fn whole_days_and_single_seconds_come_to_the_same() {
        let mut chance = Chance::of(1);
        for _ in 0..12 {
            let rules = Rules {
                length: chance.within(1..=3) * SECONDS_OF_DAY,
                allowance: chance.within(1..=40) * 3_600,
                cap: chance.percent(60).then(|| chance.within(1..=24) * 3_600),
                grace: 0,
                queue: 0,
                price: 0,
            };
            let mut up = Vec::new();
            let mut at = chance.within(0..=5_000);
            while at < 250_000 {
                let to = at + chance.within(1..=60_000);
                up.push((at, to));
                at = to + chance.within(0..=30_000);
            }
            assert_eq!(spent(1_000, &rules, &up), by_fingers(1_000, &rules, &up), "{rules:?} {up:?}");
        }
    }
}
