//! Chance that can be repeated: SplitMix64 (Steele, Lea, Flood 2014), 64 bits of state, the same numbers for ever and on
//! every machine. Not for secrets.

use std::ops::RangeInclusive;

/// A source of chance, decided by its seed alone.
#[derive(Debug, Clone)]
pub(crate) struct Chance {
    state: u64,
}

impl Chance {
    /// From a seed. Neighbouring seeds give unrelated numbers.
    pub(crate) fn of(seed: u64) -> Self {
        let mut chance = Self { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) };
        chance.next();
        chance
    }

    /// The next 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number of the range, all of them alike (but for a bias below 2^-32).
    pub(crate) fn within(&mut self, range: RangeInclusive<i64>) -> i64 {
        let width = u64::try_from(range.end() - range.start()).expect("a range that is not empty") + 1;
        range.start() + i64::try_from(self.next() % width).expect("a narrow range")
    }

    /// An index below `length`, which is not 0.
    pub(crate) fn below(&mut self, length: usize) -> usize {
        usize::try_from(self.within(0..=i64::try_from(length).expect("a length") - 1)).expect("an index")
    }

    /// True in `percent` of 100 cases.
    pub(crate) fn percent(&mut self, percent: i64) -> bool {
        self.within(0..=99) < percent
    }

    /// One of them, all alike.
    pub(crate) fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// One of them, each as often as its weight says.
    pub(crate) fn weighed<T: Copy>(&mut self, table: &[(u32, T)]) -> T {
        let total: i64 = table.iter().map(|(weight, _)| i64::from(*weight)).sum();
        let mut left = self.within(0..=total - 1);
        for (weight, choice) in table {
            left -= i64::from(*weight);
            if left < 0 {
                return *choice;
            }
        }
        table[0].1
    }
}

#[test]
fn one_seed_is_one_history() {
    let drawn =
        |seed| (0..100).map(|_| 0).scan(Chance::of(seed), |c, _: i32| Some(c.within(1..=1000))).collect::<Vec<_>>();
    assert_eq!(drawn(7), drawn(7));
    assert_ne!(drawn(7), drawn(8));
    let mut chance = Chance::of(1);
    let heads = (0..1000).filter(|_| chance.weighed(&[(3, true), (1, false)])).count();
    assert!((700..800).contains(&heads), "{heads} of 1000 at three to one");
}
