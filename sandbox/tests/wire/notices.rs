//! When notices go out, how often, and what may be wrong with them.

use std::time::Duration;

use sandbox::gateway::{Action, Faults, IpnOrder, NoticeFault, sign};

use crate::shop::{PASSWD, Shop, text, value};

fn signature_fits(fields: &sandbox::gateway::Fields) -> bool {
    let keys: Vec<&str> = value(fields, "verify_key").split(',').collect();
    let signature = sign(fields, &keys, PASSWD);
    signature.verify_sign == value(fields, "verify_sign")
        && signature.verify_sign_sha2 == value(fields, "verify_sign_sha2")
}

async fn arrived(ipn: IpnOrder) -> usize {
    let shop = Shop::open();
    shop.suffers(Faults { ipn: Some(ipn), ipn_count: Some(5), ..Faults::default() });
    shop.paid("T1").await;
    shop.notices().len()
}

// Harm prevented: a shop that books a payment twice when two notices of it arrive at the same moment.
#[tokio::test]
async fn notices_go_out_as_often_as_they_should() {
    assert_eq!(arrived(IpnOrder::Before).await, 1);
    assert_eq!(arrived(IpnOrder::Never).await, 0);
    assert_eq!(arrived(IpnOrder::Twice).await, 2);
    assert_eq!(arrived(IpnOrder::Concurrent).await, 5);
}

// Harm prevented: a payer who returns before the notice finds an order that nobody knows to be paid.
#[tokio::test]
async fn a_notice_may_come_after_the_return() {
    let shop = Shop::open();
    shop.suffers(Faults { ipn: Some(IpnOrder::After), ipn_delay_ms: Some(1), ..Faults::default() });
    let posted = shop.paid("T1").await;
    shop.gateway.delivered(1).await;
    assert_eq!(shop.notices(), [posted]);
}

// Harm prevented: a shop that was down for a moment is never told.
#[tokio::test]
async fn a_notice_is_tried_again_without_the_payer_waiting() {
    let shop = Shop::with(|config| config.ipn_backoff = Duration::from_millis(1));
    shop.answers(&[500, 500]);
    shop.paid("T1").await;
    shop.gateway.delivered(1).await;
    let deliveries = shop.gateway.deliveries();
    assert_eq!(deliveries.iter().map(|it| (it.answered, it.tries)).collect::<Vec<_>>(), [(Some(200), 3)]);
    shop.answers(&[500, 500]);
    shop.suffers(Faults { ipn_tries: Some(2), ..Faults::default() });
    assert!(shop.gateway.replay_ipn("T1").await);
    shop.gateway.delivered(2).await;
    assert_eq!(shop.gateway.deliveries().last().map(|it| (it.answered, it.tries)), Some((Some(500), 2)));
}

// Harm prevented: a payer stands before an empty page for as long as the shop's notice address is out of order.
#[tokio::test]
async fn a_pause_between_tries_does_not_hold_the_payer() {
    let shop = Shop::with(|config| config.ipn_backoff = Duration::from_secs(3_600));
    shop.answers(&[500]);
    shop.paid("T1").await;
    assert_eq!((shop.notices().len(), shop.gateway.deliveries().len()), (1, 0));
}

// Harm prevented: a shop that trusts what is posted: its signature, its amount, or whose charge it names.
#[tokio::test]
async fn a_notice_may_lie() {
    let lie = async |fault| {
        let shop = Shop::open();
        shop.suffers(Faults { notice: Some(fault), ..Faults::default() });
        let posted = shop.paid("T1").await;
        assert_eq!(shop.notices(), std::slice::from_ref(&posted), "the browser posts the same");
        let truth = shop.validate(value(&posted, "val_id")).await;
        (posted, truth)
    };
    let (wrong, truth) = lie(NoticeFault::WrongSignature).await;
    assert!(!signature_fits(&wrong) && text(&truth, "status") == "VALID");
    let (wrong, truth) = lie(NoticeFault::WrongAmount).await;
    assert!(signature_fits(&wrong));
    assert_eq!(["amount", "currency_amount", "currency"].map(|it| value(&wrong, it)), ["1.00", "1.00", "BDT"]);
    assert_eq!(text(&truth, "amount"), "2500.00");
    let (wrong, truth) = lie(NoticeFault::ForeignValId).await;
    assert!(signature_fits(&wrong) && value(&wrong, "val_id").len() == 27);
    assert_eq!((text(&truth, "APIConnect"), text(&truth, "status")), ("DONE", "INVALID_TRANSACTION"));
    let (wrong, _) = lie(NoticeFault::RepeatedField).await;
    assert!(signature_fits(&wrong) && wrong.iter().filter(|(name, _)| name == "amount").count() == 2);
    let (wrong, _) = lie(NoticeFault::MissingField).await;
    assert!(value(&wrong, "verify_key").contains("currency_type") && value(&wrong, "currency_type").is_empty());
}

// Harm prevented: an old notice that arrives late cannot be rehearsed, since only the newest can be sent again.
#[tokio::test]
async fn any_notice_can_be_sent_again() {
    let shop = Shop::open();
    shop.init("T1", &[]).await;
    let declined = shop.act("T1", Action::Decline).await.fields;
    let paid = shop.act("T1", Action::Pay).await.fields;
    assert!(signature_fits(&declined) && signature_fits(&paid));
    assert!(shop.gateway.replay_attempt("T1", 0).await && shop.gateway.replay_ipn("T1").await);
    assert_eq!(shop.notices(), [declined.clone(), paid.clone(), declined, paid]);
    assert!(!shop.gateway.replay_attempt("T1", 2).await && !shop.gateway.replay_ipn("T2").await);
}
