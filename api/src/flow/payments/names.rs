//! Our names at a gateway, from our ids: at most 30 characters, never used twice.

use shared::ids::{PaymentId, RefundId};

/// Our name for a payment.
pub(super) fn tran_id(id: PaymentId) -> String {
    short("hg", id.uuid().as_u128())
}

/// Our name for a refund.
pub(super) fn refund_name(id: RefundId) -> String {
    short("hr", id.uuid().as_u128())
}

/// A prefix and 128 bits in base 32: 28 characters.
fn short(prefix: &str, bits: u128) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let digit = |place: u32| {
        let index = usize::try_from((bits >> (5 * place)) & 31).unwrap_or(0);
        DIGITS.get(index).map_or('0', |digit| char::from(*digit))
    };
    prefix.chars().chain((0..26).rev().map(digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    // Harm prevented: two payments share one name at the gateway, or the gateway cuts the name off.
    #[test]
    fn names_at_the_gateway_are_short_and_distinct() {
        let bits = [0, 1, u128::MAX, u128::MAX - 1].map(Uuid::from_u128);
        let payments = bits.map(|bits| tran_id(PaymentId::new(bits)));
        let refunds = bits.map(|bits| refund_name(RefundId::new(bits)));
        let names: Vec<String> = payments.into_iter().chain(refunds).collect();
        assert!(names.iter().all(|name| name.len() == 28));
        assert!((1..names.len()).all(|i| !names[..i].contains(&names[i])));
    }
}
