//! The stories in a real browser: Chromium, driven through its own driver, against a whole deployment.
//!
//! Nothing here knows rules; it clicks, reads and waits for what a person would see.

mod attention;
mod books;
mod browser;
mod buying;
mod credit;
mod face;
mod hosting;
mod language;
mod notices;
mod offline;
mod outcomes;
mod people;
mod renewal;
mod signing_in;

use hourglass_tests::{Kind, play};

#[test]
fn a_panel_runs_out_is_paid_for_and_comes_back_by_itself() {
    play(Kind::Sqlite, renewal::story);
}

#[test]
fn a_cancelled_and_a_declined_payment_say_so_and_offer_another_try() {
    play(Kind::Sqlite, outcomes::story);
}

#[test]
fn a_customer_with_credit_renews_without_leaving_the_site() {
    play(Kind::Sqlite, credit::story);
}

#[test]
fn an_operator_accepts_a_held_payment_and_no_customer_sees_the_desk() {
    play(Kind::Sqlite, attention::story);
}

#[test]
fn an_operator_compares_the_books_and_books_what_was_missing() {
    play(Kind::Sqlite, books::story);
}

#[test]
fn figures_stay_with_their_age_while_the_network_is_cut_and_recover_by_themselves() {
    play(Kind::Sqlite, offline::story);
}

#[test]
fn an_owner_copies_a_panel_and_puts_it_back_by_typing_its_name() {
    play(Kind::Sqlite, hosting::copies);
}

#[test]
fn an_owner_deletes_a_panel_by_typing_its_name_and_a_last_copy_stays() {
    play(Kind::Sqlite, hosting::delete);
}

#[test]
fn a_panel_opens_in_a_tab_of_its_own() {
    play(Kind::Sqlite, hosting::open);
}

#[test]
fn an_owner_stops_a_panel_and_starts_it_again() {
    play(Kind::Sqlite, hosting::stop_and_start);
}

#[test]
fn a_first_panel_is_named_paid_for_and_opened_as_soon_as_it_is_there() {
    play(Kind::Sqlite, buying::first_panel);
}

#[test]
fn a_panel_that_is_renewed_early_goes_on_when_its_cycle_ends() {
    play(Kind::Sqlite, buying::early);
}

#[test]
fn a_larger_plan_costs_what_the_page_said_and_gives_its_hours_at_once() {
    play(Kind::Sqlite, buying::upgrade);
}

#[test]
fn a_notice_that_was_read_stays_read() {
    play(Kind::Sqlite, notices::story);
}

#[test]
fn a_viewer_joins_by_a_letter_and_sees_what_they_cannot_pay() {
    play(Kind::Sqlite, people::viewer);
}

#[test]
fn a_forgotten_password_is_replaced_and_ends_every_sign_in() {
    play(Kind::Sqlite, signing_in::forgotten);
}

#[test]
fn a_second_factor_is_asked_for_once_it_is_set_up() {
    play(Kind::Sqlite, signing_in::second_factor);
}

#[test]
fn another_language_keeps_the_place_and_what_was_typed() {
    play(Kind::Sqlite, language::story);
}

#[test]
fn times_are_those_of_the_account_wherever_it_is() {
    play(Kind::Sqlite, language::clocks);
}

#[test]
fn every_page_in_every_state_can_be_read_reached_and_used() {
    play(Kind::Sqlite, face::every_state);
}

#[test]
fn a_thousand_panels_scroll_and_filter_without_a_pause() {
    play(Kind::Sqlite, face::thousand);
}
