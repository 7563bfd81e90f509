//! Plans in words: what one means in hours and money, what a change to it comes to.
//!
//! Every sum is made by the functions that charge; here they are only written.

use super::markup::Markup;
use crate::format::{bytes, duration, money, quantity, rate, unit_price, whole};
use crate::i18n::Lang;
use crate::wire::{Bought, Offer, Order, Plan, PlanChange, Plans, Version};
use shared::api::auth::Role;
use shared::api::invoices::UnitPrice;
use shared::api::plans::{ChangeEffect, Share};
use shared::api::tenants::PlanView;
use shared::billing::order::{renewal_lines, totals, unit};
use shared::billing::rating::{Charge, PriceModel, Tier};
use shared::billing::terms::{OnExhaustion, Terms};
use shared::billing::vat::Vat;
use shared::ids::PlanId;
use shared::money::Money;
use shared::time::{DAY, HOUR};
use shared::wording::invoice::measured;

/// Whether somebody may order panels and plans. The server says so too; this keeps buttons away that it would refuse.
#[must_use]
pub const fn may_order(role: Role) -> bool {
    matches!(role, Role::Owner | Role::Billing)
}

/// The version of a plan that is sold.
#[must_use]
pub fn sold(plan: &Plan) -> Option<&Version> {
    plan.versions.last()
}

/// The plan with this id, as it is sold.
#[must_use]
pub fn find<'a>(plans: &'a Plans, id: &str) -> Option<(&'a Plan, &'a Offer)> {
    let id: PlanId = id.parse().ok()?;
    let plan = plans.items.iter().find(|plan| plan.id == id)?;
    Some((plan, &sold(plan)?.terms))
}

/// What the first cycle of a plan will cost, line by line.
#[must_use]
pub fn first_order(plan: &str, offer: &Offer) -> Option<Order> {
    // The price of a cycle rests on these terms alone.
    let Offer { price, cycle_days, included_hours, vat, .. } = *offer;
    let terms = Terms { cycle_days, included_hours, vat, ..Terms::standard(price) };
    let lines = renewal_lines(plan, &terms, 1, &[]).ok()?;
    let sums = totals(&lines, price.currency).ok()?;
    let zero = Money::zero(price.currency);
    Some(Order {
        lines,
        net: sums.net,
        tax: sums.tax,
        gross: sums.gross,
        credit: zero,
        due: sums.gross,
        held_payment_id: None,
    })
}

/// What a price is with VAT: to the last minor unit what a line of just so much is billed.
///
/// A bill rounds each line once. Where the VAT of one hour or of one unit is no whole minor unit, a line of many is not so many
/// times this price: for those it is about the price, off by hardly more than half a minor unit for each.
fn gross(vat: Vat, price: Money) -> Money {
    vat.split(price).map_or(price, |taxed| taxed.gross)
}

/// How the prices relate to VAT.
#[must_use]
pub fn vat(lang: Lang, vat: Vat) -> String {
    match vat {
        Vat::None => lang.vat_none().to_owned(),
        Vat::Exclusive { basis_points } => lang.vat_added(&rate(lang, basis_points)),
        Vat::Inclusive { basis_points } => lang.vat_contained(&rate(lang, basis_points)),
    }
}

/// What a plan means: price, hours, about how much an hour, what the panel may hold, what comes on top.
#[must_use]
pub fn offer(lang: Lang, offer: &Offer) -> String {
    let days = whole(lang, i64::from(offer.cycle_days));
    let hours = whole(lang, i64::from(offer.included_hours));
    let mut out = Markup::default();
    out.within("<p class=\"price\"><strong>", &money(lang, gross(offer.vat, offer.price)), "</strong> ");
    out.within("<span class=\"small\">", &lang.plan_per_cycle(&days), "</span></p><p class=\"small\">");
    out.put(&vat(lang, offer.vat)).tags("</p><dl class=\"facts\">");
    out.fact(lang.plan_hours(), &lang.plan_hours_in(&hours, &days));
    let a_day = i64::from(offer.included_hours) * HOUR / i64::from(offer.cycle_days.max(1));
    out.fact(lang.plan_means(), &lang.plan_a_day(&duration(lang, a_day / 60 * 60)));
    if let Ok(an_hour) = gross(offer.vat, offer.price).prorate(1, i64::from(offer.included_hours.max(1))) {
        out.fact(lang.plan_an_hour(), &lang.plan_about(&money(lang, an_hour)));
    }
    let cap = offer.daily_cap_hours.map(|cap| lang.plan_cap(&whole(lang, i64::from(cap))));
    out.fact(lang.plan_day(), &cap.unwrap_or_else(|| lang.plan_no_cap().to_owned()));
    let after = match offer.on_exhaustion {
        OnExhaustion::Suspend => lang.plan_then_closed().to_owned(),
        OnExhaustion::Overage { price_per_hour } => {
            lang.plan_then_charged(&money(lang, gross(offer.vat, price_per_hour)))
        }
    };
    out.fact(lang.plan_then(), &after);
    let no_limit = || lang.plan_no_limit().to_owned();
    out.fact(lang.users_label(), &offer.limits.users.map_or_else(no_limit, |users| whole(lang, users)));
    out.fact(lang.storage_label(), &offer.limits.storage_bytes.map_or_else(no_limit, |most| bytes(lang, most)));
    if offer.trial_days > 0 {
        out.fact(lang.plan_trial(), &lang.plan_trial_days(&whole(lang, i64::from(offer.trial_days))));
    }
    out.tags("</dl>");
    if !offer.charges.is_empty() {
        out.within("<p class=\"small\">", lang.plan_charges(), "</p><ul class=\"small\">");
        for charge in &offer.charges {
            out.within("<li>", &charged(lang, offer.vat, charge), "</li>");
        }
        out.tags("</ul>");
    }
    out.done()
}

/// A charge: what is measured, how much of it costs nothing, what the rest costs with VAT.
#[must_use]
pub fn charged(lang: Lang, vat: Vat, charge: &Charge) -> String {
    let unit = unit(charge.meter);
    let priced = |price: Money, per: i64| unit_price(lang, &UnitPrice { price: gross(vat, price), per }, unit);
    let tier = |tier: &Tier, per| match tier.up_to {
        Some(end) => lang.charge_tier(&quantity(lang, end, unit), &priced(tier.price, per)),
        None => lang.charge_rest(&priced(tier.price, per)),
    };
    let tiers = |tiers: &[Tier], per| tiers.iter().map(|one| tier(one, per)).collect::<Vec<_>>().join(", ");
    let price = match &charge.price {
        PriceModel::PerUnit { price, per } => priced(*price, *per),
        PriceModel::Package { price, size } => {
            lang.charge_package(&money(lang, gross(vat, *price)), &quantity(lang, *size, unit))
        }
        PriceModel::Graduated { per, tiers: steps } => tiers(steps, *per),
        PriceModel::Volume { per, tiers: steps } => lang.charge_volume(&tiers(steps, *per)),
    };
    let what = measured(charge.meter, charge.aggregation, lang.into());
    lang.charge_line(&what, &quantity(lang, charge.included, unit), &price)
}

/// Which plan the panel is on, and which its next order will be on, where that is another. Of a panel without a cycle the next
/// order's is all there is.
#[must_use]
pub fn current(lang: Lang, running: Option<&Bought>, next: &PlanView) -> String {
    let now = lang.change_current(running.map_or(&*next.name, |running| &*running.name));
    match running {
        Some(running) if running.id != next.id => [&*now, " ", &*lang.change_waits(&next.name)].concat(),
        _ => now,
    }
}

/// Whether a plan is offered to change to: not the one that the panel is on, unless the next order is on another. Then there
/// is a way back to it.
#[must_use]
pub fn is_other(plan: PlanId, running: Option<&Bought>, next: &PlanView) -> bool {
    plan != next.id || running.is_some_and(|running| running.id != plan)
}

/// What a change of plan comes to, above its lines.
#[must_use]
pub fn change(lang: Lang, change: &PlanChange) -> String {
    let mut out = Markup::default();
    match change.effect {
        ChangeEffect::UpgradeNow => {
            out.within("<p><strong>", &lang.change_now(&money(lang, change.amount_due)), "</strong></p>");
            if let Some(Share { left_seconds, of_seconds }) = change.share {
                out.within("<p>", &lang.change_share(&written(lang, left_seconds), &written(lang, of_seconds)), "</p>");
            }
            let added = written(lang, change.allowance_added_seconds);
            out.within("<p>", &lang.change_adds(&added), "</p>");
            out.within("<p class=\"small\">", lang.change_or_later(), "</p>");
        }
        ChangeEffect::WithNextCycle => {
            out.within("<p>", lang.change_later(), "</p>");
        }
    }
    out.done()
}

/// Days where they are whole, else hours and minutes.
fn written(lang: Lang, seconds: i64) -> String {
    if seconds >= DAY && seconds % DAY == 0 {
        lang.span_days(&whole(lang, seconds / DAY))
    } else {
        duration(lang, seconds / 60 * 60)
    }
}

/// What is to be paid for a change, as an order is drawn; `None` if nothing is.
#[must_use]
pub fn change_order(change: &PlanChange) -> Option<Order> {
    if change.lines.is_empty() {
        return None;
    }
    let currency = change.amount_due.currency;
    let sums = totals(&change.lines, currency).ok()?;
    let lines = change.lines.clone();
    let credit = Money::zero(currency);
    Some(Order {
        lines,
        net: sums.net,
        tax: sums.tax,
        gross: sums.gross,
        credit,
        due: change.amount_due,
        held_payment_id: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Room;
    use shared::billing::rating::{Aggregation, Meter};
    use shared::ids::PlanVersionId;
    use shared::money::Currency;

    fn taka(minor: i64) -> Money {
        Money::new(minor, Currency::Bdt)
    }

    fn standard() -> Offer {
        Offer {
            price: taka(360_000),
            cycle_days: 30,
            included_hours: 360,
            daily_cap_hours: Some(12),
            trial_days: 7,
            on_exhaustion: OnExhaustion::Suspend,
            vat: Vat::Exclusive { basis_points: 1_500 },
            limits: Room { users: Some(10), storage_bytes: None },
            charges: vec![],
        }
    }

    // Harm prevented: the wizard promises one price, and the checkout asks for another.
    #[test]
    fn the_first_order_is_the_one_that_will_be_charged() {
        let offer = standard();
        let terms = Terms {
            grace_hours: 24,
            trial_days: 7,
            limits: shared::billing::terms::Limits { users: Some(10), ..Default::default() },
            vat: offer.vat,
            ..Terms::standard(offer.price)
        };
        let order = first_order("Standard", &offer).unwrap();
        assert_eq!(order.lines, renewal_lines("Standard", &terms, 1, &[]).unwrap());
        assert_eq!((order.net, order.tax, order.gross), (taka(360_000), taka(54_000), taka(414_000)));
    }

    #[test]
    fn a_plan_says_what_it_means_in_hours_and_in_money() {
        let said = offer(Lang::En, &standard()).replace('\u{a0}', " ");
        for part in [
            "<strong>৳ 4,140.00</strong>",
            "15%",
            "360 hours in 30 days",
            "12 h a day",
            "about ৳ 11.50",
            "at most 12 h",
            "<dd>10</dd>",
            "no limit",
            "7 days",
        ] {
            assert!(said.contains(part), "{part} is missing in {said}");
        }
        assert!(offer(Lang::Bn, &standard()).contains("৳\u{a0}১১.৫০"));
    }

    // Harm prevented: what comes on top of the price is first read on the invoice.
    #[test]
    fn charges_beyond_the_price_are_said_beforehand() {
        let per_user = PriceModel::PerUnit { price: taka(5_000), per: 1 };
        let users = Charge { meter: Meter::Users, aggregation: Aggregation::Peak, included: 5, price: per_user };
        let said = charged(Lang::En, Vat::None, &users).replace('\u{a0}', " ");
        assert!(
            said.contains("Users (highest number)") && said.contains("5 users") && said.contains("৳ 50.00"),
            "{said}"
        );
        let tiers = vec![Tier { up_to: Some(10), price: taka(400) }, Tier { up_to: None, price: taka(300) }];
        let tiered = Charge { price: PriceModel::Graduated { per: 1, tiers }, ..users };
        let said = charged(Lang::En, Vat::None, &tiered).replace('\u{a0}', " ");
        assert!(said.contains("10 users") && said.contains("৳ 4.00") && said.contains("৳ 3.00"), "{said}");
    }

    // Harm prevented: the plan's price is said with VAT and what comes on top of it without, and the bill is higher than what
    // was read.
    #[test]
    fn prices_beyond_the_first_have_the_vat_that_is_billed() {
        let said = |vat, charge: &Charge| charged(Lang::En, vat, charge).replace('\u{a0}', " ");
        let (on_top, contained) = (standard().vat, Vat::Inclusive { basis_points: 1_500 });
        let price = PriceModel::PerUnit { price: taka(5_000), per: 1 };
        let users = Charge { meter: Meter::Users, aggregation: Aggregation::Peak, included: 5, price };
        assert!(
            said(on_top, &users).ends_with("৳ 57.50 / user") && said(contained, &users).ends_with("৳ 50.00 / user")
        );
        let price = PriceModel::Package { price: taka(1_000), size: 10 };
        assert!(said(on_top, &Charge { price, ..users.clone() }).contains("৳ 11.50"));
        let tiers = vec![Tier { up_to: Some(10), price: taka(400) }, Tier { up_to: None, price: taka(300) }];
        let tiered = said(on_top, &Charge { price: PriceModel::Volume { per: 1, tiers }, ..users.clone() });
        assert!(tiered.contains("৳ 4.60") && tiered.contains("৳ 3.45"), "{tiered}");
        // 15 % of 1,001 is 150.15: 150, as on the line of one hour.
        let on_exhaustion = OnExhaustion::Overage { price_per_hour: taka(1_001) };
        let page = offer(Lang::En, &Offer { on_exhaustion, charges: vec![users], ..standard() }).replace('\u{a0}', " ");
        assert!(page.contains("for ৳ 11.51 an hour") && page.contains("৳ 57.50 / user"), "{page}");
    }

    // Harm prevented: a panel that still runs on the small plan is said to be on the large one, or the upgrade to that one is
    // hidden, because the next order will be on it.
    #[test]
    fn the_running_plan_is_the_cycles_and_the_next_orders_is_named_beside_it() {
        let small: PlanId = "pln_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap();
        let large: PlanId = "pln_01937b1c8f2e7c3d9a4b5c6d7e8f9013".parse().unwrap();
        let version: PlanVersionId = "plv_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap();
        let running = Bought { id: small, name: "Small".to_owned() };
        let next = PlanView { id: large, version, name: "Large".to_owned() };
        let said = current(Lang::En, Some(&running), &next);
        assert_eq!(said, "This panel is on Small. From the next cycle: Large.");
        assert!(is_other(large, Some(&running), &next) && is_other(small, Some(&running), &next));
        let same = PlanView { id: small, name: "Small".to_owned(), ..next.clone() };
        assert_eq!(current(Lang::En, Some(&running), &same), "This panel is on Small.");
        assert!(!is_other(small, Some(&running), &same) && is_other(large, Some(&running), &same));
        assert_eq!(current(Lang::En, None, &next), "This panel is on Large.");
        assert!(!is_other(large, None, &next));
    }

    // Harm prevented: an upgrade is confirmed without its price, or a later change looks as if it cost something now.
    #[test]
    fn a_change_says_its_price_and_when_it_comes() {
        let view = PlanChange {
            effect: ChangeEffect::UpgradeNow,
            lines: first_order("Large", &standard()).unwrap().lines,
            amount_due: taka(414_000),
            allowance_added_seconds: 90 * HOUR,
            share: Some(Share { left_seconds: 15 * DAY, of_seconds: 30 * DAY }),
        };
        let said = change(Lang::En, &view).replace('\u{a0}', " ");
        assert!(said.contains("৳ 4,140.00") && said.contains("90 h") && said.contains("15 days of 30 days"), "{said}");
        assert_eq!(change_order(&view).unwrap().gross, taka(414_000));
        let later = PlanChange { effect: ChangeEffect::WithNextCycle, lines: vec![], amount_due: taka(0), ..view };
        assert!(change(Lang::En, &later).contains("Nothing is due now") && change_order(&later).is_none());
    }

    #[test]
    fn only_who_pays_orders() {
        assert!(may_order(Role::Owner) && may_order(Role::Billing));
        assert!(!may_order(Role::Viewer) && !may_order(Role::Operator));
    }
}
