//! How much of a cycle is used, and at which second it runs out: all billable seconds are put in a row, and the second is
//! then looked up.

use super::rules::SECONDS_OF_DAY;

/// A half-open stretch of seconds in which a panel was up, and the rules by which it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) from: i64,
    pub(crate) to: i64,
    /// What one day can use up.
    pub(crate) cap: Option<i64>,
    /// Whether a second that finds no allowance is overage; otherwise it ends the cycle.
    pub(crate) goes_on: bool,
}

/// What a cycle came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spent {
    /// Used seconds of the allowance.
    pub(crate) used: i64,
    /// Used seconds beyond it.
    pub(crate) overage: i64,
    /// The first billable second that finds nothing left and may not go on.
    pub(crate) out_at: Option<i64>,
}

/// What a cycle that began at `start` and lasts `length` has used of its allowance, if the panel was up in these stretches
/// (in order, apart) and nowhere else.
pub(crate) fn spent(start: i64, length: i64, allowance: i64, up: &[Stretch]) -> Spent {
    let mut total = 0;
    let so_far = |total: i64, out_at| Spent { used: total.min(allowance), overage: (total - allowance).max(0), out_at };
    for (from, to, goes_on) in billable(start, length, up) {
        if !goes_on && total + to - from > allowance {
            return so_far(total.max(allowance), Some(from + (allowance - total).max(0)));
        }
        total += to - from;
    }
    so_far(total, None)
}

/// The billable seconds in order: of each cycle day the first ones, as many as its cap allows.
fn billable(start: i64, length: i64, up: &[Stretch]) -> Vec<(i64, i64, bool)> {
    let mut pieces = Vec::with_capacity(up.len());
    let (mut day, mut today) = (0, 0);
    for stretch in up {
        let (mut from, end) = (stretch.from.max(start), stretch.to.min(start + length));
        while from < end {
            let this_day = (from - start) / SECONDS_OF_DAY;
            if this_day != day {
                (day, today) = (this_day, 0);
            }
            let to = end.min(start + (day + 1) * SECONDS_OF_DAY);
            let counts = stretch.cap.map_or(to - from, |cap| (to - from).min((cap - today).max(0)));
            if counts > 0 {
                pieces.push((from, from + counts, stretch.goes_on));
            }
            today += counts;
            from = to;
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Chance;

    /// The same by the second, as one would count on one's fingers.
    fn by_fingers(start: i64, length: i64, allowance: i64, up: &[Stretch]) -> Spent {
        let (mut used, mut overage, mut today, mut day) = (0, 0, 0, 0);
        for second in start..start + length {
            if (second - start) / SECONDS_OF_DAY != day {
                (day, today) = ((second - start) / SECONDS_OF_DAY, 0);
            }
            let Some(here) = up.iter().find(|it| (it.from..it.to).contains(&second)) else { continue };
            if here.cap.is_some_and(|cap| today >= cap) {
                continue;
            }
            today += 1;
            if used < allowance {
                used += 1;
            } else if here.goes_on {
                overage += 1;
            } else {
                return Spent { used, overage, out_at: Some(second) };
            }
        }
        Spent { used, overage, out_at: None }
    }

    // Harm prevented: the auditor itself counts wrongly, and accuses or acquits by mistake.
    #[test]
    fn whole_days_and_single_seconds_come_to_the_same() {
        let mut chance = Chance::of(1);
        for _ in 0..12 {
            let length = chance.within(1..=3) * SECONDS_OF_DAY;
            let allowance = chance.within(1..=40) * 3_600;
            let cap = chance.percent(60).then(|| chance.within(1..=24) * 3_600);
            let mut up = Vec::new();
            let mut from = chance.within(0..=5_000);
            while from < 250_000 {
                let to = from + chance.within(1..=60_000);
                let cap = if chance.percent(20) { Some(3_600) } else { cap };
                up.push(Stretch { from, to, cap, goes_on: chance.percent(50) });
                from = to + chance.within(0..=30_000);
            }
            assert_eq!(
                spent(1_000, length, allowance, &up),
                by_fingers(1_000, length, allowance, &up),
                "{length} {allowance} {up:?}"
            );
        }
    }
}
