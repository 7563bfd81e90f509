//! The contracts of the ports, run against every adapter that keeps them: over real HTTP against the sandbox, or, for the
//! printer, as it is.
//!
//! A contract knows the port's words only; a world knows one adapter and the counterpart it talks to. No test sleeps or
//! reads a clock: where waiting is the point, the counterpart is silent for longer than the adapter is patient.

mod cluster;
mod gateway;
mod mailboxes;
mod oauth;
mod odoo;
mod odoo_traps;
mod pace;
mod panel_host;
mod panel_life;
mod paper;
mod patience;
mod peer;
mod post;
mod printer;
mod real_deployment;
mod real_front;
mod real_life;
mod real_odoo;
mod refunds;
mod sandbox_sdks;
mod secrecy;
mod sessions;
mod shelf;
mod shelves;
mod sslcommerz;
mod table;
mod typst;
mod wire;

/// Runs each named rule of a contract in a world, as a test of its own.
macro_rules! contract {
    ($port:ident in $world:ty: $($rule:ident),+ $(,)?) => {
        $(#[tokio::test]
        async fn $rule() {
            crate::$port::$rule::<$world>().await;
        })+
    };
}

mod gateway_contract {
    contract! { gateway in crate::sslcommerz::Sandbox:
        a_session_opens_on_a_page_of_the_gateway,
        a_used_name_is_refused_and_a_refusal_is_not_unknown,
        a_charge_is_confirmed_twice_alike,
        a_name_that_the_gateway_does_not_know_is_none,
        wrong_credentials_say_nothing_about_a_payment,
        a_spoilt_answer_says_nothing_about_a_payment,
        a_silent_gateway_is_unknown,
        an_absent_gateway_is_unknown,
        an_open_page_is_pending,
        every_attempt_is_listed_oldest_first,
        every_ending_is_told_apart,
        the_record_says_what_was_charged_not_what_was_ordered,
        a_risky_charge_is_marked,
        every_notice_is_readable_and_agrees_with_the_record,
        a_notice_that_was_touched_is_refused,
        an_error_holds_no_secret,
        an_amount_within_the_limits_is_taken,
    }
}

mod sessions_contract {
    contract! { sessions in crate::sslcommerz::Sandbox:
        an_untouched_session_is_pending,
        a_session_tells_every_ending_as_the_payment_does,
        a_session_tells_its_latest_attempt,
        a_session_that_the_gateway_does_not_know_is_none,
        a_spoilt_answer_says_nothing_about_a_session,
        a_session_has_a_name_of_its_own,
    }
}

mod refunds_contract {
    contract! { refunds in crate::sslcommerz::Sandbox:
        a_refund_is_accepted_and_arrives,
        a_refund_repeated_under_one_name_moves_money_once,
        what_is_not_there_to_send_back_is_refused_not_unknown,
        a_name_is_sent_whole_or_not_at_all,
        a_refund_that_is_given_up_is_told,
        a_refund_whose_answer_is_lost_is_found_by_a_repeat,
        wrong_credentials_say_nothing_about_a_refund,
        a_refund_that_the_gateway_does_not_know_is_unknown,
    }
}

/// All that a host must do with a panel, in each of these worlds.
macro_rules! lives {
    ($($name:ident: $world:ty),+ $(,)?) => {
        $(mod $name {
            contract! { panel_life in $world:
                a_panel_that_was_built_lets_its_owner_in_and_nobody_else,
                a_panel_that_was_built_knows_who_it_is,
                building_again_starts_from_nothing,
                a_refused_build_leaves_nothing,
                what_people_can_reach_is_never_copied,
                only_plain_names_reach_the_host,
                people_count_who_were_active_at_any_time_of_the_day,
                measuring_leaves_no_trace_of_life,
                a_survey_says_what_is_there,
                a_renamed_panel_is_whole_and_renaming_can_be_repeated,
                a_removed_panel_is_gone_and_removing_can_be_repeated,
                what_was_dumped_is_loaded_as_it_was,
                what_was_dumped_is_loaded_as_another_panel,
                half_a_dump_is_refused_and_leaves_nothing,
                the_owner_comes_in_once_by_a_token,
                adopting_changes_nobodys_password_and_takes_nobody_elses,
                nothing_is_known_of_an_absent_host,
            }
        })+
    };
}

/// All that a host must say and do, in each of these worlds.
macro_rules! hosts {
    ($($name:ident: $world:ty),+ $(,)?) => {
        $(mod $name {
            contract! { panel_host in $world:
                a_serving_panel_is_up,
                a_missing_panel_is_down,
                a_broken_panel_is_down,
                one_panel_says_nothing_about_another,
                a_host_that_hangs_up_is_unknown,
                an_absent_host_is_unknown,
                closing_and_opening_can_be_repeated,
            }
            lives! { life: $world }
        })+
    };
}

hosts! {
    odoo_16_by_rpc: crate::odoo::Sandbox<16, false>,
    odoo_17_by_rpc: crate::odoo::Rpc17,
    odoo_18_by_rpc: crate::odoo::Sandbox<18, false>,
    odoo_19_by_rpc: crate::odoo::Sandbox<19, false>,
    odoo_20_by_web: crate::odoo::Web20,
    odoo_17_by_postgres: crate::odoo::Sandbox<17, true>,
    odoo_19_by_postgres: crate::odoo::Pg19,
}

lives! {
    real_odoo_by_postgres: crate::real_odoo::Real<true>,
    real_odoo_by_rpc: crate::real_odoo::Real<false>,
}

mod printer_contract {
    contract! { printer in crate::typst::Press:
        an_invoice_shows_all_that_it_holds,
        bangla_is_bangla_throughout,
        conjuncts_are_one_glyph,
        a_credit_note_says_what_it_corrects_and_why,
        the_same_document_is_the_same_bytes,
        names_stand_literally,
        many_lines_fill_many_pages,
        unusual_texts_are_printed_too,
        what_cannot_be_written_is_an_error,
    }
}

/// All that a shelf must do, in each of these worlds.
macro_rules! shelves {
    ($($name:ident: $world:ty),+ $(,)?) => {
        $(mod $name {
            contract! { shelf in $world:
                what_is_put_is_fetched_as_it_was,
                a_copy_that_was_changed_is_refused,
                a_copy_that_is_gone_is_told_from_a_shelf_that_is_away,
                putting_again_replaces,
                a_copy_is_deleted_alone_and_twice_if_need_be,
                a_large_copy_comes_whole,
                nothing_half_stays,
                what_goes_wrong_tells_no_secret,
            }
        })+
    };
}

shelves! {
    shelf_of_a_folder: crate::shelves::Folder,
    shelf_of_s3: crate::shelves::S3,
}

/// All that whoever brings letters must do, in each of these worlds.
macro_rules! posts {
    ($($name:ident: $world:ty),+ $(,)?) => {
        $(mod $name {
            contract! { post in $world:
                a_letter_arrives_as_it_was_written,
                a_letter_that_is_sent_again_has_the_same_name,
                an_address_that_takes_nothing_is_refused,
                a_letter_that_is_not_wanted_is_refused,
                what_is_no_address_is_refused,
                an_address_that_takes_nothing_yet_is_unknown,
                a_sender_who_is_not_let_in_is_unknown,
                a_sender_who_may_write_to_nobody_is_unknown,
                a_line_that_breaks_after_the_letter_is_unknown,
                an_absent_server_is_unknown,
                a_silent_server_is_unknown,
            }
        })+
    };
}

posts! {
    post_to_the_sandbox: crate::mailboxes::Sandbox,
    post_to_aiosmtpd: crate::mailboxes::Aiosmtpd,
}
