//! The contracts of the ports, run against every adapter that keeps them: over real HTTP against the sandbox, or, for the
//! printer, as it is.
//!
//! A contract knows the port's words only; a world knows one adapter and the counterpart it talks to. No test sleeps or
//! reads a clock: where waiting is the point, the counterpart is silent for longer than the adapter is patient.

mod gateway;
mod odoo;
mod pace;
mod panel_host;
mod paper;
mod patience;
mod peer;
mod printer;
mod refunds;
mod sandbox_sdks;
mod secrecy;
mod sessions;
mod sslcommerz;
mod table;
mod typst;

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

mod panel_host_contract {
    contract! { panel_host in crate::odoo::Sandbox:
        a_serving_panel_is_up,
        a_missing_panel_is_down,
        a_broken_panel_is_down,
        one_panel_says_nothing_about_another,
        a_host_that_hangs_up_is_unknown,
        an_absent_host_is_unknown,
        closing_and_opening_can_be_repeated,
    }
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
