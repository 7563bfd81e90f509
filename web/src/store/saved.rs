//! The last list of panels, kept on this device for the day it opens without a network. It is shown with its age and never
//! taken for fresh, and it is gone as soon as its person signs out.

use crate::browser;
use crate::json;
use shared::api::tenants::{TenantPage, TenantStatus};
use shared::ids::UserId;

const KEY: &str = "hg-panels";
/// Whole pages are kept until they come to this many characters. Browsers keep some five million for all that a place stores,
/// and nobody pays a thousand panels without a network.
const MOST: usize = 600_000;

/// What was kept.
pub(crate) struct Saved {
    /// Who saw it.
    pub(crate) user_id: UserId,
    /// When, by the browser's clock.
    pub(crate) seen_ms: f64,
    /// What they saw.
    pub(crate) panels: Vec<TenantStatus>,
}

/// Keeps the answers of the server, a line each, under one that says whose they are and of when.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970, far below what a float holds exactly")]
pub(crate) fn save(user_id: UserId, seen_ms: f64, pages: &[String]) {
    let mut kept = format!("{user_id} {}", seen_ms as i64);
    for page in pages {
        if kept.len() + page.len() > MOST {
            break;
        }
        kept.push('\n');
        kept.push_str(page);
    }
    browser::store(KEY, &kept);
}

/// What was kept, if anything was, and if this program still understands it.
#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970, far below what a float holds exactly")]
pub(crate) fn recall() -> Option<Saved> {
    let kept = browser::stored(KEY)?;
    let mut lines = kept.lines();
    let (user_id, seen_ms) = lines.next()?.split_once(' ')?;
    let mut panels = Vec::new();
    for page in lines {
        panels.extend(json::read::<TenantPage>(page)?.items);
    }
    Some(Saved { user_id: user_id.parse().ok()?, seen_ms: seen_ms.parse::<i64>().ok()? as f64, panels })
}

/// Forgets it.
pub(crate) fn forget() {
    browser::forget(KEY);
}
