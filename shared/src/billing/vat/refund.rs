//! How much of a line's net price and of its VAT a refund takes back.
//!
//! Does not know who refunds or why. What has been refunded so far has one net amount, whatever the steps in which it
//! was: a refund is the difference of two of these. So refunds that add up to the line give back all of it, to the
//! poisha, its net price and its VAT.

use super::Taxed;
use crate::money::{Money, MoneyError};

/// Why a part of a line cannot be refunded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefundError {
    /// Neither may be negative.
    #[error("a refund must not be negative")]
    Negative,
    /// More than is left.
    #[error("not more than what is left of the line can be refunded")]
    TooMuch,
    /// Its net price and its VAT are not what it says that they are together, or one of them is negative.
    #[error("the line does not add up")]
    Line,
    /// Currencies differ, or it does not fit.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// What a refund of `refund_gross` takes back of `line`, after `refunded_so_far_gross` of it was refunded already.
///
/// Its net amount and its VAT are in the proportion of the line's, never negative, never more than the line's, and they
/// add up to `refund_gross`.
pub fn refund_part(line: Taxed, refunded_so_far_gross: Money, refund_gross: Money) -> Result<Taxed, RefundError> {
    if line.net.checked_add(line.tax)? != line.gross || line.net.minor < 0 || line.tax.minor < 0 {
        return Err(RefundError::Line);
    }
    if refunded_so_far_gross.minor < 0 || refund_gross.minor < 0 {
        return Err(RefundError::Negative);
    }
    let left = line.gross.checked_sub(refunded_so_far_gross)?;
    if left.checked_sub(refund_gross)?.minor < 0 {
        return Err(RefundError::TooMuch);
    }
    let before = net_of(line, refunded_so_far_gross)?;
    let after = net_of(line, refunded_so_far_gross.checked_add(refund_gross)?)?;
    let net = after.checked_sub(before)?;
    Ok(Taxed { net, tax: refund_gross.checked_sub(net)?, gross: refund_gross })
}

/// The net amount in the first `gross` of a line.
fn net_of(line: Taxed, gross: Money) -> Result<Money, MoneyError> {
    // A line of nothing has nothing to give back, and no proportion.
    if line.gross.minor == 0 { Ok(line.net) } else { line.net.prorate(gross.minor, line.gross.minor) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn bdt(minor: i64) -> Money {
        Money::new(minor, Currency::Bdt)
    }

    fn line(net: i64, tax: i64) -> Taxed {
        Taxed { net: bdt(net), tax: bdt(tax), gross: bdt(net + tax) }
    }

    fn refund(line: Taxed, so_far: i64, gross: i64) -> Result<(i64, i64), RefundError> {
        refund_part(line, bdt(so_far), bdt(gross)).map(|it| (it.net.minor, it.tax.minor))
    }

    // Harm prevented: credit notes that take back a whole invoice leave a poisha of VAT standing, or take one too many.
    #[test]
    fn parts_that_add_up_to_the_line_take_back_all_of_it() {
        let line = line(100, 15);
        assert_eq!(refund(line, 0, 115), Ok((100, 15)));
        assert_eq!(refund(line, 0, 1), Ok((1, 0)));
        let thirds: Vec<_> = [(0, 38), (38, 38), (76, 39)].map(|(so_far, it)| refund(line, so_far, it)).into();
        assert_eq!(thirds, [Ok((33, 5)), Ok((33, 5)), Ok((34, 5))]);
        let poisha: Vec<_> = (0..115).map(|so_far| refund(line, so_far, 1).unwrap()).collect();
        assert_eq!(poisha.iter().map(|it| it.0).sum::<i64>(), 100);
        assert_eq!(poisha.iter().map(|it| it.1).sum::<i64>(), 15);
    }

    // Harm prevented: two people refund one line, and the customer gets it twice.
    #[test]
    fn no_more_is_refunded_than_there_is() {
        assert_eq!(refund(line(100, 15), 100, 16), Err(RefundError::TooMuch));
        assert_eq!(refund(line(100, 15), 116, 0), Err(RefundError::TooMuch));
        assert_eq!(refund(line(100, 15), 115, 0), Ok((0, 0)));
        assert_eq!(refund(line(0, 0), 0, 0), Ok((0, 0)));
        assert_eq!(refund(line(0, 0), 0, 1), Err(RefundError::TooMuch));
    }

    // Harm prevented: a negative refund takes money from the customer.
    #[test]
    fn what_makes_no_sense_is_refused() {
        assert_eq!(refund(line(100, 15), -1, 1), Err(RefundError::Negative));
        assert_eq!(refund(line(100, 15), 1, -1), Err(RefundError::Negative));
        assert_eq!(refund(line(100, -15), 0, 1), Err(RefundError::Line));
        let unbalanced = Taxed { gross: bdt(116), ..line(100, 15) };
        assert_eq!(refund(unbalanced, 0, 1), Err(RefundError::Line));
        let dollars = refund_part(line(100, 15), bdt(0), Money::new(1, Currency::Usd));
        assert_eq!(dollars, Err(RefundError::Money(MoneyError::Currencies(Currency::Bdt, Currency::Usd))));
    }
}
