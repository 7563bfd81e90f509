//! The second step: the plans side by side.

use super::Wizard;
use crate::component::erased::{part, t};
use crate::component::fetched::{Extent, fetched, still, written};
use crate::component::shape::{Button, holder, link, para, to};
use crate::i18n::Lang;
use crate::json;
use crate::present::new_panel::Step;
use crate::present::plans::{offer, sold};
use crate::way::way;
use crate::wire::{Plan, Plans};
use leptos::prelude::*;

/// Where all plans are; there are never more than a page of them.
pub(crate) const PLANS: &str = "/plans?limit=100";

/// Draws it.
pub(super) fn step(wizard: Wizard) -> AnyView {
    let draw = move |text: &str| {
        let Plans { items } = json::read(text)?;
        if items.is_empty() {
            return Some(para("box", t(Lang::new_plan_none)));
        }
        // One plan needs no choosing.
        if let [only] = items.as_slice() {
            wizard.plan.set(only.id.to_string());
        }
        Some(form(wizard, &items))
    };
    fetched(PLANS.to_owned(), still(), Extent::Box, Box::new(draw))
}

fn form(wizard: Wizard, plans: &[Plan]) -> AnyView {
    let way = way();
    let missing = RwSignal::new(false);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let chosen = wizard.plan.with_untracked(|plan| !plan.is_empty());
        missing.set(!chosen);
        if chosen {
            way.go(&Step::Review.address());
        }
    };
    let wrong = part(move || {
        if missing.get() && wizard.plan.with(String::is_empty) {
            view! { <p class="refusal" role="alert">{t(Lang::new_plan_need)}</p> }.into_any()
        } else {
            ().into_any()
        }
    });
    let cards: Vec<AnyView> = plans.iter().map(|plan| card(wizard, plan)).collect();
    view! {
        <form novalidate on:submit=send>
            <fieldset class="plans">
                <legend class="small">{t(Lang::new_plan_lead)}</legend>
                {cards}
            </fieldset>
            {wrong}
            {onward(Step::Name, Button::submit(t(Lang::new_next)).class("button primary").testid("new-next"))}
        </form>
    }
    .into_any()
}

/// The way back, and the button that goes on.
pub(super) fn onward(back: Step, go: Button) -> AnyView {
    let back = link("button", "new-back", to(back.address()), t(Lang::new_back), None);
    holder("div", "buttons", vec![back, go.draw()])
}

fn card(wizard: Wizard, plan: &Plan) -> AnyView {
    let id = plan.id.to_string();
    let Some(terms) = sold(plan).map(|version| version.terms.clone()) else { return ().into_any() };
    let name = plan.name.clone();
    let (mine, chosen) = (id.clone(), wizard.plan);
    let checked = Signal::derive(move || chosen.with(|chosen| *chosen == mine));
    let value = id.clone();
    view! {
        <div class="plan box" class:chosen=checked>
            <div class="pick">
                <input
                    type="radio"
                    name="plan"
                    id=id.clone()
                    data-testid="plan"
                    value=id.clone()
                    prop:checked=checked
                    on:change=move |_| chosen.set(value.clone())
                />
                <label for=id>{name}</label>
            </div>
            {written("", move |lang| offer(lang, &terms))}
        </div>
    }
    .into_any()
}
