//! Signing in, with a second factor if there is one; in a demonstration also by choosing one of its made-up people.

use crate::browser;
use crate::client::client;
use crate::component::erased::{Part, part, t, when};
use crate::component::field::Kind;
use crate::component::heading::heading;
use crate::component::shape::{Button, either, link, para, to};
use crate::i18n::Lang;
use crate::page::sign_form::{Faults, Words, empty, leave_once_signed_in, sibling, submit, summary};
use crate::present::people::typed_code;
use crate::store::house::house;
use crate::way::way;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::about::DemoSignIn;
use shared::api::auth;
use shared::api::problem::ErrorCode;

/// The page.
pub(crate) fn page() -> AnyView {
    leave_once_signed_in();
    let client = client();
    let typed = Typed {
        email: RwSignal::new(String::new()),
        password: RwSignal::new(String::new()),
        code: RwSignal::new(String::new()),
        asked: RwSignal::new(None),
        recovery: RwSignal::new(false),
    };
    let (busy, faults) = (RwSignal::new(false), Faults::new());
    let enter = move |who: auth::SignIn| {
        busy.set(true);
        spawn_local(async move {
            let outcome = client.sign_in(&who).await;
            let _ = busy.try_set(false);
            let Err(failure) = outcome else { return };
            // What was right is not refused: a code is wanted beside it.
            match failure.code() {
                Some(ErrorCode::SecondFactorNeeded) if who.code.is_none() => {
                    typed.take(who);
                    faults.clear();
                    request_animation_frame(|| browser::focus("code"));
                }
                Some(ErrorCode::SecondFactorNeeded) => faults.refuse_field("code", Lang::err_second_factor),
                _ => faults.refuse(failure),
            }
        });
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let who = typed.who();
        let code = who.code.clone().unwrap_or("-".to_owned());
        let left = empty(&[
            ("email", &who.email, Lang::need_email),
            ("password", &who.password, Lang::need_password),
            ("code", &code, Lang::need_code),
        ]);
        if faults.none_among(left) && !busy.get_untracked() {
            enter(who);
        }
    };
    let changed = way().query("reset").is_some().then(|| para("box", t(Lang::reset_done)));
    view! {
        <div class="narrow sign">
            {heading(t(Lang::sign_in_title), false)} {para("lead", t(Lang::sign_in_lead))} {changed}
            {demo(Callback::new(enter), busy)}
            <form class="box" novalidate on:submit=send>
                {summary(faults, &["email", "password", "code"])} {fields(faults, typed)} {code(faults, typed)}
                {submit("sign-in", busy, Lang::signing_in, Lang::sign_in_button)}
                <p class="below">{link("", "forgot-password", to("/forgot"), t(Lang::forgot_link), None)}</p>
            </form>
            <p>
                {t(Lang::no_account)} " "
                <a href=sibling("/sign-up")>{t(Lang::sign_up_link)}</a>
            </p>
        </div>
    }
    .into_any()
}

/// What is filled in.
#[derive(Clone, Copy)]
struct Typed {
    email: RwSignal<String>,
    password: RwSignal<String>,
    code: RwSignal<String>,
    /// Of whom a code is asked: the email address with which the server was asked.
    asked: RwSignal<Option<String>>,
    /// Whether it is one of those that were kept.
    recovery: RwSignal<bool>,
}

impl Typed {
    fn who(self) -> auth::SignIn {
        auth::SignIn {
            email: self.email.get_untracked().trim().to_owned(),
            password: self.password.get_untracked(),
            code: untrack(|| self.wants_code()).then(|| typed_code(&self.code.get_untracked())),
        }
    }

    /// Whether a code is asked for. Another email address is another person, who may need none.
    fn wants_code(self) -> bool {
        let email = self.email.get();
        self.asked.with(|asked| asked.as_deref() == Some(email.trim()))
    }

    /// Who came so far stands in the fields, and the code is asked for.
    fn take(self, who: auth::SignIn) {
        let _ = self.code.try_set(String::new());
        let _ = self.asked.try_set(Some(who.email.trim().to_owned()));
        let _ = self.email.try_set(who.email);
        let _ = self.password.try_set(who.password);
    }
}

fn fields(faults: Faults, typed: Typed) -> Vec<AnyView> {
    vec![
        faults.field("email", Kind::Email, "username", [Lang::field_email, Lang::hint_email], typed.email),
        faults.field(
            "password",
            Kind::Password,
            "current-password",
            [Lang::field_password, Lang::hint_password],
            typed.password,
        ),
    ]
}

/// The second factor, once the server asks for it: what an app shows, or a code that was kept.
fn code(faults: Faults, typed: Typed) -> Part {
    let draw = move || {
        let recovery = typed.recovery.get();
        let (kind, label, hint): (_, Words, Words) = if recovery {
            (Kind::Plain, Lang::field_recovery_code, Lang::hint_recovery_code)
        } else {
            (Kind::Code, Lang::field_code, Lang::hint_code)
        };
        let code = faults.field("code", kind, "one-time-code", [label, hint], typed.code);
        let other = either(move || typed.recovery.get(), Lang::use_app_code, Lang::use_recovery_code);
        let switch = Button::new(other, move || {
            typed.code.set(String::new());
            typed.recovery.update(|recovery| *recovery = !*recovery);
            request_animation_frame(|| browser::focus("code"));
        });
        vec![code, switch.class("button quiet").testid("other-code").draw()].into_any()
    };
    when(move || typed.wants_code(), move || part(draw).into_any())
}

/// The made-up people of a demonstration, one tap each.
fn demo(enter: Callback<auth::SignIn>, busy: RwSignal<bool>) -> Part {
    let house = house();
    let people = move || house.about().and_then(|about| about.demo).map(|demo| demo.sign_ins);
    part(move || people().map(|people| choice(people, enter, busy)).into_any())
}

fn choice(people: Vec<DemoSignIn>, enter: Callback<auth::SignIn>, busy: RwSignal<bool>) -> impl IntoView {
    let button = move |DemoSignIn { name, email, password }: DemoSignIn| {
        let who = auth::SignIn { email: email.clone(), password, code: None };
        view! {
            <button
                type="button"
                class="button"
                data-testid="demo-sign-in"
                data-email=email.clone()
                disabled=busy
                on:click=move |_| enter.run(who.clone())
            >
                <span>{name}</span>
                <span class="small" lang="en" translate="no">
                    {email.clone()}
                </span>
            </button>
        }
    };
    view! {
        <section class="box demo">
            <h2>{t(Lang::demo_choose)}</h2>
            <p>{t(Lang::demo_money)}</p>
            <div class="people">{people.into_iter().map(button).collect_view()}</div>
        </section>
    }
}
