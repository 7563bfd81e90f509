//! The stories over HTTP: what customers, operators, the gateway and forgers can do from outside, and what becomes of it.
//!
//! Each is played twice, on SQLite and on PostgreSQL, and names the harm that it prevents. Nothing here waits for time to
//! pass: the clocks stand still until a story moves them.

mod cancelling;
mod checkout;
mod clones;
mod corrections;
mod counting;
mod credit;
mod crowd;
mod document;
mod explaining;
mod forgery;
mod forgery_matrix;
mod gate;
mod hints;
mod host_cuts;
mod hosting;
mod hosting_owners;
mod invitation_limits;
mod invitations;
mod invoices;
mod jobs;
mod letters;
mod life;
mod limits;
mod manual;
mod many_power_cuts;
mod notices;
mod numbers;
mod one_figure;
mod operating;
mod ordering;
mod outages;
mod outcomes;
mod own_clock;
mod ownership;
mod people;
mod plan_change;
mod plans;
mod power_cut;
mod promises;
mod proofs;
mod proxies;
mod reconciling;
mod refunds;
mod refusals;
mod reports;
mod second_factor;
mod servers;
mod sign_ins;
mod signing_in;
mod status;
mod trial;
mod unused;
mod usage_report;
