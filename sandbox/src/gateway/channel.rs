//! The ways to pay that the sandbox offers, with what the gateway reports about each.

/// A way to pay.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Channel {
    /// The channel key as session init lists it.
    pub(super) key: &'static str,
    /// The group of the key in session init's `gw`.
    pub(super) group: &'static str,
    /// What the payer reads.
    pub(super) label: &'static str,
    pub(super) card_type: &'static str,
    pub(super) card_no: &'static str,
    pub(super) card_issuer: &'static str,
    pub(super) card_brand: &'static str,
    pub(super) card_sub_brand: &'static str,
}

/// The groups of session init's `gw`, with the names that `multi_card_name` has for them.
pub(super) const GROUPS: [(&str, &str); 6] = [
    ("visa", "visacard"),
    ("master", "mastercard"),
    ("amex", "amexcard"),
    ("othercards", "othercard"),
    ("internetbanking", "internetbank"),
    ("mobilebanking", "mobilebank"),
];

/// The pay page's headings, and which groups are under each.
pub(super) const HEADINGS: [(&str, &[&str]); 3] = [
    ("Mobile banking", &["mobilebanking"]),
    ("Cards", &["visa", "master", "amex", "othercards"]),
    ("Internet banking", &["internetbanking"]),
];

const fn card(
    key: &'static str,
    group: &'static str,
    label: &'static str,
    card_type: &'static str,
    card_no: &'static str,
    card_brand: &'static str,
) -> Channel {
    let card_issuer = "TEST BANK, LTD.";
    Channel { key, group, label, card_type, card_no, card_issuer, card_brand, card_sub_brand: "Classic" }
}

const fn wallet(key: &'static str, label: &'static str, card_type: &'static str, card_issuer: &'static str) -> Channel {
    let (group, card_brand) = ("mobilebanking", "MOBILEBANKING");
    Channel { key, group, label, card_type, card_no: "", card_issuer, card_brand, card_sub_brand: "Classic" }
}

const fn bank(key: &'static str, label: &'static str, card_type: &'static str, card_issuer: &'static str) -> Channel {
    let (group, card_brand) = ("internetbanking", "IB");
    Channel { key, group, label, card_type, card_no: "", card_issuer, card_brand, card_sub_brand: "Classic" }
}

const VISA: &str = "411111XXXXXX1111";
const MASTER: &str = "511111XXXXXX1111";
const AMEX: &str = "371111XXXXX1111";

/// What is offered, the first one preselected. Keys that the documentation lists, and wallets seen beside them.
pub(super) static CHANNELS: [Channel; 27] = [
    wallet("bkash", "bKash", "BKASH-BKash", "BKash Mobile Banking"),
    wallet("nagad", "Nagad", "NAGAD-Nagad", "Nagad"),
    wallet("dbblmobilebanking", "DBBL Mobile", "DBBLMOBILEB-Dbbl Mobile Banking", "DBBL Mobile Banking"),
    wallet("upay", "Upay", "UPAY-upay", "upay"),
    wallet("tapnpay", "Tap'n'Pay", "TAPNPAY-Tap n Pay", "Tap n Pay"),
    wallet("tap", "Tap", "TAP-Tap", "Tap"),
    wallet("mcash", "mCash", "MCASH-Islami Bank mCash", "Islami Bank mCash"),
    wallet("okaywallet", "OK Wallet", "OKAYWALLET-OK Wallet", "OK Wallet"),
    card("brac_visa", "visa", "Visa, BRAC Bank", "VISA-Brac bank", VISA, "VISA"),
    card("dbbl_visa", "visa", "Visa, Dutch Bangla", "VISA-Dutch Bangla", VISA, "VISA"),
    card("city_visa", "visa", "Visa, City Bank", "VISA-City Bank", VISA, "VISA"),
    card("ebl_visa", "visa", "Visa, EBL", "VISA-EBL", VISA, "VISA"),
    card("sbl_visa", "visa", "Visa, Southeast", "VISA-Southeast Bank", VISA, "VISA"),
    card("brac_master", "master", "MasterCard, BRAC Bank", "MASTER-Brac bank", MASTER, "MASTER"),
    card("dbbl_master", "master", "MasterCard, Dutch Bangla", "MASTER-Dutch Bangla", MASTER, "MASTER"),
    card("city_master", "master", "MasterCard, City Bank", "MASTER-City Bank", MASTER, "MASTER"),
    card("ebl_master", "master", "MasterCard, EBL", "MASTER-EBL", MASTER, "MASTER"),
    card("sbl_master", "master", "MasterCard, Southeast", "MASTER-Southeast Bank", MASTER, "MASTER"),
    card("city_amex", "amex", "Amex, City Bank", "AMEX-City Bank", AMEX, "AMEX"),
    card("qcash", "othercards", "Q-Cash", "QCASH-QCash", "411111XXXXXX1111", "QCASH"),
    card("dbbl_nexus", "othercards", "DBBL Nexus", "DBBLNEXUS-Dbbl Nexus", "411111XXXXXX1111", "DBBLNEXUS"),
    card("fastcash", "othercards", "Fast Cash", "FASTCASH-Fast Cash", "411111XXXXXX1111", "FASTCASH"),
    bank("city", "City Bank", "CITYBANKIB-City Touch Internet Banking", "City Bank"),
    bank("bankasia", "Bank Asia", "BANKASIAIB-Bank Asia", "Bank Asia"),
    bank("abbank", "AB Bank", "ABBANKIB-AB Bank", "AB Bank"),
    bank("ibbl", "Islami Bank", "IBBL-Islami Bank", "Islami Bank"),
    bank("mtbl", "Mutual Trust Bank", "MTBL-Mutual Trust Internet Banking", "Mutual Trust Bank"),
];

/// What a shop's `multi_card_name` leaves of the list: keys and groups, separated by commas. All, if it leaves nothing.
pub(super) fn offered(multi_card_name: Option<&str>) -> Vec<&'static Channel> {
    let wanted: Vec<&str> = multi_card_name.unwrap_or_default().split(',').map(str::trim).collect();
    let named = |channel: &&Channel| {
        let group = GROUPS.iter().find(|(group, _)| *group == channel.group).map(|(_, name)| *name);
        wanted.iter().any(|name| *name == channel.key || Some(*name) == group)
    };
    let left: Vec<_> = CHANNELS.iter().filter(named).collect();
    if left.is_empty() { CHANNELS.iter().collect() } else { left }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(multi_card_name: &str) -> Vec<&'static str> {
        offered(Some(multi_card_name)).iter().map(|channel| channel.key).collect()
    }

    // Harm prevented: a shop that sells to one bank's customers only is rehearsed with everybody's cards.
    #[test]
    fn a_shop_may_offer_less() {
        assert_eq!(keys("nagad, city_amex"), ["nagad", "city_amex"]);
        assert_eq!(keys("amexcard,internetbank"), ["city_amex", "city", "bankasia", "abbank", "ibbl", "mtbl"]);
        assert_eq!(keys("unheard of").len(), CHANNELS.len());
        assert_eq!(offered(None).len(), CHANNELS.len());
    }

    // Harm prevented: a channel that no heading shows cannot be chosen by anybody.
    #[test]
    fn every_channel_has_a_heading_and_a_key_of_its_own() {
        for channel in &CHANNELS {
            assert!(HEADINGS.iter().any(|(_, groups)| groups.contains(&channel.group)), "{}", channel.key);
            assert!(GROUPS.iter().any(|(group, _)| *group == channel.group), "{}", channel.key);
            assert_eq!(CHANNELS.iter().filter(|other| other.key == channel.key).count(), 1);
        }
    }
}
