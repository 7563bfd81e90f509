//! Somebody in front of the API: signed in, or nobody. Knows addresses and headers, no stories.

use crate::answer::Answer;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";

/// What a sign-in gives.
#[derive(Debug, Clone)]
pub struct Keys {
    /// For `Authorization`.
    pub access_token: String,
    /// For `X-CSRF-Token`.
    pub csrf_token: String,
    /// What the browser keeps in a cookie that no script can read.
    pub refresh_token: String,
    /// The person.
    pub me: Value,
}

impl Keys {
    /// From the answer to a sign-up, a sign-in or a refresh.
    #[must_use]
    pub fn of(answer: &Answer) -> Self {
        let body = answer.json();
        let text = |name: &str| body[name].as_str().unwrap_or_else(|| panic!("{name} in {answer:?}")).to_owned();
        Self {
            access_token: text("access_token"),
            csrf_token: text("csrf_token"),
            refresh_token: answer.cookie("hg_refresh").expect("a cookie with the refresh token"),
            me: body["me"].clone(),
        }
    }
}

/// Somebody in front of the API.
#[derive(Clone)]
pub struct Persona {
    http: Client,
    base: String,
    /// Nobody has none.
    pub keys: Option<Keys>,
}

impl Persona {
    /// Nobody in particular.
    #[must_use]
    pub fn nobody(base: &str) -> Self {
        let http = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().expect("a client");
        Self { http, base: base.to_owned(), keys: None }
    }

    /// The same person in front of another address.
    #[must_use]
    pub fn at(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.clone() }
    }

    /// The person behind these keys.
    #[must_use]
    pub fn with(&self, keys: Keys) -> Self {
        Self { keys: Some(keys), ..self.clone() }
    }

    /// The keys of somebody who is signed in.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        self.keys.as_ref().expect("nobody has no keys")
    }

    /// The id of the account that they act for.
    #[must_use]
    pub fn account_id(&self) -> String {
        self.keys().me["account_id"].as_str().expect("an account").to_owned()
    }

    /// A request of theirs, not yet sent.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match &self.keys {
            Some(keys) => request.bearer_auth(&keys.access_token),
            None => request,
        }
    }

    /// Sends a request.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        Answer::read(request.send().await.expect("an answer")).await
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// POST without a body.
    pub async fn post(&self, path: &str) -> Answer {
        self.send(self.request(Method::POST, path)).await
    }

    /// POST with a JSON body.
    pub async fn post_json(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// PUT of what was read under this ETag.
    pub async fn put_json(&self, path: &str, tag: &str, body: &Value) -> Answer {
        self.send(self.request(Method::PUT, path).header("if-match", tag).json(body)).await
    }

    /// POST with a JSON body that is safe to repeat.
    pub async fn post_keyed(&self, path: &str, key: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).header("idempotency-key", key).json(body)).await
    }

    /// POST of a form, as the gateway and payers' browsers do.
    pub async fn post_form(&self, path: &str, fields: &[(String, String)]) -> Answer {
        self.send(self.request(Method::POST, path).form(fields)).await
    }

    /// Opens an account.
    pub async fn sign_up(&self, name: &str, email: &str) -> Answer {
        let body = json!({ "name": name, "email": email, "password": PASSWORD, "language": "en" });
        self.post_json("/api/v1/auth/sign-up", &body).await
    }

    /// Signs in.
    pub async fn sign_in(&self, email: &str, password: &str) -> Answer {
        self.post_json("/api/v1/auth/sign-in", &json!({ "email": email, "password": password })).await
    }

    /// Sends what a browser sends to an address that the cookie authorises.
    pub async fn by_cookie(&self, path: &str, refresh_token: Option<&str>, csrf_token: Option<&str>) -> Answer {
        let mut request = self.http.request(Method::POST, format!("{}{path}", self.base));
        if let Some(token) = refresh_token {
            request = request.header("cookie", format!("hg_refresh={token}"));
        }
        if let Some(token) = csrf_token {
            request = request.header("x-csrf-token", token);
        }
        self.send(request).await
    }

    /// Exchanges a refresh token.
    pub async fn refresh(&self, keys: &Keys) -> Answer {
        self.by_cookie("/api/v1/auth/refresh", Some(&keys.refresh_token), Some(&keys.csrf_token)).await
    }

    /// A panel's status, which they must be able to see.
    pub async fn status(&self, panel: &crate::Panel) -> Value {
        self.get(&panel.path("status")).await.ok(200)
    }

    /// Starts to pay.
    pub async fn checkout(&self, panel: &crate::Panel, key: &str) -> Answer {
        self.send(self.request(Method::POST, &panel.path("checkout")).header("idempotency-key", key)).await
    }

    /// A payment that they may see.
    pub async fn payment(&self, id: &str) -> Value {
        self.get(&format!("/api/v1/payments/{id}")).await.ok(200)
    }

    /// What their account was told, oldest first.
    pub async fn notices(&self) -> Vec<String> {
        let page = self.get("/api/v1/notices?limit=100").await.ok(200);
        let items = page["items"].as_array().expect("items");
        items.iter().rev().map(|item| item["kind"].as_str().expect("a kind").to_owned()).collect()
    }
}
