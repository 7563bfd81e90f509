//! Stories about people: what they say of themselves, how they prove who they are, where they are signed in, and who belongs to an
//! account.

pub mod begin_second_factor;
pub mod change_password;
pub mod confirm_second_factor;
pub mod edit_member;
pub mod edit_profile;
pub mod end_others;
pub mod end_sign_in;
pub mod forgot;
mod house;
pub mod invite;
pub mod join;
pub mod look;
pub mod look_at_reset;
pub mod members;
pub mod new_recovery_codes;
mod on_record;
mod present;
pub mod profile;
mod prove;
pub mod remove_lost_factor;
pub mod remove_member;
pub mod remove_second_factor;
pub mod reset;
pub mod revoke;
pub(in crate::flow) mod second_factor;
pub mod sign_ins;
mod tell_owners;
