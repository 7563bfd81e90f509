//! Where one is signed in, and how to end that elsewhere.

use super::Landing;
use crate::component::ask::{Ask, Request};
use crate::component::erased::{say, t};
use crate::component::fetched::{Extent, fetched, written};
use crate::component::shape::{holder, para, titled_at};
use crate::i18n::Lang;
use crate::json;
use crate::present::people::{browser, sign_in_row};
use leptos::prelude::*;
use shared::api::people::{SignInList, SignInView};
use std::sync::Arc;

/// The id of its title.
const TITLE: &str = "sign-ins";

/// The section, asked for again whenever `turned` changes.
pub(super) fn section(turned: Signal<u32>, turn: Callback<()>) -> AnyView {
    let landing = Landing::new();
    let turn = landing.after(turn, TITLE);
    let draw = move |text: &str| {
        let SignInList { items } = json::read(text)?;
        landing.land();
        let others = items.iter().any(|item| !item.this);
        let rows = items.into_iter().map(|item| row(item, turn)).collect();
        let all = if others { end_others(turn) } else { para("small", t(Lang::sign_ins_only_this)) };
        Some(vec![holder("ul", "rows", rows), all].into_any())
    };
    let list = fetched("/me/sign-ins".to_owned(), turned, Extent::Inside, Box::new(draw));
    titled_at(TITLE, Lang::sign_ins_title, vec![para("small", t(Lang::sign_ins_lead)), list].into_any())
}

fn row(item: SignInView, turn: Callback<()>) -> AnyView {
    let end = if item.this { ().into_any() } else { end(&item, turn) };
    holder("li", "person", vec![written("", move |lang| sign_in_row(lang, &item)), end])
}

fn end(item: &SignInView, turn: Callback<()>) -> AnyView {
    let path = format!("/me/sign-ins/{}/end", item.session_id);
    let name = item.browser.clone();
    let ask = Ask {
        act: Lang::end_sign_in,
        effect: Lang::end_sign_in_effect,
        testid: format!("end-{}", item.session_id),
        class: "button",
        blanks: Vec::new(),
        make: Arc::new(move |_| Ok(Request { path: path.clone(), body: None, keyed: false, tag: None })),
    };
    ask.warn(say(move |lang| browser(lang, &name)), None, turn)
}

fn end_others(turn: Callback<()>) -> AnyView {
    let make =
        |_: &[String]| Ok(Request { path: "/me/sign-ins/end-others".to_owned(), body: None, keyed: false, tag: None });
    let ask = Ask {
        act: Lang::end_others,
        effect: Lang::end_others_effect,
        testid: "end-others".to_owned(),
        class: "button",
        blanks: Vec::new(),
        make: Arc::new(make),
    };
    ask.draw(turn)
}
