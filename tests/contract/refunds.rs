//! What every payment gateway adapter must do when money goes back: once, and never said to be more than it is.

use hourglass::port::gateway::{Gateway as _, RefundAnswer, RefundProgress};
use shared::money::{Currency, Money};

use crate::gateway::{Misfortune, PRICE, RefundEnds, SPOILT, World, paid, refund};

/// A world in which one payment was made, and the bank's name for the charge.
async fn charged<W: World>() -> (W, String) {
    let (world, val_id) = paid::<W>("T1", None).await;
    let record = world.gateway().validate(&val_id).await.unwrap().unwrap();
    (world, record.bank_tran_id.unwrap())
}

async fn accepted<W: World>(world: &W, name: &str, bank: &str, minor: i64) -> String {
    match world.gateway().refund(&refund(name, bank, minor)).await {
        Ok(RefundAnswer::Accepted { refund_ref_id }) => refund_ref_id,
        other => panic!("{name}: {other:?}"),
    }
}

const fn taka(minor: i64) -> Money {
    Money::new(minor, Currency::Bdt)
}

// Harm prevented: a customer is told that the money is sent before it is, or never.
pub(crate) async fn a_refund_is_accepted_and_arrives<W: World>() {
    let (world, bank) = charged::<W>().await;
    let refund_ref_id = accepted(&world, "R1", &bank, PRICE.minor).await;
    assert!(!refund_ref_id.is_empty());
    for _ in 0..3 {
        assert_eq!(world.gateway().refund_progress(&refund_ref_id).await, Ok(RefundProgress::Processing));
    }
    world.refund_ends(&refund_ref_id, RefundEnds::WithTheMoneySent);
    for _ in 0..2 {
        assert_eq!(world.gateway().refund_progress(&refund_ref_id).await, Ok(RefundProgress::Refunded));
    }
    assert_eq!(world.sent_back(), [PRICE]);
}

// Harm prevented: a refund is repeated after a lost answer, and the customer gets the money twice.
pub(crate) async fn a_refund_repeated_under_one_name_moves_money_once<W: World>() {
    let (world, bank) = charged::<W>().await;
    let first = accepted(&world, "R1", &bank, 40_000).await;
    assert_eq!(accepted(&world, "R1", &bank, 40_000).await, first);
    world.refund_ends(&first, RefundEnds::WithTheMoneySent);
    assert_eq!(accepted(&world, "R1", &bank, 40_000).await, first);
    assert_eq!(world.sent_back(), [taka(40_000)]);
    let second = accepted(&world, "R2", &bank, 50_000).await;
    assert_ne!(first, second);
    assert_eq!(world.sent_back(), [taka(40_000), taka(50_000)]);
}

// Harm prevented: what the gateway will never send back is asked for for ever.
pub(crate) async fn what_is_not_there_to_send_back_is_refused_not_unknown<W: World>() {
    let (world, bank) = charged::<W>().await;
    accepted(&world, "R1", &bank, PRICE.minor - 1_000).await;
    for odd in [
        refund("R2", &bank, 1_001),
        refund("R3", &bank, PRICE.minor + 1),
        refund("R4", "invented", 100),
        refund("R5", "", 100),
        refund("R6", &bank, 0),
        refund("R7", &bank, -100),
    ] {
        let answer = world.gateway().refund(&odd).await;
        assert!(matches!(&answer, Ok(RefundAnswer::Refused(why)) if !why.is_empty()), "{odd:?}: {answer:?}");
    }
    assert_eq!(world.sent_back(), [taka(PRICE.minor - 1_000)]);
}

// Harm prevented: a name is cut short to fit, and two refunds are one, or one is two.
pub(crate) async fn a_name_is_sent_whole_or_not_at_all<W: World>() {
    let (world, bank) = charged::<W>().await;
    let (longest, longer) = ("R".repeat(30), "R".repeat(31));
    accepted(&world, &longest, &bank, 100).await;
    for name in [longer.as_str(), ""] {
        let answer = world.gateway().refund(&refund(name, &bank, 100)).await;
        assert!(matches!(answer, Ok(RefundAnswer::Refused(_))), "{name}: {answer:?}");
    }
    assert_eq!(world.sent_back(), [taka(100)]);
}

// Harm prevented: the bank sends the money back to us, and the customer waits for it.
pub(crate) async fn a_refund_that_is_given_up_is_told<W: World>() {
    let (world, bank) = charged::<W>().await;
    let given_up = accepted(&world, "R1", &bank, PRICE.minor).await;
    world.refund_ends(&given_up, RefundEnds::WithoutIt);
    let progress = world.gateway().refund_progress(&given_up).await;
    assert!(matches!(progress, Ok(RefundProgress::Cancelled(_))), "{progress:?}");
    assert_eq!(world.sent_back(), []);
    accepted(&world, "R2", &bank, PRICE.minor).await;
    assert_eq!(world.sent_back(), [PRICE]);
}

// Harm prevented: the answer to a refund is lost, it reads as refused, and somebody pays by hand what is on its way.
pub(crate) async fn a_refund_whose_answer_is_lost_is_found_by_a_repeat<W: World>() {
    for misfortune in SPOILT.into_iter().chain([Misfortune::Silence]) {
        let (world, bank) = charged::<W>().await;
        let asked = refund("R1", &bank, 70_000);
        world.suffers(Some(misfortune));
        let answer = world.gateway().refund(&asked).await;
        assert!(answer.is_err(), "{misfortune:?}: {answer:?}");
        world.suffers(None);
        let found = accepted(&world, "R1", &bank, 70_000).await;
        assert_eq!(world.sent_back(), [taka(70_000)], "{misfortune:?}");
        world.suffers(Some(misfortune));
        assert!(world.gateway().refund_progress(&found).await.is_err(), "{misfortune:?}");
    }
}

// Harm prevented: after a wrong password is configured, every refund reads as refused and is written off.
pub(crate) async fn wrong_credentials_say_nothing_about_a_refund<W: World>() {
    let (world, bank) = charged::<W>().await;
    let known = accepted(&world, "R1", &bank, 100).await;
    for misfortune in [Misfortune::CredentialsRefused, Misfortune::StoreInactive] {
        world.suffers(Some(misfortune));
        assert!(world.gateway().refund(&refund("R2", &bank, 100)).await.is_err(), "{misfortune:?}");
        assert!(world.gateway().refund_progress(&known).await.is_err(), "{misfortune:?}");
    }
    assert_eq!(world.sent_back(), [taka(100)]);
    assert!(W::absent().refund(&refund("R2", &bank, 100)).await.is_err());
    assert!(W::absent().refund_progress(&known).await.is_err());
}

// Harm prevented: a refund whose name was lost on the way reads as sent, or as given up.
pub(crate) async fn a_refund_that_the_gateway_does_not_know_is_unknown<W: World>() {
    let (world, bank) = charged::<W>().await;
    accepted(&world, "R1", &bank, 100).await;
    for name in ["invented & v=1", "R1", ""] {
        assert!(world.gateway().refund_progress(name).await.is_err(), "{name}");
    }
}
