//! The choice of digits. Alone in its program: the choice holds for everything that is written.

use web::format::{fixed, hours_minutes, money, whole, write_latin_digits};
use web::i18n::Lang;

// Harm prevented: somebody who reads Latin digits only pays a figure that they could not read.
#[test]
fn figures_in_bangla_have_the_digits_that_were_chosen() {
    let amount = shared::money::Money::new(12_500_050, shared::money::Currency::Bdt);
    assert_eq!(whole(Lang::Bn, 125_000), "১,২৫,০০০");
    assert_eq!(fixed(Lang::Bn.err_rate_one()), Lang::Bn.err_rate_one());
    write_latin_digits(true);
    assert_eq!(whole(Lang::Bn, 125_000), "1,25,000");
    assert_eq!(money(Lang::Bn, amount), money(Lang::En, amount));
    assert_eq!(hours_minutes(Lang::Bn, 3_660), "1 ঘণ্টা 1 মিনিট");
    assert!(fixed(Lang::Bn.err_rate_one()).contains('1'));
    write_latin_digits(false);
    assert_eq!(whole(Lang::Bn, 125_000), "১,২৫,০০০");
}
