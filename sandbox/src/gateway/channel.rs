//! The few ways to pay that the sandbox offers, with what the gateway reports about each.

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

/// What is offered, the first one preselected.
pub(super) static CHANNELS: [Channel; 4] = [
    Channel {
        key: "bkash",
        group: "mobilebanking",
        label: "bKash",
        card_type: "BKASH-BKash",
        card_no: "",
        card_issuer: "BKash Mobile Banking",
        card_brand: "MOBILEBANKING",
        card_sub_brand: "Classic",
    },
    Channel {
        key: "nagad",
        group: "mobilebanking",
        label: "Nagad",
        card_type: "NAGAD-Nagad",
        card_no: "",
        card_issuer: "Nagad",
        card_brand: "MOBILEBANKING",
        card_sub_brand: "Classic",
    },
    Channel {
        key: "dbbl_visa",
        group: "visa",
        label: "Visa",
        card_type: "VISA-Dutch Bangla",
        card_no: "411111XXXXXX1111",
        card_issuer: "TEST BANK, LTD.",
        card_brand: "VISA",
        card_sub_brand: "Classic",
    },
    Channel {
        key: "city",
        group: "internetbanking",
        label: "City Bank internet banking",
        card_type: "CITYBANKIB-City Touch Internet Banking",
        card_no: "",
        card_issuer: "City Bank",
        card_brand: "IB",
        card_sub_brand: "Classic",
    },
];

impl Channel {
    /// The channel of a key; the first one if the key is not offered.
    pub(super) fn of(key: &str) -> &'static Self {
        let [first, ..] = &CHANNELS;
        CHANNELS.iter().find(|channel| channel.key == key).unwrap_or(first)
    }
}
