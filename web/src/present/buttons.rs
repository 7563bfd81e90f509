//! Which buttons are drawn where, which one is primary, and what each is called. What may be done, the server decides.

use crate::format::money;
use crate::i18n::Lang;
use shared::api::tenants::{Action, TenantStatus};

/// Its name in test hooks: `pay_to_renew`.
#[must_use]
pub const fn name(action: Action) -> &'static str {
    match action {
        Action::PayNow => "pay_now",
        Action::StartTrial => "start_trial",
        Action::PayToRenew => "pay_to_renew",
        Action::RenewEarly => "renew_early",
        Action::OpenPanel => "open_panel",
        Action::Inactive => "inactive",
        Action::Start => "start",
        Action::Stop => "stop",
        Action::Retry => "retry",
        Action::Refund => "refund",
        Action::ContactSupport => "contact_support",
        Action::Manage => "manage",
        Action::Suspend => "suspend",
        Action::Resume => "resume",
    }
}

/// Whether a button leads to the checkout.
#[must_use]
pub const fn pays(action: Action) -> bool {
    matches!(action, Action::PayNow | Action::PayToRenew | Action::RenewEarly)
}

/// Acts that interrupt people have a place of their own on the panel's page, with room to say what they do.
#[must_use]
pub const fn on_card(action: Action) -> bool {
    !matches!(action, Action::Stop | Action::Suspend | Action::Resume)
}

/// The button that stands out; at most one.
#[must_use]
pub fn primary(actions: &[Action]) -> Option<Action> {
    const RANKED: [Action; 7] = [
        Action::PayToRenew,
        Action::PayNow,
        Action::Retry,
        Action::Start,
        Action::OpenPanel,
        Action::ContactSupport,
        Action::Manage,
    ];
    RANKED.into_iter().find(|action| actions.contains(action))
}

/// What a button says; the price stands in the paying ones.
#[must_use]
pub fn label(lang: Lang, action: Action, status: &TenantStatus) -> String {
    let word = word(lang, action);
    match status.billing.amount_due {
        Some(due) if pays(action) => lang.action_priced(word, &money(lang, due)),
        _ => word.to_owned(),
    }
}

const fn word(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::PayNow => lang.action_pay_now(),
        Action::StartTrial => lang.action_start_trial(),
        Action::PayToRenew => lang.action_pay_to_renew(),
        Action::RenewEarly => lang.action_renew_early(),
        Action::OpenPanel => lang.action_open_panel(),
        Action::Inactive => lang.action_inactive(),
        Action::Start => lang.action_start(),
        Action::Stop => lang.action_stop(),
        Action::Retry => lang.action_retry(),
        Action::Refund => lang.action_refund(),
        Action::ContactSupport => lang.action_contact_support(),
        Action::Manage => lang.action_manage(),
        Action::Suspend => lang.action_suspend(),
        Action::Resume => lang.action_resume(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::active;
    use shared::money::{Currency, Money};

    #[test]
    fn paying_stands_out_before_opening_and_renewing_early_never_does() {
        use Action::{Inactive, Manage, OpenPanel, PayToRenew, RenewEarly, Start};
        assert_eq!(primary(&[PayToRenew, OpenPanel, Manage]), Some(PayToRenew));
        assert_eq!(primary(&[OpenPanel, Manage, RenewEarly]), Some(OpenPanel));
        assert_eq!(primary(&[Start, Manage]), Some(Start));
        assert_eq!(primary(&[Inactive, Manage]), Some(Manage));
        assert_eq!(primary(&[Inactive]), None);
    }

    #[test]
    fn the_price_stands_in_the_paying_button_only() {
        let mut status = active(1, 360);
        status.billing.amount_due = Some(Money::new(250_000, Currency::Bdt));
        assert_eq!(label(Lang::En, Action::PayToRenew, &status), "Pay to Renew · ৳\u{a0}2,500.00");
        assert_eq!(label(Lang::En, Action::OpenPanel, &status), "Open panel");
    }
}
