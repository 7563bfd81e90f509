//! Charges that no plan may have, each with the field at fault.

use crate::prices::{bdt, charge, graduated, package, per_unit, tiers, volume};
use shared::billing::rating::{Aggregation, Charge, Meter, PriceModel, Tier, check_all};
use shared::money::{Currency, Money};

/// Both models that have tiers, with these.
fn tiered(ends: &[Option<i64>], prices: &[i64]) -> [Charge; 2] {
    let tiers: Vec<_> = ends.iter().zip(prices).map(|(up_to, it)| Tier { up_to: *up_to, price: bdt(*it) }).collect();
    [PriceModel::Graduated { per: 1, tiers: tiers.clone() }, PriceModel::Volume { per: 1, tiers }]
        .map(|model| charge(0, model))
}

fn fault(charge: &Charge) -> Option<String> {
    charge.check(Currency::Bdt).err().map(|error| error.field)
}

// Harm prevented: a plan is published whose charges cannot be computed, and it is noticed at the end of the month.
#[test]
fn a_charge_at_fault_names_the_field() {
    for (charge, field) in [
        (charge(-1, per_unit(1, 1)), "included"),
        (charge(0, per_unit(-1, 1)), "price/price"),
        (charge(0, per_unit(1, 0)), "price/per"),
        (charge(0, package(-1, 1)), "price/price"),
        (charge(0, package(1, 0)), "price/size"),
        (charge(0, graduated(0, &[], &[1])), "price/per"),
        (charge(0, volume(-1, &[], &[1])), "price/per"),
    ] {
        assert_eq!(fault(&charge).as_deref(), Some(field), "{charge:?}");
    }
    for (ends, prices, field) in [
        (&[][..], &[][..], "price/tiers"),
        (&[Some(0), None], &[1, 1], "price/tiers/0/up_to"),
        (&[Some(5), Some(5), None], &[1, 1, 1], "price/tiers/1/up_to"),
        (&[Some(5), Some(4), None], &[1, 1, 1], "price/tiers/1/up_to"),
        (&[Some(5)], &[1], "price/tiers/0/up_to"),
        (&[Some(5), Some(6)], &[1, 1], "price/tiers/1/up_to"),
        (&[None, None], &[1, 1], "price/tiers/0/up_to"),
        (&[Some(5), None], &[1, -1], "price/tiers/1/price"),
    ] {
        for charge in tiered(ends, prices) {
            assert_eq!(fault(&charge).as_deref(), Some(field), "{charge:?}");
        }
    }
}

// Harm prevented: a plan that could be computed cannot be published.
#[test]
fn a_sound_charge_passes() {
    for charge in [
        charge(0, per_unit(0, 1)),
        charge(i64::MAX, per_unit(i64::MAX, i64::MAX)),
        charge(0, package(1, 1)),
        charge(0, graduated(1, &[], &[0])),
        charge(0, volume(1, &[1, 2, i64::MAX], &[3, 2, 1, 0])),
    ] {
        assert_eq!(charge.check(Currency::Bdt), Ok(()), "{charge:?}");
    }
}

// Harm prevented: a plan in taka has a charge in dollars, and a line of it is added to the others.
#[test]
fn every_price_is_in_the_plans_currency() {
    let dollars = Money::new(1, Currency::Usd);
    let mut second = tiers(&[5], &[1, 1]);
    second[1].price = dollars;
    for (model, field) in [
        (PriceModel::PerUnit { price: dollars, per: 1 }, "price/price/currency"),
        (PriceModel::Package { price: dollars, size: 1 }, "price/price/currency"),
        (PriceModel::Graduated { per: 1, tiers: second.clone() }, "price/tiers/1/price/currency"),
        (PriceModel::Volume { per: 1, tiers: second }, "price/tiers/1/price/currency"),
    ] {
        assert_eq!(fault(&charge(0, model.clone())).as_deref(), Some(field), "{model:?}");
    }
}

// Harm prevented: the users of every look are added up, and five users are charged as thousands.
#[test]
fn seconds_are_summed_up_and_gauges_are_not() {
    use Aggregation::{Peak, Sum, TimeWeightedAverage};
    use Meter::{ActiveSeconds, StorageBytes, Users};
    for (meter, sound, unsound) in [
        (ActiveSeconds, &[Sum][..], &[Peak, TimeWeightedAverage][..]),
        (Users, &[Peak, TimeWeightedAverage], &[Sum]),
        (StorageBytes, &[Peak, TimeWeightedAverage], &[Sum]),
    ] {
        let fault = |aggregation: &Aggregation| {
            fault(&Charge { meter, aggregation: *aggregation, ..charge(0, per_unit(1, 1)) })
        };
        assert!(sound.iter().all(|it| fault(it).is_none()), "{meter:?}");
        assert!(unsound.iter().all(|it| fault(it).as_deref() == Some("aggregation")), "{meter:?}");
    }
}

// Harm prevented: the person who writes a plan is told that something is wrong, not where.
#[test]
fn the_charge_at_fault_is_named_from_the_plans_root() {
    let sound = charge(0, per_unit(1, 1));
    let [unsound, _] = tiered(&[Some(5), Some(5), None], &[1, 1, 1]);
    assert_eq!(check_all(&[sound.clone(), sound.clone()], Currency::Bdt), Ok(()));
    let error = check_all(&[sound, unsound], Currency::Bdt).unwrap_err();
    assert_eq!(error.to_string(), "charges/1/price/tiers/1/up_to: must be more than where the tier begins");
}
