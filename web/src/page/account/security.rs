//! What keeps a sign-in safe: the password, the second factor, and where one is signed in.

use super::form::{Form, Meant};
use super::{second_factor, sign_ins};
use crate::component::ask::turning;
use crate::component::erased::t;
use crate::component::field::Kind;
use crate::component::shape::{para, titled};
use crate::i18n::Lang;
use crate::json::object;
use crate::page::sign_form::{empty, summary};
use leptos::prelude::*;
use shared::api::problem::ErrorCode;

const CHANGING: Meant = &[(ErrorCode::WrongCredentials, "current", Lang::wrong_password)];

/// The section.
pub(super) fn page() -> AnyView {
    let (ended, end) = turning();
    vec![password(end), second_factor::section(), sign_ins::section(ended, end)].into_any()
}

/// A new password. `done` is called once it is in force: every other sign-in is over then.
fn password(done: Callback<()>) -> AnyView {
    let form = Form::new("password-summary");
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (known, wanted) = (current.get_untracked(), new.get_untracked());
        let left = empty(&[("current", &known, Lang::need_password), ("new", &wanted, Lang::need_new_password)]);
        if !form.faults.none_among(left) {
            return;
        }
        let body = object(&[("current", &known), ("new", &wanted)]);
        form.post("/me/password", body, CHANGING, Lang::password_changed, move |_| {
            let _ = current.try_set(String::new());
            let _ = new.try_set(String::new());
            let _ = done.try_run(());
        });
    };
    let known = form.faults.field(
        "current",
        Kind::Password,
        "current-password",
        [Lang::current_password, Lang::hint_password],
        current,
    );
    let wanted =
        form.faults.field("new", Kind::Password, "new-password", [Lang::new_password, Lang::hint_password_new], new);
    let inner = view! {
        {para("small", t(Lang::password_lead))}
        <form novalidate on:submit=send>
            {summary(form.faults, &["current", "new"])} {known} {wanted}
            <div class="buttons">
                {form.button("change-password", "button primary", Lang::change_password)} {form.mark()}
            </div>
        </form>
    };
    titled(Lang::password_title, inner.into_any())
}
