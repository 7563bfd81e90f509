//! What session init demands of its fields: which must be there, in which order that is noticed, and how long they may be.
//!
//! Knows neither stores nor sessions.

use super::config::Mode;
use super::form::Form;

const SHIPPING: &str = "Invalid Information! 'shipping_method' is missing. Shipping method of the order. \
                        Example: YES or NO or Courier or Air or Ship or Truck";

/// What must be there, in the order in which its absence is noticed.
const REQUIRED: [&str; 15] = [
    "total_amount",
    "currency",
    "tran_id",
    "success_url",
    "fail_url",
    "cancel_url",
    "cus_name",
    "cus_email",
    "cus_add1",
    "cus_city",
    "cus_country",
    "cus_phone",
    "product_name",
    "product_category",
    "product_profile",
];

/// Goods that are sent.
const SHIPPED: [&str; 7] =
    ["ship_name", "ship_add1", "ship_area", "ship_city", "ship_sub_city", "ship_postcode", "ship_country"];
/// The same as older shops send them.
const SHIPPED_BEFORE: [&str; 5] = ["ship_name", "ship_add1", "ship_city", "ship_postcode", "ship_country"];
/// Goods that the gateway's own carrier takes.
const CARRIED: [&str; 4] = ["num_of_item", "weight_of_items", "logistic_pickup_id", "logistic_delivery_type"];

/// What a kind of goods demands, each with the example that its refusal gives.
const PROFILES: [(&str, &[(&str, &str)]); 3] = [
    (
        "airline-tickets",
        &[
            ("hours_till_departure", ""),
            ("flight_type", ""),
            ("pnr", ""),
            ("journey_from_to", ""),
            ("third_party_booking", ""),
        ],
    ),
    (
        "travel-vertical",
        &[("hotel_name", ""), ("length_of_stay", " Example: 2 days"), ("check_in_time", ""), ("hotel_city", "")],
    ),
    ("telecom-vertical", &[("product_type", ""), ("topup_number", ""), ("country_topup", "")]),
];

/// The values that are documented, where a list is.
const LISTED: [(&str, &[&str]); 2] = [
    ("shipping_method", &["NO", "YES", "Courier", "SSLCOMMERZ_LOGISTIC", "Air", "Ship", "Truck"]),
    (
        "product_profile",
        &["general", "physical-goods", "non-physical-goods", "airline-tickets", "travel-vertical", "telecom-vertical"],
    ),
];

/// How many characters are documented.
const LENGTHS: [(usize, &[&str]); 7] = [
    (3, &["currency"]),
    (20, &["cus_phone", "cus_fax", "third_party_booking"]),
    (
        30,
        &[
            "tran_id",
            "cus_postcode",
            "multi_card_name",
            "hours_till_departure",
            "flight_type",
            "length_of_stay",
            "check_in_time",
            "product_type",
            "country_topup",
        ],
    ),
    (
        50,
        &[
            "cus_name",
            "cus_email",
            "cus_add1",
            "cus_add2",
            "cus_city",
            "cus_state",
            "cus_country",
            "shipping_method",
            "ship_name",
            "ship_add1",
            "ship_add2",
            "ship_area",
            "ship_city",
            "ship_sub_city",
            "ship_state",
            "ship_postcode",
            "ship_country",
            "logistic_pickup_id",
            "logistic_delivery_type",
            "pnr",
            "hotel_city",
        ],
    ),
    (100, &["product_category", "product_profile"]),
    (150, &["topup_number"]),
    (
        255,
        &[
            "success_url",
            "fail_url",
            "cancel_url",
            "ipn_url",
            "product_name",
            "allowed_bin",
            "journey_from_to",
            "hotel_name",
            "value_a",
            "value_b",
            "value_c",
            "value_d",
        ],
    ),
];
/// The longest `tran_id` that was seen to be let through.
const TRAN_ID_SEEN: usize = 50;

/// Says what is wrong first, in the gateway's words.
pub(super) fn check(form: &Form, mode: Mode) -> Result<(), String> {
    REQUIRED.iter().try_for_each(|name| need(form, name).map(drop))?;
    let sent: &[&str] = match (form.get("shipping_method").ok_or(SHIPPING)?, mode) {
        ("YES", Mode::Documented) => &SHIPPED,
        ("YES", Mode::Observed) => &SHIPPED_BEFORE,
        ("SSLCOMMERZ_LOGISTIC", _) => &CARRIED,
        _ => &[],
    };
    sent.iter().try_for_each(|name| need(form, name).map(drop))?;
    let profile = PROFILES.iter().find(|(profile, _)| form.get("product_profile") == Some(profile));
    for (name, example) in profile.map_or(&[][..], |(_, demanded)| demanded) {
        form.get(name).ok_or_else(|| format!("Invalid Information! '{name}' is missing.{example}"))?;
    }
    match mode {
        Mode::Documented => documented(form),
        Mode::Observed if length(form, "tran_id") > TRAN_ID_SEEN => Err(invalid("tran_id")),
        Mode::Observed => Ok(()),
    }
}

fn documented(form: &Form) -> Result<(), String> {
    for (name, values) in LISTED {
        if form.get(name).is_some_and(|value| !values.contains(&value)) {
            return Err(invalid(name));
        }
    }
    let long = LENGTHS.iter().flat_map(|(most, names)| names.iter().map(move |name| (*most, *name)));
    match long.into_iter().find(|(most, name)| length(form, name) > *most) {
        Some((_, name)) => Err(invalid(name)),
        None => Ok(()),
    }
}

fn length(form: &Form, name: &str) -> usize {
    form.get(name).unwrap_or_default().chars().count()
}

/// A field that must be there.
pub(super) fn need<'f>(form: &'f Form, name: &str) -> Result<&'f str, String> {
    form.get(name).ok_or_else(|| format!("Invalid Information! '{name}' is missing or empty."))
}

/// The text for what is there but unusable; not known from the real gateway.
pub(super) fn invalid(name: &str) -> String {
    format!("Invalid Information! '{name}' is invalid.")
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "total_amount=100&currency=BDT&tran_id=T1&success_url=s&fail_url=f&cancel_url=c&cus_name=n\
                         &cus_email=e&cus_add1=a&cus_city=c&cus_country=c&cus_phone=p&product_name=n\
                         &product_category=c&product_profile=general&shipping_method=NO";

    fn refusal(change: &str, mode: Mode) -> Option<String> {
        check(&Form::parse(format!("{WHOLE}&{change}").as_bytes()), mode).err()
    }

    // Harm prevented: a shop learns in production which field the gateway misses first.
    #[test]
    fn fields_are_missed_one_at_a_time_in_order() {
        assert_eq!(refusal("", Mode::Documented), None);
        for name in REQUIRED {
            let text = format!("Invalid Information! '{name}' is missing or empty.");
            assert_eq!(refusal(&format!("{name}="), Mode::Documented), Some(text), "an empty one is an absent one");
        }
        let two = refusal("cus_email=&currency=&shipping_method=", Mode::Documented);
        assert_eq!(two.as_deref(), Some("Invalid Information! 'currency' is missing or empty."));
        assert_eq!(refusal("shipping_method=", Mode::Documented).as_deref(), Some(SHIPPING));
    }

    // Harm prevented: a shop that starts to ship, or sells flights, finds out at its first real customer.
    #[test]
    fn goods_demand_fields_of_their_own() {
        let missed = |change: &str, mode| {
            let text = refusal(change, mode)?;
            text.split('\'').nth(1).map(str::to_owned)
        };
        let missed_in_documented = |change: &str| missed(change, Mode::Documented);
        assert_eq!(missed_in_documented("shipping_method=YES").as_deref(), Some("ship_name"));
        let older = "shipping_method=YES&ship_name=n&ship_add1=a&ship_city=c&ship_postcode=1&ship_country=B";
        assert_eq!(missed_in_documented(older).as_deref(), Some("ship_area"));
        assert_eq!(missed(older, Mode::Observed), None);
        assert_eq!(missed_in_documented("shipping_method=SSLCOMMERZ_LOGISTIC").as_deref(), Some("num_of_item"));
        for (profile, demanded) in PROFILES {
            let mut given = format!("product_profile={profile}");
            for (name, example) in demanded {
                let text = format!("Invalid Information! '{name}' is missing.{example}");
                assert_eq!(refusal(&given, Mode::Documented), Some(text));
                given = format!("{given}&{name}=x");
            }
            assert_eq!(refusal(&given, Mode::Documented), None);
        }
    }

    // Harm prevented: a name that fits here is cut or refused by the real gateway.
    #[test]
    fn lengths_and_lists_hold_in_documented_mode_only() {
        for (most, names) in LENGTHS {
            for name in names.iter().filter(|name| !LISTED.iter().any(|(listed, _)| listed == *name)) {
                let of = |length: usize| format!("{name}={}", "ক".repeat(length));
                assert_eq!(refusal(&of(most), Mode::Documented), None, "{name}");
                assert_eq!(refusal(&of(most + 1), Mode::Documented), Some(invalid(name)));
                assert_eq!(refusal(&of(most + 1), Mode::Observed), None, "{name}");
            }
        }
        for change in ["product_profile=service", "shipping_method=Pigeon"] {
            assert!(refusal(change, Mode::Documented).is_some());
            assert_eq!(refusal(change, Mode::Observed), None);
        }
        assert!(refusal(&format!("tran_id={}", "t".repeat(51)), Mode::Observed).is_some());
    }
}
