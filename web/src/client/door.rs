//! Coming in and going out: what is asked by people who are not signed in yet, and by those who leave.

use super::{Call, Client};
use crate::i18n::Lang;
use crate::json;
use crate::present::problem::Failure;
use shared::api::auth::{SignIn, SignUp};
use shared::api::people::{InvitedTo, Join};

impl Client {
    /// `POST /auth/sign-in`.
    pub(crate) async fn sign_in(self, who: &SignIn) -> Result<(), Failure> {
        let mut fields = vec![("email", who.email.as_str()), ("password", &who.password)];
        fields.extend(who.code.as_deref().map(|code| ("code", code)));
        self.enter("/auth/sign-in", json::object(&fields)).await
    }

    /// `POST /auth/sign-up`.
    pub(crate) async fn sign_up(self, who: &SignUp) -> Result<(), Failure> {
        let SignUp { name, email, password, language } = who;
        let language = Lang::from(*language).tag();
        let who = json::object(&[("name", name), ("email", email), ("password", password), ("language", language)]);
        self.enter("/auth/sign-up", who).await
    }

    /// `POST /invitations/join`.
    pub(crate) async fn join(self, who: &Join) -> Result<(), Failure> {
        let Join { token, name, password, language } = who;
        let language = Lang::from(*language).tag();
        let who = json::object(&[("token", token), ("name", name), ("password", password), ("language", language)]);
        self.enter("/invitations/join", who).await
    }

    /// `POST /invitations/look`.
    pub(crate) async fn look(self, token: &str) -> Result<InvitedTo, Failure> {
        Call::post("/invitations/look").json(json::object(&[("token", token)])).send(None).await?.read()
    }

    /// `POST /auth/forgot`.
    pub(crate) async fn forgot(self, email: &str) -> Result<(), Failure> {
        let body = json::object(&[("email", email)]);
        Call::post("/auth/forgot").json(body).send(None).await?.accepted().map(drop)
    }

    /// `POST /auth/reset/look`: whether the link is still good.
    pub(crate) async fn look_at_reset(self, token: &str) -> Result<(), Failure> {
        Call::post("/auth/reset/look").json(json::object(&[("token", token)])).send(None).await?.accepted().map(drop)
    }

    /// `POST /auth/reset`. Every sign-in of the person is over then, this browser's too.
    pub(crate) async fn reset(self, token: &str, password: &str) -> Result<(), Failure> {
        let body = json::object(&[("token", token), ("password", password)]);
        Call::post("/auth/reset").json(body).send(None).await?.accepted()?;
        self.session.clear();
        Ok(())
    }

    /// `POST /auth/sign-out`. The tab forgets the session whatever the server says, and leaves for another program's page: the
    /// request goes on without it.
    pub(crate) async fn sign_out(self) {
        let call = Call { outlives: true, ..Call::post("/auth/sign-out") };
        let call = call.with("X-CSRF-Token", self.session.csrf().unwrap_or_default());
        let token = self.session.token();
        self.session.clear();
        let _ = call.send(token.as_deref()).await;
    }

    async fn enter(self, path: &str, who: String) -> Result<(), Failure> {
        let granted = Call::post(path).json(who).send(None).await?.read()?;
        self.session.accept(granted);
        Ok(())
    }
}
