//! After a settled payment: the panel comes back while its customer watches.

use crate::component::actions::actions;
use crate::component::badge::badge;
use crate::component::erased::{Part, part, say, t, when};
use crate::component::shape::{holder, link, to};
use crate::i18n::Lang;
use crate::present::face::Face;
use crate::present::payments::still_counts;
use crate::session::session;
use crate::store::panels::{Panel, panels};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::payments::PaymentView;
use shared::api::tenants::Action;

/// The panel's progress for those who are signed in; for others its address, once it can be opened.
pub(super) fn coming_back(view: RwSignal<Option<PaymentView>>) -> Part {
    let (session, panels) = (session(), panels());
    let panel = RwSignal::new_local(None::<Panel>);
    let signed_in = Memo::new(move |_| session.is_in());
    Effect::new(move |_| {
        let id = view.with(|view| view.as_ref().map(|view| view.tenant_id));
        if let (true, Some(id)) = (signed_in.get(), id) {
            spawn_local(async move {
                if let Ok(found) = panels.one(id).await {
                    let _ = panel.try_set(Some(found));
                }
            });
        }
    });
    part(move || match panel.get() {
        Some(panel) => watched(&panel, view),
        None => {
            let url = view.with(|view| view.as_ref().and_then(|view| view.tenant_url.clone()));
            url.map_or_else(|| ().into_any(), open_link)
        }
    })
}

fn watched(panel: &Panel, view: RwSignal<Option<PaymentView>>) -> AnyView {
    panel.watch();
    let (status, panel) = (panel.shown(), panel.clone());
    // What an old payment bought is over: how the panel is now has nothing to do with it.
    let counts = Memo::new(move |_| {
        let bought = view.with(|view| view.as_ref().and_then(|view| view.cycle.as_ref().map(|cycle| cycle.number)));
        still_counts(&status.get().billing, bought)
    });
    let shown = move || {
        let face = Signal::derive(move || Face::of(&status.get()));
        let text = say(move |lang| words(lang, face.get()).to_owned());
        view! {
            <div class="box coming-back">{badge(face)} <p data-testid="state-text">{text}</p></div>
            {actions(panel.clone(), |action| action == Action::OpenPanel)}
        }
        .into_any()
    };
    when(move || counts.get(), shown).into_any()
}

fn words(lang: Lang, face: Face) -> &'static str {
    match face {
        Face::Active | Face::Grace => lang.ret_panel_ready(),
        Face::Pending | Face::Creating => lang.ret_panel_creating(),
        Face::Stopped => lang.ret_panel_stopped(),
        Face::Suspended => lang.ret_panel_closed(),
        Face::Returning | Face::Expired => lang.ret_panel_waiting(),
        Face::Opening => lang.state_opening(),
        Face::Failed => lang.state_failed(),
        Face::Deleting => lang.state_deleting(),
        Face::Deleted => lang.state_deleted(),
    }
}

fn open_link(url: String) -> AnyView {
    let link = link("button primary", "action-open_panel", to(url), t(Lang::action_open_panel), None);
    holder("p", "", vec![link])
}
