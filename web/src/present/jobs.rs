//! What is done with a panel at its server, in words: the work under way, what was done, the copies that are kept.

use super::face::Face;
use super::markup::Markup;
use super::meter::{Meter, Tone, drawing};
use crate::format::bytes;
use crate::format::calendar::{date, date_time};
use crate::i18n::Lang;
use crate::wire::KeptCopy;
use shared::api::auth::Role;
use shared::api::jobs::{BackupKind, JobKind, JobState, JobStep, JobTrouble, JobView};
use shared::api::tenants::{PanelStatus, TenantStatus};

/// The work under way: its bar, its step, and that it is still tried. Empty if there is none.
#[must_use]
pub fn progress(lang: Lang, status: &TenantStatus) -> String {
    let mut out = Markup::default();
    let Some(job) = &status.job else { return out.done() };
    // A set-up has the card's own bar.
    if Face::of(status) != Face::Creating {
        let percent = job.progress_percent.min(100);
        let bar = Meter { fill: u16::from(percent) * 10, notch: None, tone: Tone::None, hatched: false };
        out.within(
            "<div class=\"meter\" data-tone=\"none\" role=\"progressbar\" aria-label=\"",
            kind(lang, job.kind),
            "\"",
        )
        .within(" aria-valuenow=\"", &percent.to_string(), "\"><svg height=\"17\" aria-hidden=\"true\">")
        .drawn(&drawing(bar))
        .tags("</svg></div>");
    }
    out.within("<p data-testid=\"job\"><strong>", kind(lang, job.kind), "</strong> ");
    let failed = job.state == JobState::Failed;
    match job.step {
        _ if failed => out.put(lang.job_failed()),
        Some(at_hand) => out.put(step(lang, at_hand)),
        None => &mut out,
    };
    out.tags("</p>");
    if job.tries > 0 && !failed {
        out.within("<p class=\"small\">", lang.job_again(), " ");
        out.within("", job.trouble.map_or("", |why| trouble(lang, why)), "</p>");
    }
    out.done()
}

/// What was done, newest first.
#[must_use]
pub fn list(lang: Lang, jobs: &[JobView]) -> String {
    let mut out = Markup::default();
    if jobs.is_empty() {
        out.within("<p>", lang.history_empty(), "</p>");
    }
    out.tags("<ul class=\"rows\">");
    for job in jobs {
        let end = match job.state {
            JobState::Running => lang.working(),
            JobState::Done => lang.desk_done(),
            JobState::Failed => lang.job_failed(),
        };
        out.within("<li><p class=\"row-head\"><strong>", kind(lang, job.kind), "</strong><span class=\"small\">")
            .within("", &date_time(lang, job.created_at), "</span></p>")
            .within("<p>", end, " ")
            .within(
                "",
                job.trouble.filter(|_| job.state == JobState::Failed).map_or("", |why| trouble(lang, why)),
                "</p></li>",
            );
    }
    out.tags("</ul>");
    out.done()
}

/// A copy: when it was made and why, how large it is, and until when it is kept.
#[must_use]
pub fn copy(lang: Lang, copy: &KeptCopy) -> String {
    let why = match copy.kind {
        BackupKind::Asked => lang.copy_asked(),
        BackupKind::Nightly => lang.copy_nightly(),
        BackupKind::Last => lang.copy_last(),
        BackupKind::BeforeRestore => lang.copy_before(),
    };
    let mut out = Markup::default();
    out.within("<p class=\"row-head\"><strong>", &date_time(lang, copy.at), "</strong><span class=\"badge grey\">")
        .within("", why, "</span></p><p class=\"small\">")
        .within("", &bytes(lang, copy.bytes), " · ")
        .within("", &lang.copies_kept(&date(lang, copy.keep_until)), "</p>");
    out.done()
}

/// Whether these people may copy, restore and delete; the server decides in the end.
#[must_use]
pub const fn may(role: Role) -> bool {
    matches!(role, Role::Owner | Role::Operator)
}

/// Whether a panel can be copied or restored now: it holds something, and nothing else is under way.
#[must_use]
pub const fn is_free(status: &TenantStatus) -> bool {
    holds(status) && status.job.is_none()
}

/// Whether a panel holds something, so that it is copied each night.
#[must_use]
pub const fn holds(status: &TenantStatus) -> bool {
    matches!(status.panel.status, PanelStatus::Active | PanelStatus::Stopped | PanelStatus::Suspended)
}

/// Whether a panel can be deleted.
#[must_use]
pub const fn is_there(status: &TenantStatus) -> bool {
    !matches!(status.panel.status, PanelStatus::Deleting | PanelStatus::Deleted)
}

const fn kind(lang: Lang, kind: JobKind) -> &'static str {
    match kind {
        JobKind::SetUp => lang.job_set_up(),
        JobKind::BackUp => lang.job_back_up(),
        JobKind::Restore => lang.job_restore(),
        JobKind::Remove => lang.job_remove(),
    }
}

const fn step(lang: Lang, step: JobStep) -> &'static str {
    match step {
        JobStep::Place => lang.step_place(),
        JobStep::Build => lang.step_build(),
        JobStep::Load => lang.step_load(),
        JobStep::Try => lang.step_try(),
        JobStep::Name | JobStep::SetAside => lang.step_name(),
        JobStep::Open => lang.step_open(),
        JobStep::DropOld => lang.step_drop_old(),
        JobStep::Copy => lang.step_copy(),
        JobStep::Drop => lang.step_drop(),
    }
}

const fn trouble(lang: Lang, trouble: JobTrouble) -> &'static str {
    match trouble {
        JobTrouble::NoRoom => lang.trouble_room(),
        JobTrouble::NameTaken => lang.trouble_name(),
        JobTrouble::NotUp => lang.trouble_up(),
        JobTrouble::HostSilent => lang.trouble_host(),
        JobTrouble::HostRefused => lang.trouble_refused(),
        JobTrouble::CopySpoilt => lang.trouble_spoilt(),
        JobTrouble::CopyGone => lang.trouble_gone(),
        JobTrouble::TooLate => lang.trouble_late(),
        JobTrouble::Internal => lang.err_internal(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::{active, job, now};
    use shared::time::DAY;

    // Harm prevented: a customer watches a panel at rest while its books are being put back, and types into them.
    #[test]
    fn work_under_way_is_told_with_its_step() {
        let mut status = active(1, 360);
        assert_eq!(progress(Lang::En, &status), "");
        status.job = Some(job(JobKind::Restore, JobStep::Load));
        let said = progress(Lang::En, &status);
        assert!(said.contains("Restore</strong> Reading the copy"), "{said}");
        assert!(said.contains("progressbar") && said.contains("aria-valuenow=\"40\""), "{said}");
        assert!(!said.contains("Still trying"), "{said}");
        assert!(progress(Lang::Bn, &status).contains("কপি পড়া হচ্ছে"));
    }

    #[test]
    fn what_is_tried_again_says_so_and_why() {
        let mut status = active(1, 360);
        let again = JobView { tries: 2, trouble: Some(JobTrouble::NoRoom), ..job(JobKind::SetUp, JobStep::Place) };
        status.panel.status = PanelStatus::Creating;
        status.job = Some(again);
        let said = progress(Lang::En, &status);
        assert!(said.contains("Looking for room") && said.contains("Still trying. No server has room now."), "{said}");
        assert!(!said.contains("progressbar"), "the card has a bar of its own for that: {said}");
    }

    // Harm prevented: a restore that came to nothing looks like one that was done.
    #[test]
    fn what_failed_is_told_from_what_was_done() {
        let done = JobView { state: JobState::Done, step: None, ..job(JobKind::BackUp, JobStep::Copy) };
        let trouble = Some(JobTrouble::CopySpoilt);
        let failed = JobView { state: JobState::Failed, trouble, ..job(JobKind::Restore, JobStep::Load) };
        let said = list(Lang::En, &[failed, done]);
        assert!(said.contains("Failed. What was begun is taken back. The copy is damaged."), "{said}");
        assert_eq!(said.matches("Done.").count(), 1, "{said}");
        assert!(list(Lang::En, &[]).contains("Nothing has happened yet."));
    }

    #[test]
    fn a_copy_says_when_why_how_large_and_until_when() {
        let id = "bak_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap();
        let kept = KeptCopy {
            id,
            subdomain: "rahman".to_owned(),
            kind: BackupKind::BeforeRestore,
            at: now(),
            bytes: 310_900_000,
            keep_until: now().plus(30 * DAY),
        };
        let said = copy(Lang::En, &kept);
        for part in ["22 Nov 2026, 9:05", "Before a restore", "296.5\u{a0}MiB", "Kept until"] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }

    #[test]
    fn only_a_panel_that_holds_something_and_is_left_alone_can_be_copied() {
        let mut status = active(1, 360);
        assert!(is_free(&status) && is_there(&status));
        status.job = Some(job(JobKind::BackUp, JobStep::Copy));
        assert!(!is_free(&status) && is_there(&status));
        status.job = None;
        status.panel.status = PanelStatus::Creating;
        assert!(!is_free(&status));
        status.panel.status = PanelStatus::Deleted;
        assert!(!is_free(&status) && !is_there(&status));
        assert!(may(Role::Owner) && !may(Role::Billing) && !may(Role::Viewer));
    }
}
