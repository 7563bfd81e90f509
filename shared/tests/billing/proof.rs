//! The proof of a cycle holds whatever happened in it, and holds no more once anything in it was changed.

use crate::life::Life;
use crate::lifecycle::lives;
use proptest::prelude::*;
use shared::billing::proof::verify;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    // Harm prevented: an honest bill cannot be proved, so that nobody believes the proof of any.
    #[test]
    fn every_cycle_of_every_life_is_proved_by_its_lines(happenings in lives()) {
        let mut life = Life::new();
        for (happening, later) in happenings {
            let _ = life.happens(&happening, later);
        }
        for ended in &life.ended {
            let export = life.export(ended.cycle.number);
            prop_assert_eq!(verify(&export), vec![], "cycle {}: {:#?}", ended.cycle.number, export);
        }
    }
}
