//! The buttons of a panel, drawn from what the server lists under `actions`, in that order.

use crate::client::Act;
use crate::component::trouble::Refusal;
use crate::prefs::lang;
use crate::store::house::house;
use crate::store::panels::{Panel, panels};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use shared::api::tenants::{Action, TenantStatus};
use web::address::mail_to;
use web::present::buttons::{label, name, pays, primary};
use web::present::problem::Failure;

/// The buttons that `shown` lets through.
#[component]
pub(crate) fn Actions(panel: Panel, shown: fn(Action) -> bool) -> impl IntoView {
    let status = panel.status.clone();
    let actions =
        Memo::new(move |_| status.with(|s| s.actions.iter().copied().filter(|a| shown(*a)).collect::<Vec<_>>()));
    let failed = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(None::<Action>);
    let buttons = move || {
        let actions = actions.get();
        let leading = primary(&actions);
        actions
            .into_iter()
            .map(|action| Drawn { panel: panel.clone(), action, leading: leading == Some(action), busy, failed }.view())
            .collect_view()
    };
    view! {
        <div class="buttons">{buttons}</div>
        <Refusal failure=failed />
    }
}

/// One button and what it needs.
struct Drawn {
    panel: Panel,
    action: Action,
    leading: bool,
    busy: RwSignal<Option<Action>>,
    failed: RwSignal<Option<Failure>>,
}

impl Drawn {
    fn view(self) -> AnyView {
        match self.action {
            action if pays(action) => self.pay_link(),
            Action::Manage => {
                let href = format!("/panels/{}", self.panel.id);
                self.inner_link(href)
            }
            Action::OpenPanel => {
                let status = self.panel.status.clone();
                self.outer_link(Signal::derive(move || status.with(|status| status.url.clone())))
            }
            Action::ContactSupport => self.support_link(),
            Action::Start => self.act_button(Act::Start),
            Action::Retry => self.act_button(Act::Retry),
            Action::Resume => self.act_button(Act::Resume),
            Action::Stop => self.act_button(Act::Stop),
            _ => self.dead_button(),
        }
    }

    fn class(&self) -> &'static str {
        if self.leading { "button primary" } else { "button" }
    }

    fn testid(&self) -> String {
        format!("action-{}", name(self.action))
    }

    fn words(&self) -> Signal<String> {
        let (status, action) = (self.panel.status.clone(), self.action);
        Signal::derive(move || status.with(|status| label(lang(), action, status)))
    }

    /// The button's name for those who hear the page: with the panel's.
    fn spoken(&self) -> Signal<String> {
        let (status, words) = (self.panel.status.clone(), self.words());
        Signal::derive(move || status.with(|status: &TenantStatus| lang().action_of(&words.get(), &status.name)))
    }

    fn inner_link(self, href: String) -> AnyView {
        let (class, testid, words, spoken) = (self.class(), self.testid(), self.words(), self.spoken());
        view! {
            <A href=href attr:class=class attr:data-testid=testid attr:aria-label=move || spoken.get()>
                {move || words.get()}
            </A>
        }
        .into_any()
    }

    fn outer_link(self, href: Signal<String>) -> AnyView {
        let (class, testid, words, spoken) = (self.class(), self.testid(), self.words(), self.spoken());
        view! {
            <a href=move || href.get() rel="external" class=class data-testid=testid aria-label=move || spoken.get()>
                {move || words.get()}
            </a>
        }
        .into_any()
    }

    /// Paying needs a connection; without one the button stays, disabled, and says why.
    fn pay_link(self) -> AnyView {
        let offline = panels().offline;
        let href = format!("/panels/{}/pay", self.panel.id);
        let (class, testid, words, spoken) = (self.class(), self.testid(), self.words(), self.spoken());
        let drawn = move || {
            let (testid, href) = (testid.clone(), href.clone());
            if offline.get() {
                view! {
                    <button
                        type="button"
                        class="button"
                        disabled
                        data-testid=testid
                        title=move || lang().offline_reason()
                        aria-label=move || spoken.get()
                    >
                        {move || words.get()}
                    </button>
                }
                .into_any()
            } else {
                view! {
                    <A href=href attr:class=class attr:data-testid=testid attr:aria-label=move || spoken.get()>
                        {move || words.get()}
                    </A>
                }
                .into_any()
            }
        };
        drawn.into_any()
    }

    fn support_link(self) -> AnyView {
        let (house, status) = (house(), self.panel.status.clone());
        let href = move || {
            let subject = status.with(|status| lang().support_subject(&status.name));
            house.support_email().map(|address| mail_to(&address, &subject))
        };
        let (class, testid, words, spoken) = (self.class(), self.testid(), self.words(), self.spoken());
        view! {
            <a href=href rel="external" class=class data-testid=testid aria-label=move || spoken.get()>
                {move || words.get()}
            </a>
        }
        .into_any()
    }

    fn dead_button(self) -> AnyView {
        let (testid, words, spoken) = (self.testid(), self.words(), self.spoken());
        view! {
            <button type="button" class="button" disabled data-testid=testid aria-label=move || spoken.get()>
                {move || words.get()}
            </button>
        }
        .into_any()
    }

    fn act_button(self, act: Act) -> AnyView {
        let store = panels();
        let (class, testid, words, spoken) = (self.class(), self.testid(), self.words(), self.spoken());
        let Self { panel, action, busy, failed, .. } = self;
        let click = move |_| {
            let panel = panel.clone();
            busy.set(Some(action));
            failed.set(None);
            spawn_local(async move {
                let outcome = store.act(&panel, act).await;
                // The card may be gone by now.
                let _ = busy.try_set(None);
                let _ = failed.try_set(outcome.err());
            });
        };
        view! {
            <button
                type="button"
                class=class
                data-testid=testid
                disabled=move || busy.get().is_some() || store.offline.get()
                title=move || store.offline.get().then(|| lang().offline_reason())
                aria-label=move || spoken.get()
                on:click=click
            >
                {move || if busy.get() == Some(action) { lang().working().to_owned() } else { words.get() }}
            </button>
        }
        .into_any()
    }
}
