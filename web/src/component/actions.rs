//! The buttons of a panel, drawn from what the server lists under `actions`, in that order.

use crate::address::mail_to;
use crate::browser;
use crate::client::Act;
use crate::component::erased::{part, say, t, told};
use crate::component::shape::{Button, holder, link, to};
use crate::component::trouble::refusal;
use crate::i18n::Lang;
use crate::present::buttons::{label, name, pays, primary};
use crate::present::problem::Failure;
use crate::store::house::house;
use crate::store::panels::{Panel, panels};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::tenants::Action;

/// The buttons that `shown` lets through.
pub(crate) fn actions(panel: Panel, shown: fn(Action) -> bool) -> AnyView {
    let status = panel.shown();
    let failed = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(None::<Action>);
    let buttons = part(move || {
        let actions: Vec<Action> = status.get().actions.iter().copied().filter(|action| shown(*action)).collect();
        let leading = primary(&actions);
        let drawn =
            |action| Drawn { panel: panel.clone(), action, leading: leading == Some(action), busy, failed }.view();
        actions.into_iter().map(drawn).collect::<Vec<AnyView>>().into_any()
    });
    vec![holder("div", "buttons", vec![buttons.into_any()]), refusal(failed).into_any()].into_any()
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
                self.link(to(href))
            }
            Action::OpenPanel => self.act_button(None),
            Action::ContactSupport => self.support_link(),
            Action::StartTrial => self.act_button(Some(Act::StartTrial)),
            Action::Start => self.act_button(Some(Act::Start)),
            Action::Retry => self.act_button(Some(Act::Retry)),
            Action::Resume => self.act_button(Some(Act::Resume)),
            _ => self.dead_button(None),
        }
    }

    fn class(&self) -> &'static str {
        if self.leading { "button primary" } else { "button" }
    }

    fn testid(&self) -> String {
        format!("action-{}", name(self.action))
    }

    fn words(&self) -> Signal<String> {
        let (status, action) = (self.panel.shown(), self.action);
        say(move |lang| label(lang, action, &status.get()))
    }

    /// The button's name for those who hear the page: with the panel's.
    fn spoken(&self) -> Signal<String> {
        let (status, words) = (self.panel.shown(), self.words());
        say(move |lang| lang.action_of(&words.get(), &status.get().name))
    }

    fn link(&self, href: Signal<Option<String>>) -> AnyView {
        link(self.class(), self.testid(), href, self.words(), Some(self.spoken()))
    }

    /// Paying needs a connection; without one the button stays, disabled, and says why.
    fn pay_link(self) -> AnyView {
        let offline = panels().offline;
        let href = to(format!("/panels/{}/pay", self.panel.id));
        part(move || if offline.get() { self.dead_button(Some(Lang::offline_reason)) } else { self.link(href) })
            .into_any()
    }

    fn support_link(&self) -> AnyView {
        let house = house();
        let subject = told(self.panel.shown(), |lang, status| lang.support_subject(&status.name));
        let address = move || house.support_email().map(|address| mail_to(&address, &subject.get()));
        self.link(Signal::derive(address))
    }

    fn dead_button(&self, why: Option<fn(Lang) -> &'static str>) -> AnyView {
        let button = Button::new(self.words(), || ()).testid(self.testid()).spoken(self.spoken());
        button.hint(why.map(t)).off(|| true).draw()
    }

    /// Does something to the panel, or opens it in a tab of its own.
    fn act_button(self, act: Option<Act>) -> AnyView {
        let store = panels();
        let (class, testid, words, spoken) = (self.class(), self.testid(), self.words(), self.spoken());
        let Self { panel, action, busy, failed, .. } = self;
        let click = move || {
            let panel = panel.clone();
            busy.set(Some(action));
            failed.set(None);
            // Now or never: a tab that opens later than the click is stopped by the browser.
            let tab = if act.is_none() { browser::blank_tab(&spoken.get_untracked()) } else { None };
            spawn_local(async move {
                let outcome = match act {
                    Some(act) => store.act(&panel, act).await,
                    None => store.open(&panel, tab).await,
                };
                // The card may be gone by now.
                let _ = busy.try_set(None);
                let _ = failed.try_set(outcome.err());
            });
        };
        let said = say(move |lang| if busy.get() == Some(action) { lang.working().to_owned() } else { words.get() });
        let off = move || busy.get().is_some() || store.offline.get();
        Button::new(said, click).class(class).testid(testid).spoken(spoken).off(off).draw()
    }
}
