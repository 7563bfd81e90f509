//! Sentences for the steps of an explanation, in English and in Bangla.
//!
//! Says what a fact holds and nothing more; which facts there are, and in which order, is for the billing core.

mod bangla;
mod english;
mod figures;

use crate::api::auth::Language;
use crate::api::explain::{Fact, Step};
use crate::civil::Zone;
use figures::Pen;

/// The fact as one or two sentences, instants by the clocks of `zone`.
#[must_use]
pub fn sentence(language: Language, zone: Zone, fact: &Fact) -> String {
    let pen = Pen { language, zone };
    match language {
        Language::En => english::sentence(pen, fact),
        Language::Bn => bangla::sentence(pen, fact),
    }
}

/// The facts as steps, worded in both languages.
#[must_use]
pub fn steps(zone: Zone, facts: Vec<Fact>) -> Vec<Step> {
    let worded = |fact: Fact| {
        let (en, bn) = (sentence(Language::En, zone, &fact), sentence(Language::Bn, zone, &fact));
        Step { fact, en, bn }
    };
    facts.into_iter().map(worded).collect()
}
