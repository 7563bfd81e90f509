//! The account's people: who they are, who was asked to join, and for owners what to do about it.

use super::form::{Form, Meant};
use super::{Landing, Words};
use crate::client::client;
use crate::component::ask::{Ask, Blank, Request, turning};
use crate::component::erased::{say, t, when};
use crate::component::fetched::{Extent, fetched, written};
use crate::component::field::Kind;
use crate::component::shape::{Button, either, holder, para, titled, titled_at};
use crate::component::trouble::refusal;
use crate::i18n::Lang;
use crate::json::{self, object};
use crate::page::sign_form::{empty, summary};
use crate::prefs::prefs;
use crate::present::markup::Markup;
use crate::present::people::{ROLES, invitation_row, is_last_owner, member_row, role, role_means, role_name, role_of};
use crate::present::problem::Failure;
use crate::store::panels::panels;
use crate::store::voice::voice;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::auth::Role;
use shared::api::people::{InvitationView, MemberView, Members};
use shared::api::problem::ErrorCode;
use shared::ids::UserId;
use std::sync::Arc;

const INVITING: Meant =
    &[(ErrorCode::EmailTaken, "email", Lang::invite_taken), (ErrorCode::WrongState, "email", Lang::invite_too_many)];

/// The ids of the titles to which the keyboard goes after an act.
const PEOPLE: &str = "people";
const INVITATIONS: &str = "invitations";

/// The section.
pub(super) fn page() -> AnyView {
    let (turned, turn) = turning();
    let landing = Landing::new();
    let (of_people, of_invitations) = (landing.after(turn, PEOPLE), landing.after(turn, INVITATIONS));
    let may = RwSignal::new(false);
    let draw = move |text: &str| {
        let all: Members = json::read(text)?;
        may.set(all.may_change);
        landing.land();
        let read_only = || para("box", t(Lang::people_read_only));
        let below = if all.may_change { invitations(&all, of_invitations) } else { read_only() };
        Some(vec![members(&all, of_people), below].into_any())
    };
    let list = fetched("/members".to_owned(), turned, Extent::Box, Box::new(draw));
    // Beside the list: what is being typed must outlive the next answer.
    let form = when(move || may.get(), move || invite(turn));
    vec![list, form.into_any(), titled(Lang::roles_title, written("", abilities))].into_any()
}

/// What each role may do.
fn abilities(lang: Lang) -> String {
    let mut out = Markup::default();
    out.tags("<dl class=\"facts\">");
    for each in ROLES {
        out.fact(role(each)(lang), role_means(each)(lang));
    }
    out.tags("</dl>");
    out.done()
}

fn members(all: &Members, turn: Callback<()>) -> AnyView {
    let rows = all.members.iter().map(|member| row(all, member, turn)).collect();
    let mut inside = vec![holder("ul", "rows", rows)];
    if all.members.len() == 1 && all.may_change {
        inside.push(para("small", t(Lang::people_alone)));
    }
    titled_at(PEOPLE, Lang::people_title, inside.into_any())
}

fn row(all: &Members, member: &MemberView, turn: Callback<()>) -> AnyView {
    let known = member.clone();
    let mut parts = vec![written("", move |lang| member_row(lang, &known))];
    if is_last_owner(all, member) {
        if all.may_change {
            parts.push(para("small", t(Lang::last_owner_stays)));
        }
    } else {
        if all.may_change {
            parts.push(new_role(member, turn));
        }
        if member.this {
            parts.push(leave(member));
        } else if all.may_change {
            parts.push(remove(member, turn));
        }
    }
    holder("li", "person", parts)
}

/// The role of a member, with a button that is of use once another one is chosen.
fn new_role(member: &MemberView, turn: Callback<()>) -> AnyView {
    let (id, is_this, now, name) = (member.user_id, member.this, member.role, named(member));
    let (client, voice, prefs, offline) = (client(), voice(), prefs(), panels().offline);
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let chosen = RwSignal::new(now);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let wanted = chosen.get_untracked();
        if busy.get_untracked() || wanted == now {
            return;
        }
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let body = object(&[("role", role_name(wanted))]);
            let outcome = client.put(format!("/members/{id}"), body).await;
            let _ = busy.try_set(false);
            if outcome.is_ok() {
                voice.answer(prefs.lang_now().saved().to_owned());
                let _ = turn.try_run(());
            }
            let _ = failed.try_set(outcome.err());
        });
    };
    let whom = name.clone();
    let label = say(move |lang| lang.role_of(&name));
    let words = either(move || busy.get(), Lang::working, Lang::change_role);
    let button = Button::submit(words).testid(format!("change-role-{id}"));
    // To make an owner, and to cease to be one, is asked about first.
    let asks = move || chosen.get() != now && (is_this || chosen.get() == Role::Owner);
    let off = move || busy.get() || offline.get() || chosen.get() == now || asks();
    let ask = when(asks, move || ask_role(id, is_this, whom.clone(), chosen, turn));
    view! {
        <form novalidate class="role" on:submit=send>
            {roles(format!("role-{id}"), label, chosen, offline.into())} {button.off(off).draw()}
        </form>
        {refusal(failed)}
        {ask}
    }
    .into_any()
}

/// Asks before the role becomes the one that is chosen.
fn ask_role(id: UserId, is_this: bool, name: String, chosen: RwSignal<Role>, turn: Callback<()>) -> AnyView {
    let make = move |typed: &[String]| {
        let mut body = vec![("role", role_name(chosen.get_untracked()))];
        body.extend(typed.first().map(|password| ("password", password.as_str())));
        // Whatever the member's role is by now.
        Ok(Request {
            path: format!("/members/{id}"),
            body: Some(object(&body)),
            keyed: false,
            tag: Some("*".to_owned()),
        })
    };
    let (act, effect, blanks): (Words, Words, _) = if is_this {
        (Lang::change_role, Lang::cease_to_own_effect, Vec::new())
    } else {
        (Lang::make_owner, Lang::make_owner_effect, vec![own_password()])
    };
    let ask = Ask { act, effect, testid: format!("ask-role-{id}"), class: "button", blanks, make: Arc::new(make) };
    ask.warn(Signal::stored(name), None, turn)
}

/// Whoever makes an owner shows that it is they.
fn own_password() -> Blank {
    Blank {
        id: "password",
        label: Lang::current_password,
        hint: Lang::hint_password,
        first: String::new(),
        most: 128,
        needed: true,
        secret: Some("current-password"),
    }
}

fn roles(id: String, label: Signal<String>, chosen: RwSignal<Role>, off: Signal<bool>) -> AnyView {
    let option = |each: Role| {
        let is_chosen = Signal::derive(move || chosen.get() == each);
        view! {
            <option value=role_name(each) prop:selected=is_chosen>
                {t(role(each))}
            </option>
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select
                id=id.clone()
                data-testid=id
                disabled=off
                on:change:target=move |event| chosen.set(role_of(&event.target().value()))
            >
                {ROLES.into_iter().map(option).collect_view()}
            </select>
        </div>
    }
    .into_any()
}

fn remove(member: &MemberView, turn: Callback<()>) -> AnyView {
    let ask = act(
        Lang::remove_member,
        Lang::remove_member_effect,
        format!("remove-{}", member.user_id),
        format!("/members/{}/remove", member.user_id),
        None,
    );
    ask.warn(Signal::stored(named(member)), None, turn)
}

/// Whoever leaves is signed out: there is nothing left that they could see.
fn leave(member: &MemberView) -> AnyView {
    let client = client();
    let path = format!("/members/{}/remove", member.user_id);
    let ask = act(Lang::leave_account, Lang::leave_account_effect, "leave".to_owned(), path, None);
    let out = Callback::new(move |()| spawn_local(client.sign_out()));
    ask.warn(Signal::stored(named(member)), None, out)
}

fn named(member: &MemberView) -> String {
    if member.name.is_empty() { member.email.clone() } else { member.name.clone() }
}

fn invitations(all: &Members, turn: Callback<()>) -> AnyView {
    let rows = all.invitations.iter().map(|invitation| asked(invitation, turn)).collect();
    let list = if all.invitations.is_empty() {
        para("small", t(Lang::invitations_none))
    } else {
        vec![holder("ul", "rows", rows), para("small", t(Lang::invite_pause))].into_any()
    };
    titled_at(INVITATIONS, Lang::invitations_title, list)
}

fn asked(invitation: &InvitationView, turn: Callback<()>) -> AnyView {
    let (id, known) = (invitation.invitation_id, invitation.clone());
    let testid = format!("invite-again-{id}");
    let again = if invitation.role == Role::Owner {
        let email = invitation.email.clone();
        let make = move |typed: &[String]| {
            let [password] = typed else { return Err(Lang::desk_needed as Words) };
            Ok(Request {
                path: "/invitations".to_owned(),
                body: Some(invited(&email, Role::Owner, password)),
                keyed: false,
                tag: None,
            })
        };
        let (act, effect) = (Lang::invite_again as Words, Lang::make_owner_effect as Words);
        Ask { act, effect, testid, class: "button", blanks: vec![own_password()], make: Arc::new(make) }.draw(turn)
    } else {
        let body = invited(&invitation.email, invitation.role, "");
        act(Lang::invite_again, Lang::invite_again, testid, "/invitations".to_owned(), Some(body)).at_once(turn)
    };
    let revoke = act(
        Lang::revoke_invitation,
        Lang::revoke_invitation_effect,
        format!("revoke-{id}"),
        format!("/invitations/{id}/revoke"),
        None,
    );
    let whom = Signal::stored(invitation.email.clone());
    let buttons = vec![again, revoke.warn(whom, None, turn)];
    holder(
        "li",
        "person",
        vec![written("", move |lang| invitation_row(lang, &known)), holder("div", "buttons", buttons)],
    )
}

/// What asks somebody to join. For an owner the password of whoever asks goes with it.
fn invited(email: &str, role: Role, password: &str) -> String {
    let mut body = vec![("email", email), ("role", role_name(role))];
    if role == Role::Owner {
        body.push(("password", password));
    }
    object(&body)
}

fn invite(turn: Callback<()>) -> AnyView {
    let form = Form::new("invite-summary");
    let (email, chosen) = (RwSignal::new(String::new()), RwSignal::new(Role::Viewer));
    let password = RwSignal::new(String::new());
    let owner = move || chosen.get() == Role::Owner;
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let address = email.get_untracked().trim().to_owned();
        let (role, shown) = (chosen.get_untracked(), password.get_untracked());
        let proof = if role == Role::Owner { shown.as_str() } else { "not asked for" };
        let left = empty(&[("email", &address, Lang::need_email), ("password", proof, Lang::need_password)]);
        if !form.faults.none_among(left) {
            return;
        }
        form.post("/invitations", invited(&address, role, &shown), INVITING, Lang::invited, move |_| {
            let _ = email.try_set(String::new());
            let _ = password.try_set(String::new());
            let _ = turn.try_run(());
        });
    };
    let address = form.faults.field("email", Kind::Email, "off", [Lang::invite_email, Lang::invite_hint], email);
    let proof = when(owner, move || {
        let words = [Lang::current_password, Lang::owner_password_hint];
        form.faults.field("password", Kind::Password, "current-password", words, password)
    });
    let offline = panels().offline;
    let inner = view! {
        <form novalidate on:submit=send>
            {summary(form.faults, &["email", "password"])} {address}
            {roles("invite-role".to_owned(), t(Lang::role_label), chosen, offline.into())} {proof}
            <div class="buttons">{form.button("invite", "button primary", Lang::invite)} {form.mark()}</div>
        </form>
    };
    titled(Lang::invite_title, inner.into_any())
}

fn act(act: Words, effect: Words, testid: String, path: String, body: Option<String>) -> Ask {
    let make = move |_: &[String]| Ok(Request { path: path.clone(), body: body.clone(), keyed: false, tag: None });
    Ask { act, effect, testid, class: "button", blanks: Vec::new(), make: Arc::new(make) }
}
