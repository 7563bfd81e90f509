//! The ways out that destroy nothing: cancelling and keeping after all, and taking back an order that was never paid.

use crate::component::ask::{Ask, Request, landing};
use crate::component::erased::{part, t, told};
use crate::component::heading::HEADING;
use crate::component::shape::{para, titled};
use crate::component::trouble::Wording;
use crate::i18n::Lang;
use crate::present::plans::may_order;
use crate::present::problem::{Failure, undiscarded};
use crate::session::session;
use crate::store::panels::Panel;
use leptos::prelude::*;
use shared::api::auth::Role;
use shared::api::tenants::{BillingState, PanelStatus};
use std::sync::Arc;

/// What can be ended now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Cancel,
    Keep,
    Discard,
    None,
}

/// The section that fits, if one does.
pub(super) fn sections(panel: &Panel, done: Callback<()>) -> AnyView {
    let (status, session) = (panel.shown(), session());
    let way = Memo::new(move |_| {
        let status = status.get();
        let Some(role) = session.me().map(|me| me.role) else { return Way::None };
        let running = matches!(status.billing.state, BillingState::Trial | BillingState::Active);
        match status.panel.status {
            PanelStatus::Pending if may_order(role) && status.billing.state == BillingState::None => Way::Discard,
            PanelStatus::Deleting | PanelStatus::Deleted | PanelStatus::Pending => Way::None,
            _ if role != Role::Owner || !running => Way::None,
            _ if status.billing.cancels_at_end => Way::Keep,
            _ => Way::Cancel,
        }
    });
    let panel = panel.clone();
    part(move || match way.get() {
        Way::Cancel => section(&panel, done, &CANCEL),
        Way::Keep => section(&panel, done, &KEEP),
        Way::Discard => section(&panel, done, &DISCARD),
        Way::None => ().into_any(),
    })
    .into_any()
}

/// The words of one of them.
struct Words {
    verb: &'static str,
    title: fn(Lang) -> &'static str,
    lead: fn(Lang) -> &'static str,
    act: fn(Lang) -> &'static str,
    effect: fn(Lang) -> &'static str,
    /// Whether the panel's address has to be typed first.
    typed: bool,
    /// Why it could not be done.
    refused: fn(&Failure, Lang) -> String,
}

const CANCEL: Words = Words {
    verb: "cancel",
    title: Lang::cancel_title,
    lead: Lang::cancel_lead,
    act: Lang::cancel_act,
    effect: Lang::cancel_effect,
    typed: true,
    refused: Failure::words,
};

const KEEP: Words = Words {
    verb: "keep",
    title: Lang::cancel_title,
    lead: Lang::cancel_done,
    act: Lang::keep_act,
    effect: Lang::keep_act,
    typed: false,
    refused: Failure::words,
};

const DISCARD: Words = Words {
    verb: "discard",
    title: Lang::discard_title,
    lead: Lang::discard_lead,
    act: Lang::discard_act,
    effect: Lang::discard_effect,
    typed: false,
    refused: undiscarded,
};

fn section(panel: &Panel, done: Callback<()>, words: &Words) -> AnyView {
    // Stands for this part of the page alone, and is replaced with it.
    provide_context(Wording(words.refused));
    let path = format!("/tenants/{}/{}", panel.id, words.verb);
    let ask = Ask {
        act: words.act,
        effect: words.effect,
        testid: format!("panel-{}", words.verb),
        class: "button",
        blanks: Vec::new(),
        make: Arc::new(move |_| Ok(Request { path: path.clone(), body: None, keyed: false, tag: None })),
    };
    let (name, done) = (panel.status.get_untracked().subdomain.clone(), landing(done, HEADING));
    let button = if words.verb == KEEP.verb {
        // What only helps is asked about by nobody.
        ask.at_once(done)
    } else {
        ask.warn(told(panel.shown(), |_, status| status.name.clone()), words.typed.then_some(name), done)
    };
    titled(words.title, vec![para("", t(words.lead)), button].into_any())
}
