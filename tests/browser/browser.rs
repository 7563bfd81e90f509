//! Chromium and its driver: started for one story, with a profile of its own, and ended with it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use thirtyfour::prelude::*;
use tokio::time::interval;

/// What a page may take to show something. Generous: it only matters when a story fails.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long between two looks at it.
pub(crate) const GLANCE: Duration = Duration::from_millis(100);
/// So often it is looked at before a story gives up on it.
pub(crate) const GLANCES: u32 = 600;
/// A page that draws itself anew more often than that while it is looked at never comes to rest.
const REDRAWN_MAX: u32 = 5;

const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1280,900",
    "--lang=en-US",
];

/// A browser window.
pub(crate) struct Browser {
    pub(crate) driver: WebDriver,
    service: Child,
}

impl Browser {
    /// Opens a window. Fails loudly if Chromium or its driver is not there: `make setup` installs both.
    pub(crate) async fn open() -> Self {
        let mut service = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is missing: run `make setup`");
        let output = BufReader::new(service.stdout.take().expect("its output"));
        let port = output
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.rsplit_once("successfully on port ")?.1.trim_end_matches('.').parse::<u16>().ok())
            .expect("chromedriver says on which port it listens");
        let mut capabilities = DesiredCapabilities::chrome();
        for flag in FLAGS {
            capabilities.add_arg(flag).expect("a flag");
        }
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await.expect("a window");
        Self { driver, service }
    }

    /// Closes it.
    pub(crate) async fn close(mut self) {
        self.driver.clone().quit().await.expect("the window closes");
        let _ = self.service.kill();
        let _ = self.service.wait();
    }

    /// Waits for an element.
    pub(crate) async fn find(&self, css: &str) -> WebElement {
        let mut redrawn = 0;
        loop {
            let found = self.driver.query(By::Css(css)).wait(PATIENCE, GLANCE).and_displayed().first().await;
            match found {
                Ok(element) => return element,
                // The page drew it anew between two looks: then it is looked for once more.
                Err(error) if error.to_string().contains("stale") && redrawn < REDRAWN_MAX => redrawn += 1,
                Err(error) => panic!("{css} is not there: {error}\n{}", self.page().await),
            }
        }
    }

    /// Waits for the element that a story knows by its test id.
    pub(crate) async fn see(&self, testid: &str) -> WebElement {
        self.find(&format!("[data-testid='{testid}']")).await
    }

    /// Waits for it and clicks it.
    pub(crate) async fn click(&self, css: &str) {
        let element = self.find(css).await;
        element.scroll_into_view().await.expect("it can be scrolled to");
        element.wait_until().clickable().await.expect("it can be clicked");
        element.click().await.expect("it is clicked");
    }

    /// The text of an element.
    pub(crate) async fn text(&self, css: &str) -> String {
        self.find(css).await.text().await.expect("its text")
    }

    /// Writes into a field, in place of what stands there.
    pub(crate) async fn write(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.clear().await.expect("cleared");
        field.send_keys(text).await.expect("typed");
    }

    /// What stands in a field.
    pub(crate) async fn value(&self, css: &str) -> String {
        self.find(css).await.value().await.expect("an answer").unwrap_or_default()
    }

    /// Waits until an element says these words, perhaps among others.
    pub(crate) async fn says(&self, css: &str, words: &str) {
        self.reads(&By::Css(css), words).await;
    }

    /// Waits until a list of facts states this of a term.
    pub(crate) async fn states(&self, term: &str, words: &str) {
        let stated = format!("//dt[normalize-space()='{term}']/following-sibling::dd");
        self.reads(&By::XPath(stated), words).await;
    }

    async fn reads(&self, by: &By, words: &str) {
        let mut glances = interval(GLANCE);
        let mut said = String::new();
        for _ in 0..GLANCES {
            glances.tick().await;
            // The page may draw it anew between finding and reading it.
            if let Ok(found) = self.driver.find(by.clone()).await
                && let Ok(text) = found.text().await
            {
                said = text.replace('\u{a0}', " ");
            }
            if said.contains(words) {
                return;
            }
        }
        panic!("{by:?} does not say {words:?}, but {said:?}\n{}", self.page().await);
    }

    /// Waits until something is on the page no more.
    pub(crate) async fn gone(&self, css: &str) {
        let gone = self.driver.query(By::Css(css)).wait(PATIENCE, GLANCE).wait_until_gone().await;
        assert!(gone.is_ok(), "{css} is still there\n{}", self.page().await);
    }

    /// How many of them are on the page now.
    pub(crate) async fn count(&self, css: &str) -> usize {
        self.driver.find_all(By::Css(css)).await.expect("an answer").len()
    }

    /// What a script gives.
    pub(crate) async fn ask(&self, script: &str) -> serde_json::Value {
        self.driver.execute(script, Vec::new()).await.expect("an answer").json().clone()
    }

    /// Puts a mark on the page, which a reload would take away.
    pub(crate) async fn mark(&self) {
        self.ask("window.marked = true").await;
    }

    /// Whether the page was not loaded anew since it was marked.
    pub(crate) async fn is_marked(&self) -> bool {
        self.ask("return window.marked === true").await == true
    }

    /// Clicks what opens a tab of its own, and goes there once its address has `part` in it. Gives the tab that was left.
    pub(crate) async fn click_into_tab(&self, css: &str, part: &str) -> WindowHandle {
        let ours = self.driver.window().await.expect("our tab");
        self.click(css).await;
        let mut glances = interval(GLANCE);
        let mut place = String::new();
        for _ in 0..GLANCES {
            glances.tick().await;
            let tabs = self.driver.windows().await.expect("tabs");
            let Some(other) = tabs.into_iter().find(|tab| *tab != ours) else { continue };
            self.driver.switch_to_window(other).await.expect("the other tab");
            place = self.driver.current_url().await.map(String::from).unwrap_or_default();
            if place.contains(part) {
                return ours;
            }
        }
        panic!("no tab of its own leads to {part}, but to {place:?}");
    }

    /// Signs in at the dashboard.
    pub(crate) async fn sign_in(&self, url: &str, email: &str, password: &str) {
        self.sign_in_on_the_way(&format!("{url}/sign-in"), email, password).await;
        self.see("panel-card").await;
    }

    /// Goes to a page that asks for a sign-in first, and signs in.
    pub(crate) async fn sign_in_on_the_way(&self, page: &str, email: &str, password: &str) {
        self.driver.goto(page).await.expect("the page");
        self.see("email").await.send_keys(email).await.expect("typed");
        self.see("password").await.send_keys(password).await.expect("typed");
        self.click("[data-testid='sign-in']").await;
    }

    /// Cuts the network, or mends it.
    pub(crate) async fn cut_network(&self, cut: bool) {
        let throughput = if cut { 0 } else { -1 };
        let conditions = serde_json::json!({
            "offline": cut, "latency": 0, "downloadThroughput": throughput, "uploadThroughput": throughput,
        });
        let tools = self.driver.cdp();
        tools.send_raw("Network.enable", serde_json::json!({})).await.expect("the network is watched");
        tools.send_raw("Network.emulateNetworkConditions", conditions).await.expect("the network does as told");
    }

    /// What the page says, for a story that failed.
    async fn page(&self) -> String {
        let url = self.driver.current_url().await.map(String::from).unwrap_or_default();
        let body = match self.driver.find(By::Tag("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(error) => error.to_string(),
        };
        format!("--- {url}\n{body}\n---")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.service.kill();
        let _ = self.service.wait();
    }
}
