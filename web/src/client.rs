//! The only module that fetches. One method per address; every answer is a value or a [`Failure`].
//!
//! A 401 is met by one refresh, shared by all requests that wait, and one repeat. Nothing here decides what to do about a
//! failure.

use crate::address::escaped;
use crate::browser;
use crate::json::{self, Wire};
use crate::present::problem::Failure;
use crate::session::{Session, session};
use leptos::prelude::*;
use shared::api::about::About;
use shared::api::auth::Session as Granted;
use shared::api::live::LiveTicket;
use shared::api::payments::PaymentView;
use shared::api::problem::{ErrorCode, Problem};
use shared::api::tenants::{OpenedPanel, TenantPage, TenantStatus};
use shared::ids::TenantId;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

mod door;
mod orders;

/// How long an answer may take.
const PATIENCE_MS: u32 = 15_000;
/// Moving the demonstration's clock counts usage on the way, and a list is worked off row by row; that takes longer.
const CLOCK_PATIENCE_MS: u32 = 120_000;

type Header = Option<(&'static str, String)>;

/// What a status request may answer.
pub(crate) enum Fresh {
    /// A new body and its ETag.
    Changed(Box<TenantStatus>, Option<String>),
    /// The body that we hold is still right.
    Unchanged,
}

/// What a person asks of a panel without saying more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Begin a trial.
    StartTrial,
    /// Start a stopped panel.
    Start,
    /// Try again to set it up.
    Retry,
    /// Operators: open it again.
    Resume,
}

impl Act {
    const fn verb(self) -> &'static str {
        match self {
            Self::StartTrial => "trial",
            Self::Start => "start",
            Self::Retry => "retry",
            Self::Resume => "resume",
        }
    }
}

/// One request.
struct Call {
    method: &'static str,
    path: String,
    body: Option<String>,
    headers: Vec<(&'static str, String)>,
    patience_ms: u32,
    /// Whether the browser may use what the page has fetched ahead.
    ahead: bool,
    /// Whether the answer is a file to keep.
    file: bool,
    /// Whether it has to arrive even if the page is left meanwhile.
    outlives: bool,
}

/// Its answer, read to the end.
struct Reply {
    status: u16,
    etag: Option<String>,
    text: String,
    file: Option<web_sys::Blob>,
}

impl Call {
    fn get(path: impl Into<String>) -> Self {
        let (path, headers) = (path.into(), Vec::new());
        let (ahead, file, outlives) = (false, false, false);
        Self { method: "GET", path, body: None, headers, patience_ms: PATIENCE_MS, ahead, file, outlives }
    }

    fn post(path: impl Into<String>) -> Self {
        Self { method: "POST", ..Self::get(path) }
    }

    fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    fn json(mut self, body: String) -> Self {
        self.body = Some(body);
        self.with("Content-Type", "application/json".to_owned())
    }

    async fn send(&self, token: Option<&str>) -> Result<Reply, Failure> {
        self.exchange(token).await.map_err(|thrown| {
            let timed_out = thrown.dyn_ref::<js_sys::Error>().is_some_and(|error| error.name() == "TimeoutError");
            if timed_out { Failure::Slow } else { Failure::Offline }
        })
    }

    async fn exchange(&self, token: Option<&str>) -> Result<Reply, JsValue> {
        let headers = web_sys::Headers::new()?;
        headers.set("Accept", if self.file { "*/*" } else { "application/json" })?;
        for (name, value) in &self.headers {
            headers.set(name, value)?;
        }
        if let Some(token) = token {
            headers.set("Authorization", &format!("Bearer {token}"))?;
        }
        let init = web_sys::RequestInit::new();
        init.set_method(self.method);
        init.set_headers(&headers);
        // Our own If-None-Match must reach the server, and its 304 must reach us.
        if !self.ahead {
            init.set_cache(web_sys::RequestCache::NoStore);
        }
        if self.outlives {
            js_sys::Reflect::set(&init, &"keepalive".into(), &JsValue::TRUE)?;
        }
        init.set_signal(Some(&web_sys::AbortSignal::timeout_with_u32(self.patience_ms)));
        if let Some(body) = &self.body {
            init.set_body(&JsValue::from_str(body));
        }
        let address = format!("/api/v1{}", self.path);
        let answer = JsFuture::from(window().fetch_with_str_and_init(&address, &init)).await?;
        let answer: web_sys::Response = answer.unchecked_into();
        let (status, etag) = (answer.status(), answer.headers().get("ETag")?);
        let is_file = self.file && status < 400;
        let body = JsFuture::from(if is_file { answer.blob()? } else { answer.text()? }).await?;
        let text = body.as_string().unwrap_or_default();
        Ok(Reply { status, etag, text, file: is_file.then(|| body.unchecked_into()) })
    }
}

impl Reply {
    fn accepted(self) -> Result<Self, Failure> {
        if self.status < 400 {
            return Ok(self);
        }
        let problem = json::read::<Problem>(&self.text);
        Err(problem.map_or(Failure::Unreadable, |problem| Failure::Refused(Box::new(problem))))
    }

    /// Whether a password or a code was wrong, not the token: then a newer token would only ask the same twice.
    fn is_about_a_secret(&self) -> bool {
        let code = json::read::<Problem>(&self.text).map(|problem| problem.code);
        matches!(code, Some(ErrorCode::WrongCredentials | ErrorCode::SecondFactorNeeded))
    }

    fn read<T: Wire>(self) -> Result<T, Failure> {
        json::read(&self.accepted()?.text).ok_or(Failure::Unreadable)
    }
}

/// The way to the server.
#[derive(Clone, Copy)]
pub(crate) struct Client {
    session: Session,
    /// The refresh that is under way, for all who need it.
    refreshing: StoredValue<Option<js_sys::Promise>, LocalStorage>,
}

impl Client {
    /// A client that keeps `session` up to date.
    pub(crate) fn new(session: Session) -> Self {
        Self { session, refreshing: StoredValue::new_local(None) }
    }

    async fn authorised(self, call: Call) -> Result<Reply, Failure> {
        let token = match self.session.token() {
            Some(token) => token,
            None => self.refreshed().await?,
        };
        let reply = call.send(Some(&token)).await?;
        if reply.status != 401 || reply.is_about_a_secret() {
            return Ok(reply);
        }
        let token = match self.session.token() {
            // Somebody else refreshed while this request was on its way.
            Some(newer) if newer != token => newer,
            _ => self.refreshed().await?,
        };
        call.send(Some(&token)).await
    }

    /// A new access token, by the one refresh that may run at a time: here, and among the tabs of this browser, because
    /// a refresh token that is used twice ends the session.
    async fn refreshed(self) -> Result<String, Failure> {
        if self.session.is_over() {
            return Err(Failure::Refused(Box::new(ended())));
        }
        let running = self.refreshing.get_value().unwrap_or_else(|| {
            let started = browser::alone_among_tabs("hg-refresh", async move {
                let outcome = self.refresh().await;
                self.refreshing.set_value(None);
                outcome
                    .map(|()| JsValue::TRUE)
                    .map_err(|failure| (failure == Failure::Offline || failure == Failure::Slow).into())
            });
            self.refreshing.set_value(Some(started.clone()));
            started
        });
        match JsFuture::from(running).await {
            Ok(_) => self.session.token().ok_or(Failure::Unreadable),
            Err(unreachable) if unreachable.is_truthy() => Err(Failure::Offline),
            Err(_) => Err(Failure::Refused(Box::new(ended()))),
        }
    }

    async fn refresh(self) -> Result<(), Failure> {
        let Some(csrf) = self.session.csrf() else {
            self.session.end();
            return Err(Failure::Unreadable);
        };
        let reply = Call::post("/auth/refresh").with("X-CSRF-Token", csrf).send(None).await;
        match reply.and_then(Reply::read::<Granted>) {
            Ok(granted) => {
                self.session.accept(granted);
                Ok(())
            }
            // Only a refusal ends a session; a server that cannot answer does not.
            Err(failure) => match failure.code() {
                None | Some(ErrorCode::Unavailable | ErrorCode::Internal | ErrorCode::RateLimited) => {
                    Err(Failure::Offline)
                }
                Some(_) => {
                    self.session.end();
                    Err(failure)
                }
            },
        }
    }

    /// Tries the refresh cookie, if there can be one.
    pub(crate) async fn resume(self) {
        self.session.resuming(true);
        if self.refreshed().await == Err(Failure::Offline) {
            self.session.resuming(false);
        }
    }

    /// `GET /about`. The first time it is there already: `index.html` asks ahead.
    pub(crate) async fn about(self) -> Result<About, Failure> {
        Call { ahead: true, ..Call::get("/about") }.send(None).await?.read()
    }

    /// `GET /tenants`: a page, and the text that it was read from.
    pub(crate) async fn tenants(self, cursor: Option<&str>) -> Result<(TenantPage, String), Failure> {
        let after = cursor.map(|cursor| format!("&cursor={}", escaped(cursor))).unwrap_or_default();
        let text = self.shown(format!("/tenants?limit=200{after}")).await?;
        Ok((json::read(&text).ok_or(Failure::Unreadable)?, text))
    }

    /// `GET /tenants/{id}/status`, conditional when an ETag is held.
    pub(crate) async fn status(self, id: TenantId, etag: Option<String>) -> Result<Fresh, Failure> {
        let call = Call::get(format!("/tenants/{id}/status"));
        let call = match etag {
            Some(etag) => call.with("If-None-Match", etag),
            None => call,
        };
        let reply = self.authorised(call).await?;
        if reply.status == 304 {
            return Ok(Fresh::Unchanged);
        }
        let etag = reply.etag.clone();
        Ok(Fresh::Changed(Box::new(reply.read()?), etag))
    }

    /// `POST /tenants/{id}/trial | start | retry | resume`.
    pub(crate) async fn act(self, id: TenantId, act: Act) -> Result<TenantStatus, Failure> {
        self.authorised(Call::post(format!("/tenants/{id}/{}", act.verb()))).await?.read()
    }

    /// Where to go to be in a panel: good once, and for seconds.
    pub(crate) async fn open(self, id: TenantId) -> Result<OpenedPanel, Failure> {
        self.authorised(Call::post(format!("/tenants/{id}/open"))).await?.read()
    }

    /// `POST /tenants/{id}/suspend`.
    pub(crate) async fn suspend(self, id: TenantId, message: &str) -> Result<TenantStatus, Failure> {
        let body = json::object(&[("message", message)]);
        self.authorised(Call::post(format!("/tenants/{id}/suspend")).json(body)).await?.read()
    }

    /// `GET /payments/{id}`: by its token without a session, else as who is signed in.
    pub(crate) async fn payment(self, id: &str, token: Option<&str>) -> Result<PaymentView, Failure> {
        let path = format!("/payments/{}", escaped(id));
        match token {
            Some(token) => Call::get(format!("{path}?token={}", escaped(token))).send(None).await?.read(),
            None => self.authorised(Call::get(path)).await?.read(),
        }
    }

    /// `GET` of what a page only shows: the answer's text.
    pub(crate) async fn shown(self, path: String) -> Result<String, Failure> {
        Ok(self.authorised(Call::get(path)).await?.accepted()?.text)
    }

    /// `GET` of a file to keep.
    pub(crate) async fn file(self, path: String) -> Result<web_sys::Blob, Failure> {
        let call = Call { file: true, ..Call::get(path) };
        self.authorised(call).await?.accepted()?.file.ok_or(Failure::Unreadable)
    }

    /// What a person decided: a `POST`, or a `PUT` if the header is `If-Match`. The same `Idempotency-Key` asks for the same
    /// again.
    pub(crate) async fn decide(self, path: String, body: Option<String>, header: Header) -> Result<(), Failure> {
        let method = if header.as_ref().is_some_and(|(name, _)| *name == "If-Match") { "PUT" } else { "POST" };
        // A browser sends only little on behalf of a page that is left.
        let outlives = body.is_none();
        let mut call = body.into_iter().fold(Call { method, outlives, ..Call::get(path) }, Call::json);
        call.headers.extend(header);
        self.authorised(call).await?.accepted().map(drop)
    }

    /// A `POST` that takes its time: the answer's text.
    pub(crate) async fn told(self, path: String, body: String) -> Result<String, Failure> {
        let call = Call { patience_ms: CLOCK_PATIENCE_MS, ..Call::post(path).json(body) };
        Ok(self.authorised(call).await?.accepted()?.text)
    }

    /// `POST`: the answer's text.
    pub(crate) async fn post(self, path: String, body: Option<String>) -> Result<String, Failure> {
        let call = body.into_iter().fold(Call::post(path), Call::json);
        Ok(self.authorised(call).await?.accepted()?.text)
    }

    /// `PUT` of the whole of a thing.
    pub(crate) async fn put(self, path: String, body: String) -> Result<(), Failure> {
        let call = Call { method: "PUT", ..Call::get(path) }.json(body);
        self.authorised(call).await?.accepted().map(drop)
    }

    /// `POST /live/ticket`.
    pub(crate) async fn live_ticket(self) -> Result<LiveTicket, Failure> {
        self.authorised(Call::post("/live/ticket")).await?.read()
    }

    /// `POST /demo/clock`.
    pub(crate) async fn move_clock(self, advance_seconds: u32) -> Result<About, Failure> {
        let mut call = Call::post("/demo/clock").json(format!(r#"{{"advance_seconds":{advance_seconds}}}"#));
        call.patience_ms = CLOCK_PATIENCE_MS;
        self.authorised(call).await?.read()
    }
}

/// The problem that the server would state, for those who waited on a refresh that somebody else made.
fn ended() -> Problem {
    Problem {
        kind: "/docs/problems#session_ended".to_owned(),
        title: String::new(),
        status: 401,
        code: ErrorCode::SessionEnded,
        detail: String::new(),
        errors: Vec::new(),
        request_id: String::new(),
        retry_after_seconds: None,
    }
}

/// The client, from anywhere below the root.
pub(crate) fn client() -> Client {
    expect_context()
}

/// Makes the session and the client known to everything below.
pub(crate) fn provide() {
    let held = Session::new();
    provide_context(held);
    provide_context(Client::new(session()));
}
