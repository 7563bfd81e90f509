//! Ordering a panel in three steps: name and address, plan, review. What was filled in stays in this tab, and the browser's
//! own way back leads from step to step.

use crate::browser;
use crate::component::erased::{part, say, t};
use crate::component::heading::heading;
use crate::component::shape::{holder, link, para, to};
use crate::format::whole;
use crate::i18n::Lang;
use crate::page::sign_form::Faults;
use crate::present::new_panel::{Draft, Step};
use crate::present::problem::Failure;
use crate::session::session;
use crate::way::way;
use leptos::prelude::*;
use shared::api::panels::SubdomainView;

mod naming;
mod planning;
mod review;

pub(crate) use planning::PLANS;

/// Where a draft is kept.
const KEPT: &str = "hg-new-panel";

/// What is filled in, and what is known about it.
#[derive(Clone, Copy)]
struct Wizard {
    name: RwSignal<String>,
    subdomain: RwSignal<String>,
    by_hand: RwSignal<bool>,
    plan: RwSignal<String>,
    /// What the server says of the address, once it has.
    checked: RwSignal<Option<Result<SubdomainView, Failure>>>,
    faults: Faults,
    /// The key of this order; another draft is another order.
    key: StoredValue<String>,
}

impl Wizard {
    fn new() -> Self {
        let Draft { name, subdomain, by_hand, plan } = Draft::found(&browser::kept_here(KEPT).unwrap_or_default());
        let wizard = Self {
            name: RwSignal::new(name),
            subdomain: RwSignal::new(subdomain),
            by_hand: RwSignal::new(by_hand),
            plan: RwSignal::new(plan),
            checked: RwSignal::new(None),
            faults: Faults::new(),
            key: StoredValue::new(browser::fresh_key()),
        };
        Effect::new(move |before: Option<Draft>| {
            let draft = wizard.draft();
            if before.as_ref().is_some_and(|before| *before != draft) {
                wizard.key.set_value(browser::fresh_key());
                browser::keep_here(KEPT, &draft.kept());
            }
            draft
        });
        wizard
    }

    /// All that is filled in.
    fn draft(self) -> Draft {
        Draft {
            name: self.name.get(),
            subdomain: self.subdomain.get(),
            by_hand: self.by_hand.get(),
            plan: self.plan.get(),
        }
    }

    /// The order is made: nothing of it is kept.
    fn forget() {
        browser::keep_here(KEPT, "");
    }
}

/// The page.
pub(crate) fn page() -> AnyView {
    let (session, way) = (session(), way());
    let wizard = Wizard::new();
    naming::follow_name(wizard);
    naming::check(wizard);
    // What is typed must not draw the step anew.
    let step = Memo::new(move |_| untrack(|| wizard.draft()).step(Step::asked(&way.address())));
    let may = Memo::new(move |_| session.may_order());
    let shown = part(move || {
        if !may.get() {
            return vec![heading(t(Lang::new_panel), false), para("box", t(Lang::new_not_yours))].into_any();
        }
        let step = step.get();
        let title = say(move |lang| lang.chart_reading(lang.new_panel(), step.title(lang)));
        let inner = match step {
            Step::Name => naming::step(wizard),
            Step::Plan => planning::step(wizard),
            Step::Review => review::step(wizard),
        };
        vec![steps(step), heading(title, false), para("lead", t(Lang::new_not_charged)), inner].into_any()
    });
    let back = link("", "back", to("/"), t(Lang::back_to_panels), None);
    holder("div", "wizard", vec![holder("p", "back", vec![back]), shown.into_any()])
}

/// Where in the order of steps this one is; those before it can be gone back to.
fn steps(now: Step) -> AnyView {
    let item = |(at, step): (i64, Step)| {
        let number = say(move |lang| whole(lang, at));
        let title = say(move |lang| step.title(lang).to_owned());
        let inner = if step < now { link("", "", to(step.address()), title, None) } else { title.into_any() };
        let current = (step == now).then_some("step");
        view! {
            <li aria-current=current>
                <span class="number" aria-hidden="true">
                    {number}
                </span>
                {inner}
            </li>
        }
        .into_any()
    };
    view! {
        <nav aria-label=t(Lang::new_steps)>
            <ol class="steps-line">{(1..).zip(Step::ALL).map(item).collect::<Vec<_>>()}</ol>
        </nav>
    }
    .into_any()
}
